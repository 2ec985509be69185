import assert from 'node:assert/strict'
import { request } from 'node:https'
import { isIP, type LookupFunction, Socket } from 'node:net'
import { after, before, mock, suite, test } from 'node:test'
import { RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { webhookPoster } from '../../../bff/node/index.ts'
import { onEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { logOf, makeWebhook } from './receiver.ts'

/** Addresses within this computer or a private network, in every spelling that a resolver or a parser might understand. */
const PRIVATE = [
  '127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0x7f.1', '127.0.0.1.', 'localhost', 'LOCALHOST.', '１２７.0.0.1', '127。0。0。1', '0.0.0.0', '0',
  '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '192.0.0.8', '224.0.0.1', '255.255.255.255',
  '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::a00:1]', '[2002:7f00:1::]', '[fe80::1]', '[fec0::1]',
  '[fd00::1]', '[ff02::1]', '[2001:db8::1]',
]
/** Those that the library's agent refuses by itself as well: the second gate. */
const BY_AGENT = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1', 'fe80::1']

const SENT = { headers: {}, body: '{}', signal: new AbortController().signal }

onEngine('wasm', 'an address that is not on the public internet', (world) => {
  let dialled = 0
  const { connect } = Socket.prototype
  type Options = { host?: string; lookup?: LookupFunction }
  /** Connects as usual up to the point where an address would be dialled. */
  function halted(this: Socket, ...given: unknown[]): Socket {
    const options = (Array.isArray(given[0]) ? (given[0] as unknown[])[0] : given[0]) as Options
    const { host = '', lookup } = options
    const dial = (): never => { dialled += 1; throw new Error('it was dialled') }
    if (isIP(host) !== 0 || lookup === undefined) dial()
    options.lookup = (name, how, done) => { lookup?.(name, how, (error, ...found) => { if (error === null) dial(); done(error, ...found) }) }
    return (connect as (...all: unknown[]) => Socket).apply(this, given)
  }
  const post = webhookPoster()
  before(() => {
    mock.method(Socket.prototype, 'connect', halted)
    world().bff = world().make({}, { postWebhook: post })
  })
  after(() => { mock.restoreAll() })

  test('is refused when it is saved, in every spelling, and nothing is dialled', async () => {
    const desk = await Desk.open(world())
    for (const host of PRIVATE) {
      for (const url of [`https://${host}/hook`, `https://${host}:8443/`]) {
        const { status, body } = await world().ask<{ code: string; reason: string }>(desk.admin, 'POST', '/v1/webhooks', { url, events: ['license.renewed'] })
        assert.deepEqual([status, body.code, body.reason], [422, 'invalid', 'private-address'], url)
      }
    }
    assert.equal(dialled, 0)
  })

  test('is refused when it is sent to, and that stands in the log', async () => {
    for (const host of PRIVATE) assert.deepEqual(await post({ ...SENT, url: `https://${host}/` }), { failure: 'private-address', code: '' }, host)
    const desk = await Desk.open(world())
    // As if the name had led elsewhere when it was saved.
    world().bff = world().make({}, { postWebhook: Object.assign((...asked: Parameters<typeof post>) => post(...asked), { check: async () => null }) })
    const { id } = await makeWebhook(world(), desk.admin, 'https://localhost/hook', ['voucher.redeemed'])
    await desk.redeem(await desk.code())
    await world().bff.webhooks.run()
    assert.deepEqual((await logOf(world(), desk.admin, id)).map(({ outcome, detail }) => [outcome, detail]), [['refused', 'private-address']])
    assert.equal(dialled, 0)
  })

  test('is refused by the second gate too, before it is dialled', async () => {
    for (const host of BY_AGENT) {
      const error = await new Promise<Error>((resolve) => { request({ host, path: '/', agent: new RequestFilteringHttpsAgent() }).on('error', resolve).end() })
      assert.match(error.message, /is not allowed\. Because, It is (private|meta) IP address/, host)
    }
    assert.equal(dialled, 0)
  })
})

suite('an address of a webhook', () => {
  const rows: [url: string, allow: string[], refused: string | null][] = [
    ['http://93.184.215.14/', [], 'not-https'], ['https://93.184.215.14/', [], null], ['https://[2606:4700::1111]/', [], null],
    ['ftp://93.184.215.14/', [], 'not-https'], ['https://user:secret@93.184.215.14/', [], 'not-https'], ['https://93.184.215.14/#a', [], 'not-https'],
    ['http://127.0.0.1:1/', ['127.0.0.1'], null], ['http://127.0.0.1/', ['127.0.0.0/8'], null], ['http://localhost/', ['localhost'], null],
    ['http://localhost/', ['127.0.0.0/8', '::1'], 'not-https'], ['https://localhost/', ['127.0.0.0/8', '::1'], null], ['https://10.0.0.1/', ['127.0.0.0/8'], 'private-address'],
    ['https://[::1]/', ['::1/128'], null], ['https://no-such-host.invalid/', [], 'unknown-host'],
  ]
  for (const [url, allow, refused] of rows) {
    test(`${url} is ${refused ?? 'fine'} where ${allow.join(', ') || 'nothing'} is allowed`, async () => { assert.equal(await webhookPoster(allow).check(url), refused) })
  }
})

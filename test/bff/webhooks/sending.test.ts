import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { after, before, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { Keyring, type PostWebhook, webhookState } from '../../../bff/index.ts'
import { tell } from '../../../bff/ledger/facts.sql.ts'
import { webhookPoster } from '../../../bff/node/index.ts'
import { onEngine, onEveryEngine } from '../engines.ts'
import { until } from '../../until.ts'
import { Desk } from '../vouchers/desk.ts'
import { baseOf, logOf, LOOPBACK, type Made, makeWebhook, Receiver, status, verified } from './receiver.ts'
import { CERTIFICATE, KEY } from './tls.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

onEveryEngine('sending webhooks', (world) => {
  let receiver: Receiver
  before(async () => {
    receiver = await Receiver.open()
    world().bff = world().make({}, { postWebhook: LOOPBACK })
  })
  after(() => { receiver.close() })

  /** A workspace with an endpoint, to which `count` events are on their way. */
  async function told(url: (path: string) => string = (path) => receiver.url(path), count = 1) {
    const desk = await Desk.open(world())
    const path = `/${desk.workspace}`
    const made: Made = await makeWebhook(world(), desk.admin, url(path), ['voucher.redeemed'])
    const more = (): Promise<void> => inTransaction(world().database, (trx) =>
      tell(trx, world().now, { type: 'voucher.redeemed', workspace: desk.workspace, deviceId: 'pump-1', data: () => ({}) }))
    for (let index = 0; index < count; index += 1) await more()
    return { desk, path, made, more, log: (query?: string) => logOf(world(), desk.admin, made.id, query) }
  }

  test('is tried again for three days by its schedule, with one id, until it succeeds or is given up', async () => {
    const { path, made, log } = await told()
    receiver.answers.set(path, status(500))
    const waits: number[] = []
    for (let before = world().now; (await log())[0]?.outcome === null; before = world().now) {
      await world().bff.webhooks.run()
      const next = (await log())[0]?.nextAt ?? null
      if (next === null) break
      world().now = Date.parse(next)
      waits.push(world().now - before)
    }
    const expected = [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR]
    for (const [index, wait] of expected.entries()) assert.ok(Math.abs((waits[index] ?? 0) - wait) <= wait / 10, `pause ${index}: ${waits[index]}`)
    assert.equal(waits.reduce((sum, one) => sum + one, 0), 72 * HOUR)
    const [ended] = await log()
    assert.deepEqual([ended?.outcome, ended?.status], ['gave-up', 500])
    assert.ok(ended?.tries === 10 || ended?.tries === 11, `${ended?.tries} tries`)
    assert.equal(new Set(receiver.at(path).map(({ headers }) => headers['webhook-id'])).size, 1)
    for (const got of receiver.at(path)) verified(made.secret, got)
  })

  test('is delivered once a receiver that was broken for a day is well', async () => {
    const { path, log } = await told()
    receiver.answers.set(path, status(500))
    for (const wait of [0, 6_000, 6 * MINUTE, 33 * MINUTE, 3 * HOUR, 6 * HOUR, 11 * HOUR]) {
      world().now += wait
      await world().bff.webhooks.run()
    }
    receiver.answers.delete(path)
    world().now += 16 * HOUR
    await world().bff.webhooks.run()
    assert.deepEqual((await log()).map(({ outcome, status: last }) => [outcome, last]), [['delivered', 204]])
  })

  const faults: [title: string, answer: Parameters<Receiver['answers']['set']>[1], outcome: string | null, last: number | null][] = [
    ['silence', () => {}, null, null],
    ['an answer that never ends', (response) => { response.writeHead(200); setInterval(() => response.destroyed || response.write('x'.repeat(20_000)), 1).unref() }, 'delivered', 200],
    ['an answer that dawdles', (response) => { response.writeHead(200).write('x') }, 'delivered', 200],
    ['a redirect', status(302, { location: '/elsewhere' }), null, 302],
    ['410', status(410), 'disabled', 410],
    ['404', status(404), null, 404],
  ]
  for (const [title, answer, outcome, last] of faults) {
    test(`meets ${title}`, async () => {
      const { path, log, desk, made } = await told()
      receiver.answers.set(path, answer)
      await world().bff.webhooks.run()
      assert.deepEqual((await log()).map((one) => [one.outcome, one.status, one.tries]), [[outcome, last, 1]])
      assert.equal(receiver.at('/elsewhere').length, 0)
      const { body } = await world().ask<{ items: { disabledWhy: string | null }[] }>(desk.admin, 'GET', baseOf(desk.admin))
      assert.deepEqual(body.items.map((one) => one.disabledWhy), [title === '410' ? 'gone' : null])
      await world().ask(desk.admin, 'DELETE', `${baseOf(desk.admin)}/${made.id}`)
    })
  }

  test('ends with its endpoint what waits for it, by 410 and by being disabled, and goes on when it is enabled', async () => {
    const { desk, path, made, more, log } = await told(undefined, 5)
    receiver.answers.set(path, status(410))
    await world().bff.webhooks.run()
    assert.deepEqual((await log()).map(({ outcome }) => outcome), Array(5).fill('disabled'))
    receiver.answers.delete(path)
    const url = receiver.url(path)
    const put = (disabled: boolean) => world().ask<{ disabledWhy: string | null }>(desk.admin, 'PUT', `${baseOf(desk.admin)}/${made.id}`, { url, events: ['voucher.redeemed'], disabled })
    assert.equal((await put(false)).body.disabledWhy, null)
    await more()
    assert.equal((await put(true)).body.disabledWhy, 'requested')
    await more()
    assert.deepEqual((await log()).map(({ outcome }) => outcome), Array(6).fill('disabled'))
    await put(false)
    await more()
    await world().bff.webhooks.run()
    assert.equal((await log())[0]?.outcome, 'delivered')
  })

  test('waits as long as a busy receiver asks, and not longer than a day', async () => {
    for (const [after, least, most] of [['600', 10 * MINUTE, 10 * MINUTE], ['999999', 24 * HOUR, 24 * HOUR], ['1', 4_500, 5_500], ['soon', 4_500, 5_500]] as const) {
      const { path, log } = await told()
      receiver.answers.set(path, status(429, { 'retry-after': after }))
      await world().bff.webhooks.run()
      const wait = Date.parse((await log())[0]?.nextAt ?? '') - world().now
      assert.ok(wait >= least && wait <= most, `${after}: ${wait}`)
    }
  })

  test('does not let one slow receiver hold up the others, and sends it two at once', async () => {
    const slow = await told(undefined, 20)
    let most = 0
    let open = 0
    receiver.answers.set(slow.path, (response) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => { open -= 1; response.writeHead(204).end() }, 40)
    })
    const quick = await told()
    const running = world().bff.webhooks.run()
    await until(() => receiver.at(quick.path).length === 1)
    assert.ok(receiver.at(slow.path).length < 20)
    await running
    assert.equal(most, 2)
    assert.deepEqual((await slow.log()).map(({ outcome, detail }) => [outcome, detail]), Array(20).fill(['delivered', null]))
    assert.equal(receiver.at(slow.path).length, 20)
  })

  test('is done once by two servers, and says how much waits', async () => {
    const { path } = await told(undefined, 12)
    const state = await webhookState(world().database.db, world().now + 1_000)
    assert.ok(state.waiting >= 12 && state.oldestMs >= 1_000, JSON.stringify(state))
    const other = world().make({}, { postWebhook: LOOPBACK })
    await Promise.all([world().bff.webhooks.run(), other.webhooks.run()])
    await other.close()
    const ids = receiver.at(path).map(({ headers }) => headers['webhook-id'])
    assert.deepEqual([ids.length, new Set(ids).size], [12, 12])
  })

  test('begins by itself after a change, and nobody waits for it', async () => {
    const { desk, path } = await told(undefined, 0)
    const bff = world().make({}, { postWebhook: webhookPoster(['127.0.0.1'], { patienceMs: 60_000 }) })
    world().bff = bff
    bff.webhooks.start()
    receiver.answers.set(path, () => {})
    const code = await desk.code()
    const began = performance.now()
    assert.equal((await desk.redeem(code)).status, 200)
    assert.ok(performance.now() - began < 5_000, 'redeeming waited for the receiver')
    await until(() => receiver.at(path).length > 0)
    await bff.close()
    world().bff = world().make({}, { postWebhook: LOOPBACK })
  })

  test('signs with the secret of before too, for a day after a rotation', async () => {
    const { desk, path, made, more } = await told(undefined, 0)
    const { body } = await world().ask<{ secret: string }>(desk.admin, 'POST', `${baseOf(desk.admin)}/${made.id}/rotate`)
    assert.notEqual(body.secret, made.secret)
    await more()
    await world().bff.webhooks.run()
    world().now += 24 * HOUR
    await more()
    await world().bff.webhooks.run()
    const [first, second] = receiver.at(path)
    assert.ok(first !== undefined && second !== undefined)
    for (const secret of [made.secret, body.secret]) verified(secret, first)
    assert.equal(first.headers['webhook-signature']?.split(' ').length, 2)
    verified(body.secret, second)
    assert.throws(() => new Webhook(made.secret).verify(second.body, second.headers), /No matching signature/)
  })

  test('replays an event under the id that it had', async () => {
    const { desk, path, made, log } = await told()
    await world().bff.webhooks.run()
    const [first] = await log()
    const { status: code, body } = await world().ask<{ id: string; eventId: string }>(desk.admin, 'POST', `${baseOf(desk.admin)}/${made.id}/deliveries/${first?.id}/replay`)
    assert.deepEqual([code, body.eventId], [201, first?.eventId])
    assert.deepEqual((await log('?outcome=waiting')).map(({ id }) => id), [body.id])
    await world().bff.webhooks.run()
    assert.deepEqual(receiver.at(path).map(({ headers }) => headers['webhook-id']), [first?.eventId, first?.eventId])
    assert.equal((await log('?outcome=delivered')).length, 2)
  })

  test('disables an endpoint whose secret is not given any more, and a rotation gives it one', async () => {
    const { desk, path, made, more } = await told()
    const keyring = new Keyring([new Uint8Array(32).fill(9)])
    world().bff = world().make({}, { postWebhook: LOOPBACK, keyring })
    const shown = async () => (await world().ask<{ items: { disabledWhy: string | null }[] }>(desk.admin, 'GET', baseOf(desk.admin))).body.items[0]?.disabledWhy
    assert.equal(await shown(), 'secret-missing')
    await world().bff.webhooks.run()
    assert.equal(receiver.at(path).length, 0)
    const { body } = await world().ask<{ secret: string }>(desk.admin, 'POST', `${baseOf(desk.admin)}/${made.id}/rotate`)
    assert.equal(await shown(), null)
    await more()
    await world().bff.webhooks.run()
    const [got] = receiver.at(path)
    assert.ok(got !== undefined)
    verified(body.secret, got)
    world().bff = world().make({}, { postWebhook: LOOPBACK })
  })

  test('forgets what is older than the policy says, and not what waits', async () => {
    const { log, more, path } = await told()
    await world().bff.webhooks.run()
    world().now += 30 * 24 * HOUR - 1
    receiver.answers.set(path, status(500))
    await more()
    await world().bff.webhooks.run()
    assert.equal((await log()).length, 2)
    world().now += 2 * HOUR
    await world().bff.webhooks.run()
    assert.deepEqual((await log()).map(({ outcome }) => outcome), [null])
    assert.equal((await world().database.db.selectFrom('webhook_events').selectAll().where('at', '<', world().now - 30 * 24 * HOUR).execute()).length, 0)
  })
})

onEngine('wasm', 'a receiver that cannot be spoken to', (world) => {
  let secure: Receiver
  let dead: Server
  before(async () => {
    secure = await Receiver.open({ key: KEY, cert: CERTIFICATE })
    dead = createServer()
    await new Promise<void>((resolve) => { dead.listen(0, '127.0.0.1', resolve) })
  })
  after(() => { secure.close() })

  test('is told in the log: a certificate that nobody trusts, a port that nobody listens on; a trusted one gets its events', async () => {
    const { port } = dead.address() as { port: number }
    await new Promise((resolve) => { dead.close(resolve) })
    const rows: [url: string, post: PostWebhook, outcome: string | null, detail: string | null][] = [
      [secure.url('/untrusted'), LOOPBACK, null, 'tls (DEPTH_ZERO_SELF_SIGNED_CERT)'],
      [`http://127.0.0.1:${port}/`, LOOPBACK, null, 'unreachable (ECONNREFUSED)'],
      [secure.url('/trusted'), webhookPoster(['127.0.0.0/8'], { ca: CERTIFICATE }), 'delivered', null],
    ]
    for (const [url, postWebhook, outcome, detail] of rows) {
      world().bff = world().make({}, { postWebhook })
      const desk = await Desk.open(world())
      const { id } = await makeWebhook(world(), desk.admin, url, ['voucher.redeemed'])
      await desk.redeem(await desk.code())
      await world().bff.webhooks.run()
      assert.deepEqual((await logOf(world(), desk.admin, id)).map((one) => [one.outcome, one.detail]), [[outcome, detail]], url)
      await world().ask(desk.admin, 'DELETE', `/v1/webhooks/${id}`)
    }
    assert.equal(secure.at('/untrusted').length, 0)
  })
})

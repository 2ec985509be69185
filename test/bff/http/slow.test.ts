import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { listen, type Listening } from '../../../bff/node/index.ts'
import { onEngine } from '../engines.ts'
import { ADMIN, assertRefusal, HOST, JSON_TYPE, served } from './hostile.ts'
import { ask, send } from './wire.ts'

const PATIENCE = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 }
const POST = `POST /v1/devices HTTP/1.1\r\n${ADMIN}\r\n${JSON_TYPE}`

onEngine('sqlite', 'slow and broken clients', (world) => {
  const server = served(world)
  let impatient: Listening
  before(async () => { impatient = await listen((request) => world().bff(request), { host: '127.0.0.1', port: 0, ...PATIENCE }) })
  after(() => impatient.close())

  test('are waited for as long as told, then refused', async () => {
    const pieces = ['GET /v1/me HTTP/1.1\r\n', `GET /v1/me HTTP/1.1\r\n${HOST}\r\nx: `, `${POST}\r\nContent-Length: 100\r\n\r\n{"serial"`, `${POST}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a"`]
    const answers = await Promise.all(pieces.map((piece) => send(impatient.port, piece)))
    for (const [answer, ...more] of answers) {
      assert.deepEqual(more, [])
      assert.equal(answer?.status, 400)
      assert.match(answer.text, /"code":"invalid-request".*"The request came too slowly\."/)
      assert.equal(answer.headers.get('connection'), 'close')
      assertRefusal(answer)
    }
  })

  test('that only connect, as browsers do in advance, are let go without a word, which would answer the request that comes next', async () => {
    const socket = connect(impatient.port, '127.0.0.1')
    let told = ''
    socket.on('data', (chunk) => { told += String(chunk) }).on('error', () => {})
    await once(socket, 'close')
    assert.equal(told, '')
  })

  test('starve nobody: 200 of them leave the server quick', async (context) => {
    const slow = Array.from({ length: 200 }, () => connect(impatient.port, '127.0.0.1'))
    context.after(() => { for (const socket of slow) socket.destroy() })
    const closed = Promise.all(slow.map((socket) => once(socket.on('error', () => {}).resume(), 'close')))
    slow.forEach((socket, index) => { socket.write(index % 2 === 0 ? 'GET /v1' : `${POST}\r\nContent-Length: 9\r\n\r\n{`) })
    for (let count = 0; count < 20; count += 1) assert.equal((await ask(impatient.port, `GET /v1/me HTTP/1.1\r\n${ADMIN}`)).status, 200)
    await closed
  })

  test('that go away in the middle of a body change nothing and are no bug', async () => {
    for (const part of [`${POST}\r\nContent-Length: 100\r\n\r\n{"serial":"S1"`, `${POST}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"s`, `${POST}\r\nContent-Length: 5`]) {
      const asked = once(server().server, 'connection')
      const socket = connect(server().port, '127.0.0.1')
      await asked
      await new Promise<void>((resolve) => { socket.write(part, () => { resolve() }) })
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    // Requests that come after have been read after.
    const { text } = await ask(server().port, `GET /v1/devices HTTP/1.1\r\n${ADMIN}`)
    assert.deepEqual((JSON.parse(text) as { items: { id: string }[] }).items.map((one) => one.id), ['pump-1'])
    assert.deepEqual(world().errors, [])
  })

  test('may send a body in single bytes', async () => {
    const body = '{"serial":"Slow 1","model":"M","name":"ü"}'
    const [answer] = await send(server().port, `${POST}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`, ...Array.from(Buffer.from(body), (byte) => Buffer.from([byte])))
    assert.equal(answer?.status, 201)
    assert.equal((JSON.parse(answer.text) as { name: string }).name, 'ü')
  })
})

suite('a handler that breaks', () => {
  test('is told as a bug without a word of what broke', async () => {
    const broken = await listen(() => Promise.reject(new Error('secret at /srv/license.ts')), { host: '127.0.0.1', port: 0 })
    const answer = await ask(broken.port, `GET / HTTP/1.1\r\n${HOST}`)
    const { code, instance } = JSON.parse(answer.text) as { code: string; instance: string }
    assert.deepEqual([answer.status, answer.headers.get('content-type'), code], [500, 'application/problem+json', 'internal'])
    assert.match(instance, /^[0-9a-f]{32}$/)
    assert.doesNotMatch(answer.text, /secret|srv|license\.ts/)
    await broken.close()
  })
})

onEngine('sqlite', 'a bug of ours', (world) => {
  test('is answered with an instance, and told with it to the operator; no path, SQL or stack', async () => {
    await world().setUp()
    const bug = Object.assign(new Error('select * from people where hash = 7; at /srv/bff/who.ts:3'), { code: 'SQLITE_ERROR' })
    world().bff = world().make({}, { checkSerial: () => { throw bug }, onError: (instance, error) => { told.push([instance, error]) } })
    const told: [string, unknown][] = []
    const response = await world().bff(new Request('http://bff.test/v1/devices', {
      method: 'POST', body: '{"serial":"S1","model":"M","name":"N"}',
      headers: { 'content-type': 'application/json', 'x-test-as': '{"subject":"a","roles":["admin"],"workspace":"acme"}' },
    }))
    const text = await response.text()
    const { instance, ...problem } = JSON.parse(text) as { instance: string }
    assert.deepEqual(problem, {
      type: '/problems/internal', code: 'internal', title: 'Something went wrong', status: 500, detail: 'Try again. If it stays, give support the instance of this answer.',
    })
    assert.deepEqual(told, [[instance, bug]])
    assert.doesNotMatch(text, /select|srv|who\.ts|SQLITE/)
  })
})

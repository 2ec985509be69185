import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { migrate } from '../../../bff/index.ts'
import { openPostgres } from '../../../bff/node/index.ts'
import { freshDatabase } from '../../postgres.ts'
import { Fleet, fresh } from '../devices/fleet.ts'
import { World } from '../engines.ts'

const KEY = 'a-key-of-16-signs'

/** A way to the database that can be cut and mended. */
class Line {
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  port = 0

  constructor(target: string) {
    this.#target = new URL(target)
  }

  async mend(): Promise<void> {
    this.#server = createServer((socket) => {
      const far = connect(Number(this.#target.port), this.#target.hostname)
      for (const [one, other] of [[socket, far], [far, socket]] as const) {
        this.#sockets.add(one)
        one.on('error', () => {}).on('close', () => { other.destroy() }).pipe(other)
      }
    }).listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    this.port = typeof address === 'object' && address !== null ? address.port : 0
  }

  async cut(): Promise<void> {
    this.#server?.close()
    for (const socket of this.#sockets) socket.destroy()
    this.#sockets.clear()
    if (this.#server?.listening === true) await once(this.#server, 'close')
  }
}

suite('a PostgreSQL that is away', () => {
  let line: Line
  let world: World
  let fleet: Fleet

  before(async () => {
    const url = await freshDatabase()
    line = new Line(url)
    await line.mend()
    world = new World(openPostgres(Object.assign(new URL(url), { port: String(line.port) }).href), {}, { metricsKey: KEY })
    await migrate(world.database.db)
    fleet = await Fleet.open(world)
    await fleet.put('d', { serial: fresh('SN') })
    await fleet.license('d')
  })
  after(async () => {
    await world.database.close()
    await line.cut()
  })

  const requests = (): [method: string, path: string, body?: object][] => [
    ['GET', '/v1/me'], ['GET', '/v1/devices'], ['GET', '/v1/devices/d/features/dashboard'], ['POST', '/v1/devices', { serial: fresh('SN'), model: 'M', name: 'N' }],
    ['POST', '/v1/devices/d/undo'], ['POST', '/v1/licenses/query', { deviceIds: ['d'] }],
  ]

  test('is a 503 that says when to come back, within three seconds, for reads and changes', async () => {
    await line.cut()
    for (const [method, path, body] of requests()) {
      const began = performance.now()
      const { status, body: problem, headers } = await world.ask(fleet.as('admin'), method, path, body)
      assert.deepEqual([status, problem['code'], headers.get('retry-after')], [503, 'storage-unavailable', '1'], `${method} ${path}`)
      assert.ok(performance.now() - began < 3_000, `${method} ${path}`)
    }
    assert.deepEqual(world.errors, [])
  })

  test('is not ready, though alive, and still tells of its interface', async () => {
    assert.deepEqual([(await world.ask(null, 'GET', '/readyz')).status, (await world.ask(null, 'GET', '/healthz')).status, (await world.ask(null, 'GET', '/v1/openapi.json')).status], [503, 200, 200])
  })

  test('is told by metrics, which go on counting requests', async () => {
    const { status, body } = await world.ask<string>(null, 'GET', '/metrics', undefined, { authorization: `Bearer ${KEY}` })
    assert.deepEqual([status, /^license_database_up (\d)$/m.exec(body)?.[1], body.includes('license_reminders')], [200, '0', false])
    assert.match(body, /^license_http_requests_total\{route="\/readyz",method="GET",status="503"\} 1$/m)
  })

  test('is a 503 and no 401 for a key, and a 401 for nobody', async () => {
    const { status } = await world.ask(null, 'GET', '/v1/me', undefined, { authorization: `Bearer lk_${'0'.repeat(64)}` })
    assert.equal(status, 503)
    assert.equal((await world.ask(null, 'GET', '/v1/me')).status, 401)
  })

  test('is there at once when it is back, and nothing was half done', async () => {
    await line.mend()
    assert.equal((await world.ask(null, 'GET', '/readyz')).status, 200)
    for (const [method, path, body] of requests()) assert.ok((await world.ask(fleet.as('admin'), method, path, body)).status < 300, `${method} ${path}`)
    assert.equal((await world.ask<{ items: unknown[] }>(fleet.as('viewer'), 'GET', '/v1/devices')).body.items.length, 2)
  })

  test('may go away in the middle of many requests: each is answered, and it comes back', async () => {
    const asked = Array.from({ length: 40 }, () => world.ask(fleet.as('admin'), 'POST', '/v1/devices', { serial: fresh('SN'), model: 'M', name: 'N' }).then(({ status }) => status))
    await world.ask(fleet.as('viewer'), 'GET', '/v1/me').catch(() => {})
    await line.cut()
    const statuses = await Promise.all(asked)
    assert.deepEqual(statuses.filter((status) => status !== 201 && status !== 503), [])
    await line.mend()
    const mended = performance.now()
    let status = 503
    while (status === 503 && performance.now() - mended < 2_000) ({ status } = await fleet.add({ serial: fresh('SN') }))
    assert.equal(status, 201, 'no success within two seconds')
    const { body } = await world.ask<{ total: number }>(fleet.as('viewer'), 'GET', '/v1/summary')
    // What was acknowledged is there; of the others, some may be.
    assert.ok(body.total >= statuses.filter((status) => status === 201).length + 3)
    assert.deepEqual(world.errors, [])
  })
})

import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type Bff, type Posted, VERSION } from '../../../bff/index.ts'
import { RouteCounter, Traffic } from '../../../bff/http/traffic.ts'
import { onEngine, onEveryEngine, START, type World } from '../engines.ts'
import { exampleWebhook, parse, type Parsed } from './prometheus.ts'

const KEY = 'planted-metrics-key'
const DAY_MS = 86_400_000
const ADMIN = { role: 'admin' } as const

/** What `/metrics` says, read strictly. */
async function metrics(world: World): Promise<Parsed> {
  const { status, body, headers } = await world.ask<string>(null, 'GET', '/metrics', undefined, { authorization: `Bearer ${KEY}` })
  assert.deepEqual([status, headers.get('content-type'), headers.get('cache-control')], [200, 'text/plain; version=0.0.4; charset=utf-8', 'no-store'])
  return parse(body)
}

onEveryEngine('proof of life', (world) => {
  let other: Bff
  let isDown = false
  const send = async (): Promise<Posted> => {
    if (isDown) throw new Error('421 try again later')
    return { refused: null }
  }
  /** What a load balancer and a monitoring system are told; by a server that runs no reminders itself. */
  const told = async (): Promise<unknown[]> => {
    const own = world().bff
    world().bff = other
    const { status, body } = await world().ask<{ status: string; reminders: { lastRunAt: string | null; behindSeconds: number } }>(null, 'GET', '/readyz')
    const numbers = await metrics(world())
    world().bff = own
    assert.deepEqual([status, body.status, numbers.value('license_database_up')], [200, 'ready', 1])
    assert.deepEqual([numbers.value('license_reminders_last_run_timestamp_seconds'), Math.floor(numbers.value('license_reminders_behind_seconds'))],
      [Date.parse(body.reminders.lastRunAt ?? '1970-01-01') / 1_000, body.reminders.behindSeconds])
    return [body.reminders.lastRunAt, body.reminders.behindSeconds, numbers.value('license_reminders_digests_waiting'), numbers.value('license_reminders_digest_oldest_seconds')]
  }

  before(async () => {
    other = world().make({}, { metricsKey: KEY })
    world().bff = world().make({}, { mail: { send, from: 'licenses@velthorn.example', replyTo: 'help@velthorn.example' }, publicUrl: 'https://bff.example' })
    await world().setUp()
    await world().ask({ role: 'host' }, 'PUT', '/v1/host/workspaces/acme', { name: 'acme', timeZone: 'Europe/Berlin', notifyEmails: ['office@acme.example'] })
    await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', 'workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-acme-pump-1,standard,2026-01-01,2026-11-29,r\n')
  })

  test('says that reminders have never run', async () => {
    assert.deepEqual(await told(), [null, 0, 0, 0])
  })

  test('says when they ran last, and how far they are behind', async () => {
    await world().bff.reminders.run()
    for (const [after, behind] of [[0, 0], [59_999, 0], [60_000, 0], [60_999, 0], [61_000, 1], [DAY_MS, 86_340]] as const) {
      world().now = START + after
      assert.deepEqual(await told(), [new Date(START).toISOString(), behind, 0, 0], `${after} ms later`)
    }
  })

  test('counts mail that cannot be sent as late, though reminders run', async () => {
    isDown = true
    await world().bff.reminders.run()
    const ran = (): string => new Date(world().now).toISOString()
    assert.deepEqual(await told(), [ran(), 0, 1, 0])
    for (const minutes of [10, 60]) {
      world().now = START + DAY_MS + minutes * 60_000
      await world().bff.reminders.run()
      assert.deepEqual(await told(), [ran(), (minutes - 1) * 60, 1, minutes * 60])
    }
    isDown = false
    world().now = START + DAY_MS + 2 * 3_600_000
    await world().bff.reminders.run()
    assert.deepEqual(await told(), [ran(), 0, 0, 0])
  })

  test('counts nothing twice after a clock was put back', async () => {
    world().now = START
    assert.deepEqual((await told())[1], 0)
  })

  test('says how many webhooks wait, and for how long', async () => {
    await exampleWebhook(world())
    world().now += 90_000
    const own = world().bff
    world().bff = other
    const numbers = await metrics(world())
    world().bff = own
    assert.deepEqual([numbers.value('license_webhook_deliveries_waiting'), numbers.value('license_webhook_delivery_oldest_seconds')], [1, 90])
  })
})

onEngine('sqlite', 'metrics', (world) => {
  const counted = async (): Promise<Record<string, number>> => (await metrics(world())).counts('license_http_requests_total', ({ route = '', method, status }) => `${method} ${route} ${status}`)

  test('are for their key alone', async () => {
    for (const authorization of [undefined, 'Bearer', 'Bearer ', `Bearer ${KEY}x`, `Bearer ${KEY.slice(1)}`, KEY, `Basic ${KEY}`, `Bearer ${KEY} ${KEY}`]) {
      const { status, body, headers } = await world().ask(null, 'GET', '/metrics', undefined, authorization === undefined ? {} : { authorization })
      assert.deepEqual([status, body['code'], headers.get('www-authenticate')], [401, 'unauthenticated', 'Bearer realm="metrics"'], authorization)
    }
    assert.equal((await world().ask(ADMIN, 'GET', '/metrics')).status, 401)
    assert.equal((await world().ask(null, 'GET', '/metrics', undefined, { authorization: `bearer ${KEY}` })).status, 200)
    assert.throws(() => world().make({}, { metricsKey: 'x'.repeat(15) }), RangeError)
  })

  test('are nowhere without a key', async () => {
    const own = world().bff
    world().bff = world().make({})
    assert.deepEqual((await world().ask(null, 'GET', '/metrics', undefined, { authorization: 'Bearer null' })).status, 404)
    world().bff = own
  })

  test('count every answer by its route, its method and its status', async () => {
    await world().setUp()
    const before = await counted()
    for (const [as, method, path] of [
      [ADMIN, 'GET', '/v1/devices/pump-1'], [ADMIN, 'GET', '/v1/devices/pump-1'], [ADMIN, 'GET', '/v1/devices/nothing'], [null, 'GET', '/v1/me'], [ADMIN, 'HEAD', '/v1/me'],
      [ADMIN, 'DELETE', '/v1/me'], [ADMIN, 'BREW', '/v1/me'], [null, 'GET', '/nowhere/12345'], [null, 'GET', '/problems/invalid'], [ADMIN, 'GET', '/v1/devices?limit=0'],
      [ADMIN, 'GET', '/v1/authorize?device=pump-1&feature=dashboard'], [null, 'GET', '/v1/authorize?device=pump-1&feature=dashboard'], [ADMIN, 'GET', '/v1/devices/pump-1/proxy/none/x'],
    ] as const) await world().bff(new Request(`http://bff.test${path}`, { method, headers: as === null ? {} : { 'x-test-as': JSON.stringify({ subject: 'p', roles: ['admin'], workspace: 'acme' }) } }))
    const after = await counted()
    const more = Object.fromEntries(Object.entries(after).flatMap(([name, value]) => (value === before[name] ? [] : [[name, value - (before[name] ?? 0)]])))
    assert.deepEqual(more, {
      'GET /v1/devices/{id} 200': 2, 'GET /v1/devices/{id} 404': 1, 'GET /v1/me 401': 1, 'HEAD /v1/me 200': 1, 'DELETE other 405': 1, 'other other 405': 1, 'GET other 404': 1,
      'GET /problems/{code} 200': 1, 'GET /v1/devices 422': 1, 'GET /v1/authorize 403': 1, 'GET /v1/authorize 401': 1, 'GET /v1/devices/{id}/proxy/{feature}/{path} 404': 1, 'GET /metrics 200': 1,
    })
  })

  test('hold how long answers took: as many as were counted', async () => {
    const numbers = await metrics(world())
    const durations = numbers.counts('license_http_request_duration_seconds_count', ({ route = '' }) => route)
    const requests: Record<string, number> = {}
    for (const [name, value] of Object.entries(numbers.counts('license_http_requests_total', ({ route = '' }) => route))) requests[name] = value
    assert.deepEqual(durations, requests)
  })

  test('name the version, and when the process started', async () => {
    const numbers = await metrics(world())
    assert.deepEqual(numbers.counts('license_build_info', ({ version = '' }) => version), { [VERSION]: 1 })
    assert.ok(Math.abs(numbers.value('process_start_time_seconds') - performance.timeOrigin / 1_000) < 1)
  })

  test('hold nothing of who asked, or for what', async () => {
    for (const path of ['/v1/devices/planted-id', '/v1/devices?q=planted', '/planted', '/v1/authorize?device=planted-device&feature=planted', '/v1/calendar/planted.ics', '/v1/unsubscribe/planted', '/problems/planted']) {
      for (const method of ['GET', 'POST', 'PLANTED']) {
        await world().bff(new Request(`http://bff.test${path}`, { method, headers: { authorization: 'Bearer planted-token', 'user-agent': 'planted', 'x-forwarded-for': '192.0.2.1', origin: 'https://planted.example' } }))
      }
    }
    const { text } = await metrics(world())
    assert.ok(!/planted|192\.0\.2|pump-1|acme/i.test(text), text)
  })
}, {}, { metricsKey: KEY })

suite('counting', () => {
  test('puts an answer into the first bucket that is long enough', () => {
    for (const [ms, index] of [[0, 0], [1, 0], [1.001, 1], [5, 1], [100, 3], [2_500, 5], [2_501, 6]] as const) {
      const counter = new RouteCounter()
      counter.add('GET', 200, ms)
      assert.equal(counter.buckets.indexOf(1), index, `${ms} ms`)
    }
  })

  test('is nothing beside the request: under 5 µs', () => {
    const counter = new Traffic().of('/v1/devices/{id}')
    const began = performance.now()
    for (let index = 0; index < 100_000; index += 1) counter.add('GET', index % 2 === 0 ? 200 : 404, 0.3)
    assert.ok(performance.now() - began < 500)
  })
})

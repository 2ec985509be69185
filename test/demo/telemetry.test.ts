import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { eventParser, type StreamEvent } from '../../components/shared/event-parser.ts'
import type { ControlState, LiveStart, PastDays, Reading } from '../../stories/portal/telemetry.ts'
import { demoOfSuite } from './demos.ts'

const DAY_MS = 86_400_000
/** How long anything may take to be seen (ms). */
const SOON_MS = 1_000

interface Problem {
  code: string
  status: number
}

suite('the device cloud of the demo', () => {
  const asked = demoOfSuite()
  const open = new AbortController()
  after(() => { open.abort() })

  const through = <T>(rest: string, body?: object, token: string | null = null): Promise<{ status: number; body: T }> =>
    asked.api<T>(body === undefined ? 'GET' : 'POST', `/v1/devices/${rest}`, token, body)

  /** Reads live readings: the events so far, and what resolves when they end. */
  async function listen(id: string, token = 'demo-member'): Promise<{ status: number; events: StreamEvent[]; ended: Promise<void>; next: () => Promise<StreamEvent> }> {
    const { status, body } = await fetch(`${asked.demo.url}/v1/devices/${id}/proxy/dashboard/live`, { headers: { authorization: `Bearer ${token}` }, signal: open.signal })
    const events: StreamEvent[] = []
    let told = (): void => {}
    const parse = eventParser((event) => {
      events.push(event)
      told()
    })
    const text = new TextDecoder()
    const ended = (async () => { for await (const chunk of body ?? []) parse(text.decode(chunk as Uint8Array, { stream: true })) })()
    ended.catch(() => {})
    const next = async (): Promise<StreamEvent> => {
      const before = events.length
      await new Promise<void>((resolve) => { told = resolve })
      return events[before] ?? assert.fail('nothing was told')
    }
    return { status, events, ended, next }
  }

  test('answers nobody but the proxy, which has its secret', async () => {
    const { url, headers } = asked.demo.upstream
    const address = url.replace('{device}', 'hp-north').replace('{feature}', 'functions')
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\//)
    for (const authorization of [null, 'Bearer', 'Bearer demo-vendor', `${headers['authorization']}x`]) {
      assert.equal((await fetch(address, { headers: { 'x-license-workspace': 'demo', ...(authorization === null ? {} : { authorization }) } })).status, 401, String(authorization))
    }
    assert.equal((await fetch(address, { headers: { 'x-license-workspace': 'demo', ...headers } })).status, 200)
  })

  test('keeps its secret out of everything that the demo tells', async () => {
    const [, secret = ''] = /^Bearer (.{43})$/.exec(asked.demo.upstream.headers['authorization'] ?? '') ?? []
    assert.notEqual(secret, '')
    for (const path of ['/v1/me', '/v1/openapi.json', '/v1/devices/hp-north/proxy/functions', '/', '/portal/portal.js']) {
      assert.ok(!(await asked.ask(path)).text.includes(secret), path)
    }
  })

  test('tells two minutes at once, then a reading every two seconds, by the clock of the demo', async () => {
    const live = await listen('vu-hall')
    const first = live.events[0] ?? await live.next()
    const { metrics, readings } = JSON.parse(first.data) as LiveStart
    assert.deepEqual([first.event, metrics.map(({ id }) => id), readings.length], ['start', ['airflow', 'supply', 'co2', 'fan'], 61])
    const instants = readings.map(({ at }) => Date.parse(at))
    assert.ok(instants.every((at, index) => at % 2_000 === 0 && (index === 0 || at - (instants[index - 1] ?? 0) === 2_000)))
    assert.ok(Math.abs((instants.at(-1) ?? 0) - asked.demo.now()) < 4_000)
    const second = await live.next()
    const { at, values } = JSON.parse(second.data) as Reading
    assert.deepEqual([second.event, Date.parse(at) - (instants.at(-1) ?? 0), Object.keys(values)], ['reading', 2_000, metrics.map(({ id }) => id)])
  })

  test('a stream ends within a second of a clock that is moved past the end, and does not begin again', async () => {
    const live = await listen('hp-south')
    if (live.events.length === 0) await live.next()
    const from = performance.now()
    await asked.moveTo(new Date(asked.demo.now() + 13 * DAY_MS).toISOString())
    await live.ended
    assert.ok(performance.now() - from < SOON_MS, `${performance.now() - from} ms`)
    const { status, body } = await through<Problem>('hp-south/proxy/dashboard/live')
    assert.deepEqual([status, body.code], [403, 'feature-closed'])
    await asked.moveTo(null)
  })

  test('gives what a device measured on the days before today, in the zone of its workspace', async () => {
    for (const days of [7, 30]) {
      const { status, body } = await through<PastDays>(`hp-north/proxy/history?days=${days}`)
      assert.deepEqual([status, body.days.length], [200, days])
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(asked.demo.now())
      assert.equal(Date.parse(body.days.at(-1)?.day ?? ''), Date.parse(today) - DAY_MS)
      for (const { id } of body.metrics) assert.ok(body.days.every(({ values }) => (values[id]?.low ?? 0) < (values[id]?.high ?? 0)), id)
    }
  })

  test('does what it is told, and keeps it for each device', async () => {
    const changed = await through<ControlState>('hp-north/proxy/functions/setpoint', { value: 36.5 })
    assert.deepEqual([changed.status, changed.body.activity[0]?.done], [200, 36.5])
    await through('hp-north/proxy/functions/quiet', { on: false })
    const { body } = await through<ControlState>('hp-north/proxy/functions')
    assert.deepEqual(body.functions.map((one) => (one.kind === 'switch' ? one.on : one.kind === 'number' ? one.value : one.leftMs)), [false, false, 36.5, null])
    assert.deepEqual((await through<ControlState>('hp-office/proxy/functions')).body.activity, [])
  })

  test('does nothing for who may only look', async () => {
    assert.equal((await through('hp-north/proxy/functions/quiet', { on: true }, 'demo-viewer')).status, 403)
    assert.equal((await through('hp-north/proxy/functions', undefined, 'demo-viewer')).status, 200)
  })

  test('runs a self-test once at a time', async () => {
    const { body } = await through<ControlState>('vu-hall/proxy/functions/test', {})
    const run = body.functions.find(({ kind }) => kind === 'run')
    assert.ok(run?.kind === 'run' && run.leftMs !== null && run.leftMs > 4_000 && run.leftMs <= 5_000)
    assert.equal((await through('vu-hall/proxy/functions/test', {})).status, 409)
  })

  for (const [rest, body, status] of [
    ['history', undefined, 400], ['history?days=8', undefined, 400], ['history?days=07', undefined, 400], ['dashboard', undefined, 404], ['functions/none', {}, 404],
    ['functions/setpoint', { value: 27.5 }, 422], ['functions/setpoint', { value: 28 }, 200], ['functions/setpoint', { value: 45 }, 200],
    ['functions/setpoint', { value: 45.5 }, 422], ['functions/setpoint', { value: 36.2 }, 422], ['functions/setpoint', { value: '36' }, 422],
    ['functions/setpoint', { on: true }, 422], ['functions/quiet', { on: 1 }, 422], ['functions/quiet', {}, 422], ['functions/test', { now: true }, 422],
    ['functions/quiet', { on: true, more: 'x'.repeat(2_000) }, 413],
  ] as const) {
    test(`answers ${rest} ${JSON.stringify(body ?? '').slice(0, 40)} with ${status}`, async () => {
      assert.equal((await through(`hp-north/proxy/${rest}`, body)).status, status)
    })
  }

  test('knows the devices that people add, by their model', async () => {
    const { body: { id } } = await asked.api<{ id: string }>('POST', '/v1/devices', null, { serial: 'VU450-9', model: 'VU-450', name: 'Added' })
    assert.equal((await through(`${id}/proxy/functions`)).status, 403)
    await asked.api('POST', `/v1/devices/${id}/voucher`, null, { code: asked.demo.codes[0] })
    assert.deepEqual((await through<PastDays>(`${id}/proxy/history?days=7`)).body.metrics.map((metric) => metric.id), ['airflow', 'supply', 'co2', 'fan'])
  })

  test('is not reached for the devices of others, nor by what a caller says of itself', async () => {
    assert.equal((await through('hp-harbour/proxy/functions')).status, 404)
    const { text } = await asked.ask('/v1/devices/hp-north/proxy/functions', { headers: { 'x-license-workspace': 'other', 'x-license-device': 'hp-harbour' } })
    assert.ok((JSON.parse(text) as ControlState).activity.length > 0)
  })
})

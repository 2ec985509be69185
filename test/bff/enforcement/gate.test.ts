import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, test } from 'node:test'
import { connectLicenses, type Decision, enter, type Licenses } from '../../../bff/enforcement/gate/index.ts'
import { type Bff, createBff, policyOf } from '../../../bff/index.ts'
import { listen, type Listening } from '../../../bff/node/index.ts'
import { onEngine, START, type World } from '../engines.ts'
import { makeKey } from '../who/keys.ts'
import { until } from '../../until.ts'

const END = Date.parse('2027-11-21T23:00:00.000Z')
const HOUR_MS = 3_600_000

onEngine('sqlite', 'a gate of another server', (world) => {
  let bff: Bff
  let listening: Listening | null = null
  let port = 0
  let key: string
  let viewer: string
  let asked = 0
  const connected: Licenses[] = []

  before(async () => {
    await world().setUp('acme', 'Europe/Berlin', ['open', 'shut', 'other'])
    key = (await makeKey(world(), 'gateway', null)).token
    viewer = (await makeKey(world(), 'viewer', 'acme')).token
    await start()
    await redeem('open')
  })
  afterEach(() => { for (const licenses of connected.splice(0)) licenses.close() })
  after(stop)

  async function start(): Promise<void> {
    bff = world().make({ whenDown: { history: 'open', reports: { lastKnownHours: 2 } }, reportOnly: ['automation'] })
    listening = await listen(Object.assign((request: Request, connection?: object) => {
      if (request.url.includes('/features/')) asked += 1
      return bff(request, connection)
    }, { close: bff.close }), { host: '127.0.0.1', port })
    port = listening.port
  }
  async function stop(): Promise<void> {
    const ended = listening
    listening = null
    ended?.server.closeAllConnections()
    await ended?.close()
  }
  async function redeem(device: string): Promise<void> {
    const [code] = await world().codes(1)
    assert.equal((await bff.fetch(asMember(device, 'voucher', { code }))).status, 200)
  }
  const asMember = (device: string, what: string, body: object): Request => new Request(`http://bff.test/v1/devices/${device}/${what}`, {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-test-as': JSON.stringify({ subject: 'ann', workspace: 'acme', roles: ['admin'] }) },
  })
  const connect = (options: Partial<Parameters<typeof connectLicenses>[0]> = {}): Licenses => {
    const licenses = connectLicenses({ url: `http://127.0.0.1:${port}/`, key, ...options })
    connected.push(licenses)
    return licenses
  }
  const about = (deviceId: string, feature = 'dashboard', workspace: string | null = 'acme') => ({ workspace, deviceId, feature })
  const told = ({ allowed, code, source }: Decision): unknown => [allowed, code, source]

  test('decides as the BFF does, by a key of the role gateway or of a workspace', async () => {
    const licenses = connect()
    const mine = connect({ key: viewer })
    for (const [deviceId, feature, allowed, code] of [
      ['open', 'dashboard', true, 'active'], ['shut', 'dashboard', false, 'none'], ['shut', 'listing', true, 'none'], ['none', 'dashboard', false, 'device-not-found'],
      ['open', 'flight', false, 'feature-not-found'],
    ] as const) {
      assert.deepEqual(told(await licenses.decide(about(deviceId, feature))), [allowed, code, 'live'])
      assert.deepEqual(told(await mine.decide(about(deviceId, feature, null))), [allowed, code, 'live'])
    }
    assert.deepEqual(await licenses.decide(about('shut')), { allowed: false, code: 'none', until: null, remedy: 'activate', source: 'live' })
    assert.deepEqual(told(await licenses.decide(about('open', 'dashboard', 'elsewhere'))), [false, 'device-not-found', 'live'])
    assert.deepEqual(told(await licenses.decide(about('open', 'dashboard', null))), [false, 'invalid', 'live'])
    assert.deepEqual(told(await connect({ key: 'lk_0' }).decide(about('open'))), [false, 'unauthenticated', 'live'])
    assert.deepEqual(await licenses.licensed({ workspace: 'acme', deviceIds: ['open', 'shut', 'none'], feature: 'reports' }), { deviceIds: ['open'], leftOut: 2 })
  })

  test('keeps what is open while it is told of changes, and asks about what is closed each time', async () => {
    const licenses = connect()
    await follow(licenses)
    const before = asked
    for (let index = 0; index < 5; index += 1) assert.deepEqual(told(await licenses.decide(about('open'))), [true, 'active', 'cache'])
    assert.equal(asked, before)
    for (let index = 0; index < 3; index += 1) assert.deepEqual(told(await licenses.decide(about('shut'))), [false, 'none', 'live'])
    assert.equal(asked, before + 3)
  })

  /** Waits until decisions of `open` are kept. */
  async function follow(licenses: Licenses): Promise<void> {
    await until(async () => (await licenses.decide(about('open'))).source === 'cache')
  }

  test('flips within a second of a voucher and of an undoing', async () => {
    const licenses = connect()
    await follow(licenses)
    assert.equal((await licenses.decide(about('other'))).allowed, false)
    await redeem('other')
    assert.equal((await licenses.decide(about('other'))).allowed, true)
    await until(async () => (await licenses.decide(about('other'))).source === 'cache')
    const { signal, allowed } = await enter(licenses, about('other'))
    const pass = await enter(licenses, about('open'))
    assert.deepEqual([allowed, signal.aborted, pass.signal.aborted], [true, false, false])
    assert.equal((await bff.fetch(asMember('other', 'undo', {}))).status, 200)
    await until(async () => !(await licenses.decide(about('other'))).allowed)
    await until(async () => signal.aborted)
    assert.deepEqual((signal.reason as Decision).code, 'none')
    assert.equal(pass.signal.aborted, false)
    pass.leave()
  })

  test('never answers past the next change, though its own clock is another one', async () => {
    const licenses = connect()
    await follow(licenses)
    // The BFF’s clock is years from ours; what it said last is from a moment before the end.
    world().now = END - 400
    await until(async () => (await licenses.decide(about('open'))).code === 'expiring')
    await new Promise((resolve) => { setTimeout(resolve, 500) })
    // Its clock stands, but ours has reached the end of what it said: it is asked again, and not answered from what is kept.
    assert.equal((await licenses.decide(about('open'))).source, 'live')
    const { signal } = await enter(licenses, about('open'))
    assert.equal(signal.aborted, false)
    world().now = END
    await until(async () => signal.aborted)
    assert.deepEqual(told(await licenses.decide(about('open'))), [false, 'expired', 'live'])
    world().now = START
    await until(async () => (await licenses.decide(about('open'))).allowed)
  })

  test('closes while the BFF is away what is not open by policy, says so, and comes back alone', async () => {
    const licenses = connect()
    await follow(licenses)
    for (const feature of ['history', 'reports']) await licenses.decide(about('open', feature))
    for (const feature of ['history', 'reports']) await licenses.decide(about('shut', feature))
    const { signal } = await enter(licenses, about('open'))
    const kept = await enter(licenses, about('open', 'reports'))
    assert.deepEqual([signal.aborted, kept.signal.aborted], [false, false])
    await stop()
    await until(async () => (await licenses.decide(about('open'))).source === 'fallback')
    for (const [deviceId, feature, answer] of [
      ['open', 'dashboard', [false, 'upstream-failed', 'fallback']], ['open', 'history', [true, 'active', 'fallback']], ['shut', 'history', [true, 'upstream-failed', 'fallback']],
      ['open', 'reports', [true, 'active', 'fallback']], ['shut', 'reports', [false, 'upstream-failed', 'fallback']],
    ] as const) assert.deepEqual(told(await licenses.decide(about(deviceId, feature))), answer, `${feature} of ${deviceId}`)
    await until(async () => signal.aborted, 12_000)
    assert.equal(kept.signal.aborted, false)
    kept.leave()
    await start()
    await until(async () => (await licenses.decide(about('open'))).source !== 'fallback', 12_000)
    assert.equal((await licenses.decide(about('open'))).allowed, true)
  })

  test('knows the last decision for some hours, to its end, and not past a refusal', async () => {
    let wrong = 0
    let state = { headers: {} as Record<string, string>, status: 200, body: {} as object }
    const fake = createServer((request, response) => {
      if (request.url?.startsWith('/v1/events')) response.writeHead(503).end()
      else if (wrong > 0) response.destroy()
      else response.writeHead(state.status, { 'content-type': 'application/json', ...state.headers }).end(JSON.stringify(state.body))
    }).listen(0, '127.0.0.1')
    await once(fake, 'listening')
    const licenses = connect({ url: addressOf(fake), whenDown: { dashboard: { lastKnownHours: 2 } } })
    const open = (until: string | null, now = Date.now()): void => {
      state = { status: 200, headers: { 'x-license-now': new Date(now).toISOString() }, body: { allowed: true, code: 'active', until, remedy: null, source: 'live' } }
    }
    const afterwards = async (): Promise<unknown> => {
      wrong += 1
      const answer = told(await licenses.decide(about('open')))
      wrong = 0
      await new Promise((resolve) => { setTimeout(resolve, 1_050) })
      return answer
    }
    open(null)
    assert.deepEqual(told(await licenses.decide(about('open'))), [true, 'active', 'live'])
    assert.deepEqual(await afterwards(), [true, 'active', 'fallback'])
    state = { status: 403, headers: {}, body: { code: 'role-required' } }
    assert.deepEqual(told(await licenses.decide(about('open'))), [false, 'role-required', 'live'])
    assert.deepEqual(await afterwards(), [false, 'upstream-failed', 'fallback'])
    open(new Date(Date.now() + 300).toISOString())
    await licenses.decide(about('open'))
    await new Promise((resolve) => { setTimeout(resolve, 320) })
    assert.deepEqual(await afterwards(), [false, 'upstream-failed', 'fallback'])
    fake.close()
  })

  test('opens nothing for what is no decision', async () => {
    for (const [status, body] of [
      [200, 'true'], [200, '{}'], [200, 'null'], [200, '[]'], [200, '{"allowed":"yes","code":"active","until":null,"remedy":null,"source":"live"}'],
      [200, '{"allowed":true,"code":"active","until":"soon","remedy":null,"source":"live"}'], [200, '<html>'], [500, '{"allowed":true}'], [302, ''], [404, '{"allowed":true,"code":"active","until":null,"remedy":null,"source":"live"}'],
    ] as const) {
      const fake = createServer((_request, response) => { response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end(body) }).listen(0, '127.0.0.1')
      await once(fake, 'listening')
      assert.equal((await connect({ url: addressOf(fake) }).decide(about('open'))).allowed, false, `${status} ${body}`)
      fake.closeAllConnections()
      fake.close()
    }
    assert.throws(() => connectLicenses({ url: 'nowhere', key }), TypeError)
  })

  test('waits no longer than it is told to, and then for a while for nothing', async () => {
    const fake = createServer(() => {}).listen(0, '127.0.0.1')
    await once(fake, 'listening')
    const licenses = connect({ url: addressOf(fake), timeoutMs: 100 })
    const started = performance.now()
    assert.deepEqual(told(await licenses.decide(about('open'))), [false, 'upstream-timeout', 'fallback'])
    for (let index = 0; index < 50; index += 1) assert.equal((await licenses.decide(about(`d${index}`))).source, 'fallback')
    assert.ok(performance.now() - started < 600)
    fake.closeAllConnections()
    fake.close()
  })

  test('lets pass what is only to be reported, and says so, also of many', async () => {
    const ids = ['open', 'shut', 'none']
    assert.deepEqual(await connect().licensed({ workspace: 'acme', deviceIds: ids, feature: 'automation' }), { deviceIds: ['open', 'shut'], leftOut: 1 })
    await assert.rejects(connect().licensed({ workspace: 'acme', deviceIds: ids, feature: 'flight' }), /flight/)
    const decision = await connect().decide(about('shut', 'automation'))
    assert.deepEqual(decision, { allowed: true, code: 'none', until: null, remedy: 'activate', source: 'live' })
  })
})

onEngine('sqlite', 'a gate in the process of the BFF', (world) => {
  const reports: unknown[] = []
  let bff: Bff
  before(async () => {
    await world().setUp('acme', 'Europe/Berlin', ['open', 'shut'])
    bff = world().make({ reportOnly: ['reports'] }, { onReport: (report) => { reports.push(report) } })
    await redeem('open')
  })
  after(() => bff.close())
  async function redeem(device: string): Promise<void> {
    const [code] = await world().codes(1)
    await world().ask({ role: 'member' }, 'POST', `/v1/devices/${device}/voucher`, { code })
  }
  const about = (deviceId: string, feature = 'dashboard') => ({ workspace: 'acme', deviceId, feature })

  test('asks once, and then not again until the licence changes', async () => {
    assert.equal((await bff.licenses.decide(about('open'))).source, 'live')
    await until(async () => (await bff.licenses.decide(about('open'))).source === 'cache')
    await world().ask({ role: 'admin' }, 'POST', '/v1/devices/open/undo')
    assert.deepEqual(await bff.licenses.decide(about('open')), { allowed: false, code: 'none', until: null, remedy: 'activate', source: 'live' })
    await redeem('open')
    assert.equal((await bff.licenses.decide(about('open'))).allowed, true)
    assert.deepEqual((await bff.licenses.decide(about('none'))).code, 'device-not-found')
    assert.deepEqual((await bff.licenses.decide(about('open', 'flight'))).code, 'feature-not-found')
  })

  test('sees what another process changes within a second', async () => {
    await until(async () => (await bff.licenses.decide(about('open'))).source === 'cache')
    const elsewhere = otherProcess(world())
    await elsewhere.fetch(new Request('http://bff.test/v1/devices/open', {
      method: 'DELETE', headers: { 'x-test-as': JSON.stringify({ subject: 'ann', workspace: 'acme', roles: ['admin'] }) },
    }))
    await until(async () => (await bff.licenses.decide(about('open'))).code === 'device-not-found', 1_000)
    await elsewhere.close()
  })

  test('ends what runs at the second of the end, by the clock of the BFF', async () => {
    await world().ask({ role: 'host' }, 'PUT', '/v1/host/devices/open', { workspace: 'acme', serial: 'SN-acme-open', model: 'P100', name: 'Pump' })
    const pass = await enter(bff.licenses, about('open'))
    assert.equal(pass.signal.aborted, false)
    world().now = END
    await until(async () => pass.signal.aborted, 1_000)
    assert.equal((await enter(bff.licenses, about('open'))).signal.aborted, true)
    world().now = START
  })

  test('tells what it would have refused', async () => {
    assert.equal((await bff.licenses.decide(about('shut', 'reports'))).allowed, true)
    assert.deepEqual(reports, [{ workspace: 'acme', deviceId: 'shut', feature: 'reports', code: 'none' }])
    world().now = END + 1
    const pass = await enter(bff.licenses, about('open', 'reports'))
    assert.deepEqual([pass.allowed, pass.code, pass.until], [true, 'expired', null])
    assert.equal(pass.signal.aborted, false)
    const told = reports.length
    await new Promise((resolve) => { setTimeout(resolve, 200) })
    assert.deepEqual([pass.signal.aborted, reports.length - told < 5], [false, true])
    pass.leave()
    world().now = START
    await assert.rejects(bff.licenses.decide({ workspace: null, deviceId: 'open', feature: 'dashboard' }), TypeError)
  })

  test('knows the last licence while the database is away, where the policy says so', async () => {
    let away = false
    const { database } = world()
    const db = new Proxy(database.db, { get: (target, name) => {
      if (away) throw new Error('away')
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    } })
    const other = createBff({
      database: { ...database, db, failure: () => 'unavailable' }, keyring: world().keyring, now: () => world().now,
      policy: policyOf({ whenDown: { dashboard: { lastKnownHours: 2 }, history: 'open' } }),
    })
    const told = async (feature: string, deviceId = 'open'): Promise<unknown> => {
      const { allowed, code, source } = await other.licenses.decide(about(deviceId, feature))
      return [allowed, code, source]
    }
    assert.deepEqual(await told('dashboard'), [true, 'active', 'live'])
    away = true
    await new Promise((resolve) => { setTimeout(resolve, 1_100) })
    assert.deepEqual([await told('dashboard'), await told('history'), await told('history', 'shut'), await told('reports')],
      [[true, 'active', 'fallback'], [true, 'active', 'fallback'], [true, 'storage-unavailable', 'fallback'], [false, 'storage-unavailable', 'fallback']])
    world().now = START + 2 * HOUR_MS + 1
    assert.deepEqual(await told('dashboard'), [false, 'storage-unavailable', 'fallback'])
    world().now = START
    away = false
    await other.close()
  })
})

/** Another server on the same database, whose changes this one is told of by the database alone. */
function otherProcess(world: World): Bff {
  const { database } = world
  return createBff({
    database: { ...database, db: database.db.withoutPlugins() }, keyring: world.keyring, now: () => world.now,
    authenticate: (request) => JSON.parse(request.headers.get('x-test-as') ?? '{}') as never,
  })
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

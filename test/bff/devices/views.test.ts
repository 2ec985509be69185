import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LicenseView } from '../../../bff/ledger/view.ts'
import { DEFAULT_POLICY, FEATURES } from '../../../bff/rules/policy.ts'
import { type Answered, onEveryEngine } from '../engines.ts'
import { Fleet, fresh } from './fleet.ts'

interface Decision {
  allowed: boolean
  code: string
  until: string | null
  remedy: string | null
  source: string | null
}

const OWN = [
  { id: 'lamp', openIn: ['active'] as const }, { id: 'export', openIn: ['none', 'active', 'expiring', 'grace', 'expired'] as const }, { id: 'late', openIn: ['grace', 'expired'] as const },
]

// Today is 2026-11-21, in Berlin an hour ahead of UTC.
onEveryEngine('what is told of licences', (world) => {
  const stocked = async (): Promise<Fleet> => {
    const fleet = await Fleet.open(world())
    for (const id of ['none', 'active', 'expiring', 'grace', 'expired', 'mixed']) await fleet.put(id, { serial: `${id} ${fleet.workspace}` })
    const of = (id: string): string => `${id} ${fleet.workspace}`
    assert.equal(await fleet.sell(
      [of('active'), 'standard', '2026-01-01', '2027-06-30'], [of('expiring'), 'trial', '2026-11-01', '2026-11-30'], [of('grace'), 'grace', '2026-11-01', '2026-12-31'],
      [of('expired'), 'standard', '2025-01-01', '2025-12-31'], [of('mixed'), 'standard', '2026-01-01', '2027-03-31'], [of('mixed'), 'grace', '2027-04-01', '2027-05-31'],
    ), 200)
    return fleet
  }

  test('up to 1,000 devices can be asked for at once, each once, in order, and the unknown are named', async () => {
    const fleet = await stocked()
    const query = (deviceIds: unknown): Promise<Answered<{ items: LicenseView[]; unknown: string[]; code: string }>> => world().ask(fleet.as('viewer'), 'POST', '/v1/licenses/query', { deviceIds })
    const { body } = await query(['grace', 'nothing', 'none', 'grace', '', 'nothing', 'GRACE', 'x'.repeat(64)])
    assert.deepEqual([body.items.map((one) => one.deviceId), body.unknown], [['grace', 'none'], ['nothing', '', 'GRACE', 'x'.repeat(64)]])
    assert.deepEqual(body.items[0], (await fleet.get('grace')).body.license)
    assert.deepEqual((await query([])).body, { items: [], unknown: [] })
    const many = Array.from({ length: 999 }, (_, index) => `unknown-${index}`)
    const full = await query([...many, 'active'])
    assert.deepEqual([full.status, full.body.items.map((one) => one.deviceId), full.body.unknown], [200, ['active'], many])
    for (const ids of [[...many, 'active', 'none'], ['x'.repeat(65)], [5], 'active', null, { 0: 'active' }]) {
      const { status, body: { code } } = await query(ids)
      assert.deepEqual([status, code], [422, 'invalid'])
    }
    assert.equal((await query(Array.from({ length: 1_000 }, () => 'active'))).body.items.length, 1)
  })

  test('many licences at once are what each is by itself', async () => {
    const fleet = await stocked()
    const other = await Fleet.open(world())
    const admin = fleet.as('admin')
    const ids = ['none', 'active', 'expiring', 'grace', 'expired', 'mixed', 'undone', 'twice', 'tried', 'moved', 'old', 'ours']
    for (const id of ids.slice(6)) await (id === 'moved' ? other : fleet).put(id, { serial: `${id} ${fleet.workspace}` })
    await fleet.license('undone')
    assert.equal((await world().ask(admin, 'POST', '/v1/devices/undone/undo')).status, 200)
    await fleet.license('twice')
    await fleet.license('twice')
    assert.equal((await world().ask(admin, 'POST', '/v1/devices/tried/trial')).status, 200)
    await other.remove('moved')
    await fleet.put('moved', { serial: `moved ${fleet.workspace}` })
    const records = [`nobody,old ${fleet.workspace},W,S`, `${String(admin.subject)},ours ${fleet.workspace},W,S`]
    assert.equal((await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/legacy/import', ['account,serial,workspace,site', ...records].join('\n'))).status, 200)
    const { body: { items } } = await world().ask<{ items: LicenseView[] }>(admin, 'POST', '/v1/licenses/query', { deviceIds: ids })
    assert.deepEqual(items, await Promise.all(ids.map(async (id) => (await fleet.get(id, 'admin')).body.license)))
    const told = new Map(items.map((license) => [license.deviceId, license]))
    assert.deepEqual(ids.slice(6).map((id) => told.get(id)?.trial.reason), ['eligible', 'already-licensed', 'already-used', 'seen-before', 'seen-before', 'seen-before'])
    assert.deepEqual([told.get('undone')?.status, told.get('twice')?.actions.includes('undo'), told.get('active')?.actions.includes('undo')], ['none', true, false])
    assert.deepEqual([told.get('old')?.grace.reason, told.get('ours')?.grace.reason], ['claimed-by-other', 'eligible'])
  })

  const closed = { allowed: false, source: 'live' }
  const rows: [device: string, feature: string, decision: Decision][] = [
    ['none', 'dashboard', { ...closed, code: 'none', until: null, remedy: 'activate' }],
    ['none', 'listing', { allowed: true, code: 'none', until: null, remedy: null, source: 'live' }],
    ['active', 'dashboard', { allowed: true, code: 'active', until: '2027-06-30T22:00:00.000Z', remedy: null, source: 'live' }],
    ['active', 'listing', { allowed: true, code: 'active', until: null, remedy: null, source: 'live' }],
    ['expiring', 'history', { allowed: true, code: 'expiring', until: '2026-11-30T23:00:00.000Z', remedy: null, source: 'live' }],
    ['grace', 'reports', { allowed: true, code: 'grace', until: '2026-12-31T23:00:00.000Z', remedy: null, source: 'live' }],
    ['expired', 'dashboard', { ...closed, code: 'expired', until: '2025-12-31T23:00:00.000Z', remedy: 'renew' }],
    ['expired', 'listing', { allowed: true, code: 'expired', until: null, remedy: null, source: 'live' }],
    ['active', 'lamp', { allowed: true, code: 'active', until: '2027-05-29T22:00:00.000Z', remedy: null, source: 'live' }],
    ['expiring', 'lamp', { ...closed, code: 'expiring', until: '2026-11-30T23:00:00.000Z', remedy: 'renew' }],
    ['mixed', 'dashboard', { allowed: true, code: 'active', until: '2027-05-31T22:00:00.000Z', remedy: null, source: 'live' }],
    ['mixed', 'lamp', { allowed: true, code: 'active', until: '2027-03-31T22:00:00.000Z', remedy: null, source: 'live' }],
    ['mixed', 'export', { allowed: true, code: 'active', until: null, remedy: null, source: 'live' }],
    ['grace', 'late', { allowed: true, code: 'grace', until: null, remedy: null, source: 'live' }],
    ['expired', 'late', { allowed: true, code: 'expired', until: null, remedy: null, source: 'live' }],
  ]
  test('a feature is open or closed by the status, until when, and what helps', async () => {
    const fleet = await stocked()
    for (const [device, feature, decision] of rows) {
      const { status, body } = await world().ask<Decision>(fleet.as('member'), 'GET', `/v1/devices/${device}/features/${feature}`)
      assert.deepEqual([status, body], [200, decision], `${feature} of ${device}`)
    }
  })

  test('every feature agrees with the licence, and closes when it says', async () => {
    const fleet = await stocked()
    const start = world().now
    const ask = async (device: string, feature: string): Promise<Decision> => (await world().ask<Decision>(fleet.as('viewer'), 'GET', `/v1/devices/${device}/features/${feature}`)).body
    for (const device of ['none', 'active', 'expiring', 'grace', 'expired', 'mixed']) {
      const { body: { license } } = await fleet.get(device)
      for (const { id } of [...FEATURES, ...OWN]) {
        const decision = await ask(device, id)
        assert.equal(decision.allowed, license.features.includes(id), `${id} of ${device}`)
        assert.equal(decision.code, license.status)
        assert.equal(decision.remedy === null, decision.allowed)
        if (!decision.allowed || decision.until === null) continue
        world().now = Date.parse(decision.until) - 1
        assert.equal((await ask(device, id)).allowed, true, `${id} of ${device} just before`)
        world().now = Date.parse(decision.until)
        assert.equal((await ask(device, id)).allowed, false, `${id} of ${device} at the end`)
        world().now = start
      }
    }
  })

  test('viewers are led to contact alone, members to a voucher', async () => {
    const fleet = await stocked()
    for (const [role, device, actions] of [
      ['viewer', 'none', ['contact']], ['viewer', 'expired', ['contact']], ['member', 'none', ['activate', 'start-trial', 'contact']], ['member', 'active', ['renew', 'contact']],
      ['admin', 'expired', ['renew', 'start-trial', 'contact']],
    ] as const) {
      assert.deepEqual((await fleet.get(device, role)).body.license.actions, actions, `${role}, ${device}`)
      const { body } = await world().ask<Decision>(fleet.as(role), 'GET', `/v1/devices/${device}/features/dashboard`)
      assert.equal(body.remedy, body.allowed ? null : actions[0])
    }
    await fleet.license('none')
    assert.deepEqual((await fleet.get('none', 'admin')).body.license.actions, ['renew', 'undo', 'contact'])
  })

  test('the summary counts devices by status and warnings by what they warn of', async () => {
    const fleet = await stocked()
    const { body } = await world().ask(fleet.as('viewer'), 'GET', '/v1/summary')
    assert.deepEqual(body, {
      total: 6, byStatus: { none: 1, active: 2, expiring: 1, grace: 1, expired: 1 }, alerts: { expired: 1, expiring: 1, grace: 0 }, grace: { eligible: 0, byReason: {} },
      snoozedUntil: { expired: null, expiring: null, grace: null }, now: new Date(world().now).toISOString(),
    })
    const empty = await Fleet.open(world())
    assert.deepEqual((await world().ask(empty.as('viewer'), 'GET', '/v1/summary')).body, {
      total: 0, byStatus: { none: 0, active: 0, expiring: 0, grace: 0, expired: 0 }, alerts: { expired: 0, expiring: 0, grace: 0 }, grace: { eligible: 0, byReason: {} },
      snoozedUntil: { expired: null, expiring: null, grace: null }, now: new Date(world().now).toISOString(),
    })
  })

  test('a person is told of the workspace, the policy and whom to ask', async () => {
    const fleet = await Fleet.open(world(), 'America/New_York')
    const contact = { sales: { name: 'Sales', email: 'sales@acme.example', phone: '+49 1', hours: '9 to 5', url: 'https://acme.example' }, support: {} }
    await world().ask({ role: 'host' }, 'PUT', `/v1/host/workspaces/${fleet.workspace}`, { name: 'Acme GmbH', timeZone: 'America/New_York', contact })
    const { body } = await world().ask<{ person: { id: string } }>(fleet.as('viewer'), 'GET', '/v1/me')
    const { expiringWithinDays, graceDays, graceOpenUntil, trialDays, undoDays, snoozeDays, memberAddsDevices } = DEFAULT_POLICY
    assert.deepEqual(body, {
      person: { id: body.person.id }, workspace: { id: fleet.workspace, name: 'Acme GmbH', timeZone: 'America/New_York' }, roles: ['viewer'], contact,
      links: { device: 'https://portal.example/devices/{deviceId}', assets: null, licenseTab: null },
      policy: { expiringWithinDays, graceDays, graceOpenUntil, trialDays, undoDays, snoozeDays, memberAddsDevices, models: {}, features: JSON.parse(JSON.stringify([...FEATURES, ...OWN])) as unknown },
    })
  })

  test('in the vendor’s list each device is told with its workspace', async () => {
    const [one, other] = [await Fleet.open(world()), await Fleet.open(world())]
    const word = fresh('vendor')
    for (const fleet of [one, other]) await fleet.put('same', { serial: `${word} ${fleet.workspace}` })
    const { body } = await world().ask<{ items: { workspace: string; id: string; license: LicenseView }[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/devices?q=${word}`)
    assert.deepEqual(body.items.map(({ workspace, id }) => [workspace, id]), [[one.workspace, 'same'], [other.workspace, 'same']].sort())
    assert.ok(body.items.every(({ license }) => license.deviceId === 'same'))
  })
}, { features: OWN.map(({ id, openIn }) => ({ id, openIn: [...openIn] })), links: { device: 'https://portal.example/devices/{deviceId}' } })

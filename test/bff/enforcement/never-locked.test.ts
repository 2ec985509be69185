/** R12: nothing ever locks the way to renew. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { problemsOf } from '../../../bff/http/openapi.ts'
import { routes } from '../../../bff/index.ts'
import type { LicenseView } from '../../../bff/ledger/view.ts'
import { STATUSES, type Status } from '../../../bff/rules/lists.ts'
import { Fleet } from '../devices/fleet.ts'
import { onEveryEngine, type World } from '../engines.ts'

type Role = 'viewer' | 'member' | 'admin'

/** A licence of each status on 2026-11-21, and whether every way has to end in one that is paid for. */
const LICENSES: readonly [name: string, status: Status, period: [kind: string, firstDay: string, lastDay: string] | null][] = [
  ['none', 'none', null],
  ...(['standard', 'trial'] as const).flatMap((kind): [string, Status, [string, string, string]][] => [
    [`active-${kind}`, 'active', [kind, '2026-01-01', '2027-06-30']], [`expiring-${kind}`, 'expiring', [kind, '2026-01-01', '2026-12-01']],
    [`today-${kind}`, 'expiring', [kind, '2026-01-01', '2026-11-21']], [`expired-${kind}`, 'expired', [kind, '2026-01-01', '2026-11-20']],
    [`long-ago-${kind}`, 'expired', [kind, '2020-01-01', '2020-12-31']],
  ]),
  ['grace', 'grace', ['grace', '2026-11-01', '2027-01-31']], ['expired-grace', 'expired', ['grace', '2026-01-01', '2026-02-28']],
]

/** The ways: who goes, what is asked, and what has to be in the answer. */
const WAYS: readonly { way: string; role: Role; ask: (device: string, code: string) => [method: string, path: string, body?: object]; holds: (body: Record<string, unknown>) => boolean }[] = [
  { way: 'the licence is read', role: 'viewer', ask: (device) => ['GET', `/v1/devices/${device}/license`], holds: ({ actions }) => (actions as string[]).includes('contact') },
  { way: 'a member is offered to activate or renew', role: 'member', ask: (device) => ['GET', `/v1/devices/${device}`], holds: ({ license }) =>
    (license as LicenseView).actions.filter((action) => action === 'activate' || action === 'renew').length === 1 },
  { way: 'the device is in the list', role: 'viewer', ask: (device) => ['GET', `/v1/devices?q=${device}&limit=200`], holds: ({ items }) => (items as unknown[]).length > 0 },
  { way: 'badges are answered', role: 'viewer', ask: (device) => ['POST', '/v1/licenses/query', { deviceIds: [device] }], holds: ({ items }) => (items as unknown[]).length === 1 },
  { way: 'sales and support are named', role: 'viewer', ask: () => ['GET', '/v1/me'], holds: ({ contact }) => 'sales' in (contact as object) },
  { way: 'warnings are counted', role: 'viewer', ask: () => ['GET', '/v1/summary'], holds: ({ alerts }) => 'expired' in (alerts as object) },
  { way: 'changes are told', role: 'viewer', ask: () => ['GET', '/v1/events'], holds: () => true },
  { way: 'the listing is open', role: 'viewer', ask: (device) => ['GET', `/v1/devices/${device}/features/listing`], holds: ({ allowed }) => allowed === true },
  { way: 'a closed feature names the way', role: 'member', ask: (device) => ['GET', `/v1/devices/${device}/features/dashboard`], holds: ({ allowed, remedy }) => allowed === true || remedy === 'activate' || remedy === 'renew' },
  { way: 'an entitlement is made', role: 'viewer', ask: (device) => ['POST', `/v1/devices/${device}/entitlement`], holds: ({ token }) => typeof token === 'string' },
  { way: 'a code is tried', role: 'member', ask: (device, code) => ['POST', `/v1/devices/${device}/voucher/preview`, { code }], holds: ({ daysAdded }) => Number(daysAdded) > 0 },
  { way: 'a code is redeemed', role: 'member', ask: (device, code) => ['POST', `/v1/devices/${device}/voucher`, { code }], holds: ({ license }) => (license as LicenseView).status === 'active' },
]

onEveryEngine('the way to renew', (world) => {
  for (const [name, status, period] of LICENSES) {
    test(`is open to the end for ${name}`, async () => {
      const { fleet, device, code } = await licensed(world(), period)
      assert.equal((await fleet.get(device)).body.license.status, status)
      for (const { way, role, ask, holds } of WAYS) {
        const [method, path, body] = ask(device, code)
        const answer = await world().ask(fleet.as(role), method, path, body)
        assert.deepEqual([answer.status, holds(answer.body)], [200, true], `${way}: ${JSON.stringify(answer.body)}`)
      }
      assert.equal((await world().ask(fleet.as('viewer'), 'GET', `/v1/devices/${device}/features/dashboard`)).body['allowed'], true)
    })
  }
}, { attempts: { person: 1, workspace: 1, minutes: 1 } })

async function licensed(world: World, period: [kind: string, firstDay: string, lastDay: string] | null): Promise<{ fleet: Fleet; device: string; code: string }> {
  const fleet = await Fleet.open(world)
  const device = `device-of-${fleet.workspace}`
  await fleet.put(device, { serial: `SN ${fleet.workspace}` })
  if (period !== null) assert.equal(await fleet.sell([`SN ${fleet.workspace}`, ...period]), 200)
  const [code = ''] = await world.codes(1)
  return { fleet, device, code }
}

suite('the routes of the BFF', () => {
  test('are closed by no licence: only what stands in front of the host’s own servers is', () => {
    assert.deepEqual(routes.filter((route) => problemsOf(route).includes('feature-closed')).map(({ path }) => path), [])
  })

  test('are walked in every status', () => {
    assert.deepEqual(new Set(LICENSES.map(([, status]) => status)), new Set(STATUSES))
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine, type Answered } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { Desk, fresh, verdict, type Told } from '../vouchers/desk.ts'
import { bringLegacy, type Summary } from './legacy.ts'

interface All {
  started: number
  items: { deviceId: string; outcome: string; license?: { status: string; lastDay: string } }[]
}

function startAll(desk: Desk, body?: object, headers: Record<string, string> = {}): Promise<Answered<All>> {
  return desk.world.ask<All>(desk.member, 'POST', '/v1/grace', body, headers)
}

const ours = (desk: Desk): string => desk.member.subject ?? ''

onEveryEngine('starting grace for all', (world, engine) => {
  // The figure is the bench's; the others show that slices fit together.
  const most = engine === 'sqlite' ? 10_000 : 1_200
  test('starts what is eligible and says of every other legacy device why not', async () => {
    const desk = await Desk.open(world(), { devices: ['a-eligible', 'b-theirs', 'c-spaces', 'd-sites', 'e-licensed', 'f-used', 'g-new', 'h-eligible'] })
    await bringLegacy(desk, [ours(desk), 'a-eligible', 'W', 'S'], ['stranger', 'b-theirs', 'W', 'S'], [ours(desk), 'c-spaces', 'W', 'S'], [ours(desk), 'c-spaces', 'W2', 'S'],
      [ours(desk), 'd-sites', 'W', 'S'], [ours(desk), 'd-sites', 'W', 'S2'], [ours(desk), 'e-licensed', 'W', 'S'], [ours(desk), 'f-used', 'W', 'S'], [ours(desk), 'h-eligible', 'W', 'S'])
    await desk.redeem(await desk.code(), 'e-licensed')
    await desk.sell({ device: 'f-used', kind: 'grace', firstDay: '2026-01-01', lastDay: '2026-03-01' })
    const before = (await world().ask<Summary>(desk.member, 'GET', '/v1/summary')).body
    assert.deepEqual([before.alerts.grace, before.grace], [2, {
      eligible: 2, byReason: { 'claimed-by-other': 1, 'in-several-workspaces': 1, 'in-several-sites': 1, 'already-licensed': 1, 'already-used': 1 },
    }])
    const { body } = await startAll(desk)
    assert.equal(body.started, 2)
    assert.deepEqual(body.items.map(({ deviceId, outcome }) => [deviceId, outcome]), [
      ['a-eligible', 'started'], ['b-theirs', 'claimed-by-other'], ['c-spaces', 'in-several-workspaces'], ['d-sites', 'in-several-sites'],
      ['e-licensed', 'already-licensed'], ['f-used', 'already-used'], ['h-eligible', 'started'],
    ])
    assert.deepEqual([body.items[0]?.license?.status, body.items[0]?.license?.lastDay], ['grace', '2027-01-20'])
    for (const [device, status] of [['a-eligible', 'grace'], ['h-eligible', 'grace'], ['b-theirs', 'none'], ['g-new', 'none']]) {
      assert.equal((await desk.license(device)).status, status, device)
    }
    const after = (await world().ask<Summary>(desk.member, 'GET', '/v1/summary')).body
    assert.deepEqual([after.alerts.grace, after.grace.eligible, after.byStatus.grace], [0, 0, 2])
  })

  test('starts nothing twice, and changes nothing then', async () => {
    const desk = await Desk.open(world())
    await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
    assert.equal((await startAll(desk)).body.started, 1)
    const before = await dump(world().database)
    assert.deepEqual((await startAll(desk)).body, { started: 0, items: [{ deviceId: 'pump-1', outcome: 'already-used' }] })
    assert.deepEqual(await dump(world().database), before)
  })

  test('is replayed to the same key', async () => {
    const desk = await Desk.open(world())
    await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
    const [first, again] = [await startAll(desk, {}, { 'idempotency-key': 'k' }), await startAll(desk, {}, { 'idempotency-key': 'k' })]
    assert.deepEqual([again.body, again.headers.get('idempotency-replayed')], [first.body, 'true'])
  })

  test('for some devices looks at these alone, and starts none where one does not exist', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b', 'c'] })
    await bringLegacy(desk, [ours(desk), 'a', 'W', 'S'], [ours(desk), 'b', 'W', 'S'])
    const missing = await startAll(desk, { deviceIds: ['a', 'nothing'] })
    assert.equal(verdict(missing as unknown as Answered<Told>), '404 device-not-found')
    assert.equal((await desk.license('a')).status, 'none')
    const { body } = await startAll(desk, { deviceIds: ['c', 'a', 'a'] })
    assert.deepEqual(body.items.map(({ deviceId, outcome }) => [deviceId, outcome]), [['a', 'started'], ['c', 'not-legacy']])
    assert.equal((await desk.license('b')).status, 'none')
  })

  test('lists exactly the devices that the warning counts, which leaves those out that will not be renewed', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b', 'c', 'd'] })
    await bringLegacy(desk, [ours(desk), 'a', 'W', 'S'], [ours(desk), 'b', 'W', 'S'], [ours(desk), 'c', 'W', 'S'])
    await desk.redeem(await desk.code(), 'b')
    await world().ask(desk.admin, 'PUT', '/v1/devices/c/renewal', { planned: false })
    const { body } = await world().ask<{ items: { id: string }[] }>(desk.viewer, 'GET', '/v1/devices?alert=grace')
    const { body: { alerts, grace } } = await world().ask<Summary>(desk.viewer, 'GET', '/v1/summary')
    assert.deepEqual([body.items.map(({ id }) => id), alerts.grace, grace.eligible], [['a'], 1, 2])
  })

  test('by two at the same moment gives each device one grace, and both the whole truth', async () => {
    const devices = Array.from({ length: 40 }, (_, index) => `p-${index}`)
    const desk = await Desk.open(world(), { devices })
    await bringLegacy(desk, ...devices.map((device): [string, string, string, string] => [ours(desk), device, 'W', 'S']))
    const answers = await Promise.all(Array.from({ length: 6 }, () => startAll(desk)))
    assert.equal(answers.reduce((sum, { body }) => sum + body.started, 0), 40)
    for (const { body } of answers) assert.equal(body.items.length, 40)
    const ledgers = await Promise.all(devices.map(async (device) => (await desk.license(device)).ledger.length))
    assert.deepEqual(new Set(ledgers), new Set([1]))
  })

  test('against a voucher at the same moment opens both, and the voucher loses no day', async () => {
    for (let round = 0; round < 5; round += 1) {
      const desk = await Desk.open(world())
      await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
      const code = await desk.code({ days: 365 })
      const [redeemed, all] = await Promise.all([desk.redeem(code), startAll(desk)])
      assert.equal(redeemed.status, 200)
      const license = await desk.license()
      assert.deepEqual([license.ledger.length, license.lastDay], all.body.started === 1 ? [2, '2028-01-20'] : [1, '2027-11-21'])
    }
  })

  test('takes very many devices in one press', async () => {
    const devices = Array.from({ length: most }, (_, index) => `p-${index}`)
    const desk = await Desk.open(world(), { devices })
    await bringLegacy(desk, ...devices.map((device): [string, string, string, string] => [ours(desk), device, 'W', 'S']))
    const { body } = await startAll(desk)
    assert.deepEqual([body.started, new Set(body.items.map(({ outcome }) => outcome))], [most, new Set(['started'])])
    const { body: summary } = await world().ask<Summary>(desk.viewer, 'GET', '/v1/summary')
    assert.deepEqual([summary.byStatus.grace, summary.grace], [most, { eligible: 0, byReason: { 'already-used': most } }])
  })

  test('reads a body up to 256 KiB, and no list of more than 10,000', async () => {
    const desk = await Desk.open(world())
    const bytes = (length: number): object => ({ deviceIds: ['x'.repeat(64), 'y'.repeat(length - JSON.stringify({ deviceIds: ['x'.repeat(64), ''] }).length)] })
    for (const [body, status] of [[bytes(262_144), 422], [bytes(262_145), 413], [{ deviceIds: Array(10_001).fill('pump-1') }, 422], [{ deviceIds: [] }, 200]] as const) {
      assert.equal((await startAll(desk, body)).status, status)
    }
  })

  test('is for members, and for no device of another workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world(), { devices: [fresh('x')] })]
    await bringLegacy(desk, [ours(other), 'pump-1', 'W', 'S'])
    assert.equal((await world().ask(desk.viewer, 'POST', '/v1/grace')).status, 403)
    await world().ask(other.member, 'GET', '/v1/me')
    assert.deepEqual((await startAll(other)).body, { started: 0, items: [] })
    assert.deepEqual((await startAll(desk)).body.items.map(({ outcome }) => outcome), ['claimed-by-other'])
  })
})

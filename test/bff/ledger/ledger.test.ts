import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyOf } from '../../../bff/index.ts'
import type { GrantView } from '../../../bff/ledger/view.ts'
import { type Answered, onEveryEngine } from '../engines.ts'
import { Desk, fresh, UNKNOWN, verdict } from '../vouchers/desk.ts'
import { assertBooks, assertCovers } from './books.ts'
import { BESIDES, dump, without } from './tables.ts'

interface Entry {
  at: string
  who: string
  workspace: string | null
  action: string
  target: string
  before: unknown
  after: unknown
}

async function newest(desk: Desk): Promise<Omit<Entry, 'id'> | undefined> {
  const { body } = await desk.world.ask<{ items: (Entry & { id: string })[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/audit?workspace=${desk.workspace}&limit=1`)
  return body.items.map(({ id: _, ...entry }) => entry)[0]
}

async function idOf(desk: Desk, as: Desk['admin']): Promise<string> {
  return (await desk.world.ask<{ person: { id: string } }>(as, 'GET', '/v1/me')).body.person.id
}

const told = ({ id, from, to }: GrantView): { grant: string; from: string; to: string } => ({ grant: id, from, to })

onEveryEngine('the audit', (world) => {
  test('says of a redemption who, on what, what came of it, and when', async () => {
    const desk = await Desk.open(world())
    for (const outcome of ['activated', 'renewed']) {
      world().now += 1_000
      const { body: { grant } } = await desk.redeem(await desk.code())
      assert.deepEqual(await newest(desk), {
        at: new Date(world().now).toISOString(), who: await idOf(desk, desk.member), workspace: desk.workspace, action: 'voucher-redeemed',
        target: 'device:pump-1', before: null, after: { outcome, voucher: grant.source.voucherId, ...told(grant) },
      })
    }
  })

  test('says of an undoing what stood before, and of an import what came', async () => {
    const desk = await Desk.open(world())
    const { body: { grant } } = await desk.redeem(await desk.code())
    world().now += 1_000
    const undoneAt = (await desk.undo()).body.grant.undoneAt
    assert.deepEqual(await newest(desk), {
      at: undoneAt, who: await idOf(desk, desk.admin), workspace: desk.workspace, action: 'grant-undone', target: 'device:pump-1',
      before: told(grant), after: { grant: grant.id, voucher: grant.source.voucherId, undoneAt },
    })
    await desk.sell({ kind: 'trial', firstDay: '2026-11-01', lastDay: '2026-12-24' })
    const { ledger: [, imported] } = await desk.license()
    const entry = await newest(desk)
    assert.deepEqual([entry?.action, entry?.target, entry?.after],
      ['grant-imported', 'device:pump-1', { kind: 'trial', lastDay: '2026-12-24', ...told(imported as GrantView) }])
  })

  test('has no entry for what changed nothing', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code()
    await desk.redeem(code)
    const before = (await dump(world().database))['audit']
    for (const ask of [desk.redeem(code), desk.preview(UNKNOWN), desk.redeem(UNKNOWN), desk.undo('nowhere'), desk.place('pump-1'), desk.moveTo('Europe/Berlin')]) await ask
    assert.deepEqual((await dump(world().database))['audit'], before)
  })
})

/** Changes that have to land whole or not at all. */
const CHANGES: Record<string, (desk: Desk) => Promise<() => Promise<{ status: number } | number>>> = {
  'redeeming': async (desk) => { const code = await desk.code(); return () => desk.redeem(code) },
  'undoing': async (desk) => { await desk.redeem(await desk.code()); return () => desk.undo() },
  'importing': async (desk) => () => desk.sell({ kind: 'trial', firstDay: '2026-11-01', lastDay: '2026-12-24' }),
  'changing a model': async (desk) => { await desk.redeem(await desk.code()); return () => desk.place('pump-1', 'SHORT') },
  'changing a zone': async (desk) => { await desk.redeem(await desk.code()); return () => desk.moveTo('Asia/Tokyo') },
  'removing a device': async (desk) => () => desk.world.ask(desk.admin, 'DELETE', '/v1/devices/pump-1'),
  'adding a device': async (desk) => () => desk.world.ask(desk.admin, 'POST', '/v1/devices', { serial: fresh('SN'), model: 'P100', name: 'New' }),
  'issuing': async (desk) => () => desk.world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/vouchers', { count: 600, days: 30 }),
  'revoking': async (desk) => { const { id } = await desk.issue(); return () => desk.revoke(id) },
}

onEveryEngine('a change whose audit entry cannot be written', (world) => {
  for (const [what, arrange] of Object.entries(CHANGES)) {
    test(`does not happen: ${what}`, async () => {
      const desk = await Desk.open(world())
      const change = await arrange(desk)
      const before = await dump(world().database, BESIDES)
      const failed = await without(world(), 'audit', change)
      assert.equal(typeof failed === 'number' ? failed : failed.status, 500)
      assert.deepEqual(await dump(world().database, BESIDES), before)
      const done = await change()
      assert.ok((typeof done === 'number' ? done : done.status) < 300)
      assert.notDeepEqual(await dump(world().database, BESIDES), before)
    })
  }
}, { models: { SHORT: { expiringWithinDays: 5 } } })

onEveryEngine('the rows that lists compare with now', (world) => {
  const policy = policyOf({ models: { SHORT: { expiringWithinDays: 5 } } })
  const listed = async (desk: Desk, status: string): Promise<number> =>
    (await world().ask<{ items: unknown[] }>(desk.viewer, 'GET', `/v1/devices?status=${status}`)).body.items.length

  test('follow a change of the model at once', async () => {
    const desk = await Desk.open(world())
    await desk.redeem(await desk.code({ days: 20 }))
    assert.deepEqual([await listed(desk, 'expiring'), await listed(desk, 'active')], [1, 0])
    await desk.place('pump-1', 'SHORT')
    assert.deepEqual([await listed(desk, 'expiring'), await listed(desk, 'active')], [0, 1])
    await assertCovers(world().database, policy, desk.workspace)
  })

  test('follow a change of the zone at once, which moves no instant', async () => {
    const desk = await Desk.open(world(), { zone: 'Pacific/Kiritimati' })
    await desk.redeem(await desk.code({ days: 32 }))
    desk.now = '2026-11-21T10:00:00Z'
    const { ledger, daysRemaining } = await desk.license()
    assert.deepEqual([await listed(desk, 'expiring'), daysRemaining], [1, 31])
    // There the clocks show the date before.
    await desk.moveTo('Etc/GMT+12')
    const moved = await desk.license()
    assert.deepEqual([await listed(desk, 'active'), moved.daysRemaining, moved.ledger], [1, 32, ledger])
    await assertCovers(world().database, policy, desk.workspace)
  })

  test('and uses, grants and audit add up after all of this', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b', 'c'] })
    const code = await desk.code({ maxDevices: 2 })
    const answers: Answered<unknown>[] = []
    for (const device of ['a', 'b', 'c']) answers.push(await desk.redeem(code, device))
    await desk.undo('b')
    assert.equal(verdict(await desk.redeem(code, 'c')), '200 activated')
    const { redeemed, undone } = await assertBooks(world().database)
    assert.deepEqual([answers.map(({ status }) => status), redeemed, undone], [[200, 200, 409], 5, 1])
  })
}, { models: { SHORT: { expiringWithinDays: 5 } } })

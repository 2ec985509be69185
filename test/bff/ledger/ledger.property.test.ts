import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { policyOf, type Database } from '../../../bff/index.ts'
import type { DeviceView } from '../../../bff/ledger/view.ts'
import { STATUSES } from '../../../bff/rules/index.ts'
import { rounds } from '../../rounds.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { assertCovers } from './books.ts'
import { changes, DEVICES, make, MODELS } from './changes.ts'

const POLICY = policyOf({ models: MODELS })
const DAY = 86_400_000

const runs = fc.record({
  changes: fc.array(changes, { minLength: 3, maxLength: 12 }),
  /** Instants to look at: days before or after the last change, or an edge of a cover and beside it. */
  looks: fc.array(fc.oneof(
    fc.record({ days: fc.integer({ min: -200, max: 400 }) }), fc.record({ edge: fc.nat({ max: 40 }), beside: fc.constantFrom(-1, 0, 1) }),
  ), { minLength: 3, maxLength: 3 }),
})

interface Books {
  grants: Map<string, object>
  revisions: Map<string, number>
}

async function look({ db }: Database, workspace: string): Promise<Books> {
  const grants = await db.selectFrom('grants').selectAll().where('workspace_id', '=', workspace).execute()
  const devices = await db.selectFrom('devices').select(['id', 'revision']).where('workspace_id', '=', workspace).execute()
  return { grants: new Map(grants.map((grant) => [grant.id, grant])), revisions: new Map(devices.map(({ id, revision }) => [id, revision])) }
}

/** Nothing is deleted, nothing rewritten but the mark of undoing, once; a revision grows with its ledger. */
function assertAppended(before: Books, after: Books): void {
  const changed = new Set<string>()
  for (const [id, grant] of after.grants) {
    const old = before.grants.get(id) as { undone_at: number | null; undone_by: string | null } | undefined
    const now = grant as { undone_at: number | null; undone_by: string | null; device_id: string }
    const undone = old !== undefined && old.undone_at === null ? { undone_at: now.undone_at, undone_by: now.undone_by } : {}
    if (old !== undefined) assert.deepEqual(now, { ...old, ...undone })
    if (old === undefined || old.undone_at !== now.undone_at) changed.add(now.device_id)
  }
  for (const id of before.grants.keys()) assert.ok(after.grants.has(id), `grant ${id} is gone`)
  for (const [id, revision] of before.revisions) {
    const now = after.revisions.get(id) ?? 0
    assert.ok(changed.has(id) ? now > revision : now >= revision, `revision of ${id}: ${revision}, then ${now}`)
  }
}

/** Lists by status and warning and the summary agree with every device's own licence. */
async function assertLists(desk: Desk): Promise<void> {
  const { world, viewer } = desk
  const list = async (query: string): Promise<DeviceView[]> =>
    (await world.ask<{ items: DeviceView[] }>(viewer, 'GET', `/v1/devices${query}`)).body.items
  const devices = await list('')
  for (const device of devices) {
    const { status, expiresAt, expiringSoon } = (await world.ask<DeviceView>(viewer, 'GET', `/v1/devices/${device.id}`)).body.license
    assert.deepEqual([device.license.status, device.license.expiresAt, device.license.expiringSoon], [status, expiresAt, expiringSoon])
  }
  const ids = (of: DeviceView[]): string[] => of.map(({ id }) => id).sort()
  const counts: Record<string, number> = {}
  for (const status of STATUSES) {
    const own = devices.filter(({ license }) => license.status === status)
    assert.deepEqual(ids(await list(`?status=${status}`)), ids(own), status)
    counts[status] = own.length
  }
  const [expired, expiring] = [devices.filter(({ license }) => license.status === 'expired'), devices.filter(({ license }) => license.expiringSoon)]
  assert.deepEqual([ids(await list('?alert=expired')), ids(await list('?alert=expiring'))], [ids(expired), ids(expiring)])
  const { body } = await world.ask(viewer, 'GET', '/v1/summary')
  const alerts = { expired: expired.length, expiring: expiring.length, grace: 0 }
  assert.deepEqual([body['total'], body['byStatus'], body['alerts']], [devices.length, counts, alerts])
}

onEveryEngine('whatever happens to ledgers', (world) => {
  test('their rows, lists, summary, revisions and audit agree with the rules', async () => {
    const seen = new Set<string>()
    await fc.assert(fc.asyncProperty(runs, async (run) => {
      const desk = await Desk.open(world(), { devices: [...DEVICES] })
      const { database } = world()
      const expected: string[] = []
      for (const change of run.changes) {
        const before = await look(database, desk.workspace)
        const action = await make(desk, change)
        if (action !== null) expected.push(action)
        assertAppended(before, await look(database, desk.workspace))
        await assertCovers(database, POLICY, desk.workspace)
      }
      expected.forEach((action) => seen.add(action))
      const audit = await database.db.selectFrom('audit').select('action').where('workspace_id', '=', desk.workspace).execute()
      const actions = audit.map(({ action }) => action).filter((action) => action !== 'device-added' && action !== 'workspace-created')
      assert.deepEqual(actions.sort(), expected.sort())

      const covers = await database.db.selectFrom('covers').selectAll().where('workspace_id', '=', desk.workspace).execute()
      const edges = covers.flatMap((row) => [row.starts_at, row.expiring_from, row.grace_from ?? row.starts_at, row.expires_at])
      const last = world().now
      for (const at of run.looks) {
        world().now = 'days' in at ? last + at.days * DAY : (edges[at.edge % Math.max(1, edges.length)] ?? last) + at.beside
        await assertLists(desk)
      }
    }), { numRuns: rounds(15), seed: 20_261_122 })
    assert.deepEqual([...seen].sort(), [
      'device-changed', 'device-removed', 'device-restored', 'grant-imported', 'grant-undone', 'voucher-redeemed', 'workspace-changed',
    ])
  })
}, { models: MODELS })

import assert from 'node:assert/strict'
import type { Database } from '../../../bff/index.ts'
import { ledgerOf } from '../../../bff/ledger/ledger.sql.ts'
import { coverRows, policyFor, type Policy } from '../../../bff/rules/index.ts'

/** Asserts that what SQL compares with now is what the rules say of every ledger of a workspace, removed devices too. */
export async function assertCovers({ db }: Database, policy: Policy, workspace: string): Promise<void> {
  const { time_zone: zone } = await db.selectFrom('workspaces').select('time_zone').where('id', '=', workspace).executeTakeFirstOrThrow()
  for (const { id, model } of await db.selectFrom('devices').select(['id', 'model']).where('workspace_id', '=', workspace).execute()) {
    const expected = coverRows(await ledgerOf(db, workspace, id), zone, policyFor(policy, model).expiringWithinDays)
    const rows = await db.selectFrom('covers').selectAll().where('workspace_id', '=', workspace).where('device_id', '=', id).orderBy('starts_at').execute()
    assert.deepEqual(rows.map((row) => ({
      startsAt: row.starts_at, expiringFrom: row.expiring_from, graceFrom: row.grace_from, expiresAt: row.expires_at, kind: row.kind,
    })), expected, `covers of ${id}`)
  }
}

/** Asserts what holds of every database: each use of a voucher is a standing grant, each redemption and undoing has its audit
 * entry, as each grace and trial that was started, nothing is half there; and of one at rest, where no process was killed, that no look-up is under way. */
export async function assertBooks({ db }: Database, { killed = false } = {}): Promise<{ redeemed: number; undone: number }> {
  const grants = await db.selectFrom('grants').selectAll().where('source', '=', 'voucher').execute()
  const standing = Map.groupBy(grants.filter((grant) => grant.undone_at === null), (grant) => grant.voucher_id)
  const undone = grants.filter((grant) => grant.undone_at !== null)
  for (const { id, used, undone: times, max_devices: max } of await db.selectFrom('vouchers').selectAll().execute()) {
    const devices = new Set((standing.get(id) ?? []).map((grant) => `${grant.workspace_id} ${grant.device_id}`))
    assert.deepEqual([used, devices.size], [standing.get(id)?.length ?? 0, used], `uses of voucher ${id}`)
    assert.ok(used <= max && times <= max, `voucher ${id} stands on ${used} of ${max} devices, undone ${times} times`)
    assert.equal(times, undone.filter((grant) => grant.voucher_id === id).length)
  }
  const audit = await db.selectFrom('audit').select(['action', 'target', 'after']).execute()
  const told = (action: string): string[] => audit.filter((entry) => entry.action === action)
    .map((entry) => `${(JSON.parse(entry.after ?? '{}') as { grant: string }).grant} ${entry.target}`).sort()
  const named = (of: typeof grants): string[] => of.map((grant) => `${grant.id} device:${grant.device_id}`).sort()
  assert.deepEqual(told('voucher-redeemed'), named(grants))
  assert.deepEqual(told('grant-undone'), named(undone))
  for (const source of ['grace', 'trial'] as const) {
    assert.deepEqual(told(`${source}-started`), named(await db.selectFrom('grants').selectAll().where('source', '=', source).execute()))
  }
  if (!killed) assert.deepEqual(await db.selectFrom('attempts').select('id').where('refused', '=', 0).execute(), [])
  return { redeemed: grants.length, undone: undone.length }
}

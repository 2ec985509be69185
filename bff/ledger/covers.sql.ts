import type { Connection, Trx } from '../db/database.ts'
import { markChanged } from '../db/changes.sql.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { CoversTable } from '../db/tables.ts'
import { type CoverRow, coverRows } from '../rules/license.ts'
import { policyFor, type Policy } from '../rules/policy.ts'
import { type LedgerGrant, ledgersOf } from './ledger.sql.ts'

const dropCovers = prepared<{ workspace: string; id: string }, never>((db, arg) =>
  db.deleteFrom('covers').where('workspace_id', '=', arg('workspace')).where('device_id', '=', arg('id')))
const insertCovers = preparedInsert('covers', ['workspace_id', 'device_id', 'starts_at', 'expiring_from', 'grace_from', 'expires_at', 'kind'])

function toCoversRow(workspace: string, id: string, cover: CoverRow): CoversTable {
  return {
    workspace_id: workspace, device_id: id, starts_at: cover.startsAt, expiring_from: cover.expiringFrom, grace_from: cover.graceFrom,
    expires_at: cover.expiresAt, kind: cover.kind,
  }
}

/** Writes what SQL compares with now, computed by the rules: at every change of a ledger, a model, a zone or the policy. */
export async function saveCovers(
  trx: Trx, device: { workspace: string; id: string; model: string; timeZone: string }, ledger: readonly LedgerGrant[], policy: Policy,
): Promise<void> {
  const { expiringWithinDays } = policyFor(policy, device.model)
  const covers = coverRows(ledger, device.timeZone, expiringWithinDays)
  await dropCovers(trx, { workspace: device.workspace, id: device.id })
  await insertCovers(trx, covers.map((cover) => toCoversRow(device.workspace, device.id, cover)))
}

const dropSomeCovers = preparedList<{ workspace: string }, never>((db, arg, keys) =>
  db.deleteFrom('covers').where('workspace_id', '=', arg('workspace')).where('device_id', 'in', keys))

/** Writes the covers of many devices of one workspace. */
export async function saveManyCovers(
  trx: Trx, workspace: string, devices: readonly { device: { id: string; model: string; timeZone: string }; ledger: readonly LedgerGrant[] }[], policy: Policy,
): Promise<void> {
  await dropSomeCovers(trx, { workspace }, devices.map(({ device }) => device.id))
  await insertCovers(trx, devices.flatMap(({ device, ledger }) =>
    coverRows(ledger, device.timeZone, policyFor(policy, device.model).expiringWithinDays).map((cover) => toCoversRow(workspace, device.id, cover))))
}

const someCovers = preparedList<{ workspace: string }, CoversTable>((db, arg, keys) =>
  db.selectFrom('covers').selectAll().where('workspace_id', '=', arg('workspace')).where('device_id', 'in', keys).orderBy('starts_at'))

/** What is kept of the covers of devices, by device, in order of time, for `doctor`. */
export async function coversOfDevices(connection: Connection, workspace: string, ids: readonly string[]): Promise<Map<string, CoverRow[]>> {
  const rows = ids.length === 0 ? [] : await someCovers(connection, { workspace }, ids)
  return new Map([...Map.groupBy(rows, (row) => row.device_id)].map(([id, covers]) => [id, covers.map((row) => ({
    startsAt: row.starts_at, expiringFrom: row.expiring_from, graceFrom: row.grace_from, expiresAt: row.expires_at, kind: row.kind,
  }))]))
}

/** Devices, in order of ids, from the one after `after` on; removed ones too, for work on every ledger. */
export async function deviceIdsAfter(
  connection: Connection, workspace: string, after: string, limit: number,
): Promise<{ id: string; model: string; timeZone: string }[]> {
  const rows = await connection.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id')
    .select(['d.id', 'd.model', 'w.time_zone']).where('d.workspace_id', '=', workspace).where('d.id', '>', after).orderBy('d.id').limit(limit).execute()
  return rows.map((row) => ({ id: row.id, model: row.model, timeZone: row.time_zone }))
}

const lockDevices = prepared<{ workspace: string; after: string; last: string }, never>((db, arg) =>
  db.updateTable('devices').set((row) => ({ revision: row.ref('revision') }))
    .where('workspace_id', '=', arg('workspace')).where('id', '>', arg('after')).where('id', '<=', arg('last')))

/** Computes the covers of up to 1,000 devices again, in the order of ids, from the one after `after` on. Answers the last
 * id and how many there were; null after the end. */
export async function recomputePage(
  trx: Trx, workspace: string, after: string, policy: Policy, now: number,
): Promise<{ last: string; count: number } | null> {
  const last = (await deviceIdsAfter(trx, workspace, after, 1_000)).at(-1)?.id
  if (last === undefined) return null
  // Nobody changes a model or a ledger between its reading and the writing of its covers.
  await lockDevices(trx, { workspace, after, last })
  const page = await deviceIdsAfter(trx, workspace, after, 1_000)
  const ledgers = await ledgersOf(trx, workspace, page.map((device) => device.id))
  for (const device of page) {
    const ledger = ledgers.get(device.id)
    if (ledger !== undefined) await saveCovers(trx, { workspace, ...device }, ledger, policy)
  }
  markChanged(trx, workspace, null, now)
  return { last: page.at(-1)?.id ?? last, count: page.length }
}

/** Computes the covers of every device of a workspace again: after a change of its zone. */
export async function recomputeCovers(trx: Trx, workspace: string, policy: Policy, now: number): Promise<number> {
  let count = 0
  for (let page = await recomputePage(trx, workspace, '', policy, now); page !== null; page = await recomputePage(trx, workspace, page.last, policy, now)) {
    count += page.count
  }
  return count
}

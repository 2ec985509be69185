import type { Connection, Trx } from './database.ts'
import { prepared, preparedInsert, preparedList } from './prepared.ts'
import type { ChangesTable, FeedsTable } from './tables.ts'

/** Devices of one change that are told one by one; more stand as all. */
const MOST = 100
/** Changes of a workspace that are kept for those who come back. */
const KEPT = 1_000
/** How often older ones are deleted: at every change whose number this divides. */
const SWEEP = 100

/** Stands among the devices of a change for news that are no device's: no id holds a control character. */
export const NOTIFIED = '\u0001'

interface Marks {
  at: number
  /** Devices by workspace; null = all of it. */
  devices: Map<string, Set<string> | null>
}

const marksOf = new WeakMap<Trx, Marks>()

/** Notes that a transaction changes something about a device, or about a whole workspace (null), for pages that are open. It is
 * written at the end of the transaction. */
export function markChanged(trx: Trx, workspace: string, deviceId: string | null, now: number): void {
  let marks = marksOf.get(trx)
  if (marks === undefined) marksOf.set(trx, (marks = { at: now, devices: new Map() }))
  const known = marks.devices.get(workspace)
  if (deviceId === null || known === null) marks.devices.set(workspace, null)
  else if (known === undefined) marks.devices.set(workspace, new Set([deviceId]))
  else if (known.size < MOST || known.has(deviceId)) known.add(deviceId)
  else marks.devices.set(workspace, null)
}

const bump = prepared<{ workspace: string; at: number }, { seq: number }>((db, arg) =>
  db.insertInto('feeds').values({ workspace_id: arg('workspace'), seq: 1, at: arg('at') })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet((row) => ({ seq: row('feeds.seq', '+', 1), at: arg('at') }))).returning('seq'))
const insertChanges = preparedInsert('changes', ['workspace_id', 'seq', 'device_id'])
const sweep = prepared<{ workspace: string; last: number }, never>((db, arg) =>
  db.deleteFrom('changes').where('workspace_id', '=', arg('workspace')).where('seq', '<=', arg('last')))

/** Writes what a transaction has marked, as its last statements: the rows of feeds are locked in the order of workspaces and to
 * the commit alone, so that numbers are in the order of commits and nobody waits in a circle. Answers whether there was anything. */
export async function writeChanges(trx: Trx): Promise<boolean> {
  const marks = marksOf.get(trx)
  if (marks === undefined) return false
  for (const [workspace, devices] of [...marks.devices].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const seq = (await bump(trx, { workspace, at: marks.at })).rows[0]?.seq ?? 0
    await insertChanges(trx, [...devices ?? ['']].map((id) => ({ workspace_id: workspace, seq, device_id: id })))
    if (seq % SWEEP === 0) await sweep(trx, { workspace, last: seq - KEPT })
  }
  return true
}

const someFeeds = preparedList<object, FeedsTable>((db, _arg, keys) => db.selectFrom('feeds').selectAll().where('workspace_id', 'in', keys))

/** The latest change of each of some workspaces; one without any is left out. */
export async function feedsOf(connection: Connection, workspaces: readonly string[]): Promise<FeedsTable[]> {
  return someFeeds(connection, {}, workspaces)
}

const later = prepared<{ workspace: string; seq: number; limit: number }, ChangesTable>((db, arg) =>
  db.selectFrom('changes').selectAll().where('workspace_id', '=', arg('workspace')).where('seq', '>', arg('seq')).orderBy('seq').limit(arg('limit')))

/** Ids of the devices that changed after a number; null where that may be any: there are many, or they are not kept any more. */
export async function changedSince(connection: Connection, workspace: string, seq: number): Promise<string[] | null> {
  const { rows } = await later(connection, { workspace, seq, limit: MOST + 1 })
  if (rows.length > MOST || (rows[0]?.seq ?? 0) !== seq + 1 || rows.some((row) => row.device_id === '')) return null
  return [...new Set(rows.map((row) => row.device_id))]
}

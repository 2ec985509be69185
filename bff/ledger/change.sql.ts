import { dialectOf, type Trx } from '../db/database.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { GrantsTable } from '../db/tables.ts'
import { newId } from '../ids.ts'
import type { Kind, Source } from '../rules/lists.ts'
import { type LedgerGrant, toGrant } from './ledger.sql.ts'

const bumpRevision = prepared<{ workspace: string; id: string }, { revision: number }>((db, arg) =>
  db.updateTable('devices').set((row) => ({ revision: row('revision', '+', 1) }))
    .where('workspace_id', '=', arg('workspace')).where('id', '=', arg('id')).where('removed_at', 'is', null).returning('revision'))

/** Locks a device's ledger for this transaction, before it is read: no other change of it runs until this one has ended.
 * Answers the place of the next grant; null if there is no such device. Many are locked in the order of their ids. */
export async function lockLedger(trx: Trx, workspace: string, id: string): Promise<number | null> {
  return (await bumpRevision(trx, { workspace, id })).rows[0]?.revision ?? null
}

const bumpRevisions = preparedList<{ workspace: string }, { id: string; revision: number }>((db, arg, keys) =>
  db.updateTable('devices').set((row) => ({ revision: row('revision', '+', 1) }))
    .where('workspace_id', '=', arg('workspace')).where('id', 'in', keys).where('removed_at', 'is', null).returning(['id', 'revision']))

const lockInOrder = preparedList<{ workspace: string }, { id: string }>((db, arg, keys) =>
  db.selectFrom('devices').select('id').where('workspace_id', '=', arg('workspace')).where('id', 'in', keys).orderBy('id').forUpdate())

/** Locks the ledgers of many devices, given in the order of their ids; answers the place of the next grant of each that there is. */
export async function lockLedgers(trx: Trx, workspace: string, ids: readonly string[]): Promise<Map<string, number>> {
  // PostgreSQL updates rows in any order, so that two who update the same might wait for each other; SQLite has one writer.
  if (dialectOf(trx) === 'postgres') await lockInOrder(trx, { workspace }, ids)
  return new Map((await bumpRevisions(trx, { workspace }, ids)).map((row) => [row.id, row.revision]))
}

const touchWorkspace = prepared<{ id: string }, never>((db, arg) =>
  db.updateTable('workspaces').set((row) => ({ updated_at: row.ref('updated_at') })).where('id', '=', arg('id')))

/** Lets no other change of this kind run in a workspace until this one has ended. */
export async function lockWorkspace(trx: Trx, workspace: string): Promise<void> {
  await touchWorkspace(trx, { id: workspace })
}

const setPlanned = prepared<{ workspace: string; id: string; planned: 0 | 1; now: number }, never>((db, arg) =>
  db.updateTable('devices').set({ renewal_planned: arg('planned'), updated_at: arg('now') })
    .where('workspace_id', '=', arg('workspace')).where('id', '=', arg('id')).where('removed_at', 'is', null).where('renewal_planned', '!=', arg('planned')))

/** Says whether a device will be renewed (R26); false if that was said already, or there is no such device. */
export async function planRenewal(trx: Trx, device: { workspace: string; id: string }, planned: boolean, now: number): Promise<boolean> {
  const { workspace, id } = device
  return ((await setPlanned(trx, { workspace, id, planned: planned ? 1 : 0, now })).numAffectedRows ?? 0n) > 0n
}

/** What a new grant says, beside its id. */
export interface NewGrant {
  kind: Kind
  from: number
  to: number
  days: number
  source: Source
  voucherId?: string
  last4?: string
  reference?: string
}

const insertGrants = preparedInsert('grants', [
  'id', 'workspace_id', 'device_id', 'seq', 'kind', 'from_at', 'to_at', 'days', 'at', 'by', 'source', 'voucher_id', 'last4', 'reference',
  'undone_at', 'undone_by',
])

/** Appends a grant to a locked ledger and answers it (R5). */
export async function appendGrant(
  trx: Trx, device: { workspace: string; id: string }, seq: number, grant: NewGrant, by: string, now: number,
): Promise<LedgerGrant> {
  const row = toRow(device, seq, grant, by, now)
  await insertGrants(trx, [row])
  return toGrant({ ...row, voucher_undone: null, voucher_max: null })
}

/** Appends one grant to each of many locked ledgers; answers them in that order. */
export async function appendGrants(
  trx: Trx, places: readonly { device: { workspace: string; id: string }; seq: number; grant: NewGrant }[], by: string, now: number,
): Promise<LedgerGrant[]> {
  const rows = places.map(({ device, seq, grant }) => toRow(device, seq, grant, by, now))
  await insertGrants(trx, rows)
  return rows.map((row) => toGrant({ ...row, voucher_undone: null, voucher_max: null }))
}

function toRow(device: { workspace: string; id: string }, seq: number, grant: NewGrant, by: string, now: number): GrantsTable {
  return {
    id: newId(now), workspace_id: device.workspace, device_id: device.id, seq, kind: grant.kind, from_at: grant.from, to_at: grant.to,
    days: grant.days, at: now, by, source: grant.source, voucher_id: grant.voucherId ?? null, last4: grant.last4 ?? null,
    reference: grant.reference ?? null, undone_at: null, undone_by: null,
  }
}

const markUndone = prepared<{ id: string; now: number; by: string }, never>((db, arg) =>
  db.updateTable('grants').set({ undone_at: arg('now'), undone_by: arg('by') }).where('id', '=', arg('id')).where('undone_at', 'is', null))

/** Marks a grant as undone (R5); false if it was already. */
export async function undoGrant(trx: Trx, id: string, by: string, now: number): Promise<boolean> {
  return ((await markUndone(trx, { id, now, by })).numAffectedRows ?? 0n) > 0n
}

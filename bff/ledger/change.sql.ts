import type { Trx } from '../db/database.ts'
import { prepared, preparedInsert } from '../db/prepared.ts'
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
  const row = {
    id: newId(now), workspace_id: device.workspace, device_id: device.id, seq, kind: grant.kind, from_at: grant.from, to_at: grant.to,
    days: grant.days, at: now, by, source: grant.source, voucher_id: grant.voucherId ?? null, last4: grant.last4 ?? null,
    reference: grant.reference ?? null, undone_at: null, undone_by: null,
  }
  await insertGrants(trx, [row])
  return toGrant({ ...row, voucher_undone: null, voucher_max: null })
}

const markUndone = prepared<{ id: string; now: number; by: string }, never>((db, arg) =>
  db.updateTable('grants').set({ undone_at: arg('now'), undone_by: arg('by') }).where('id', '=', arg('id')).where('undone_at', 'is', null))

/** Marks a grant as undone (R5); false if it was already. */
export async function undoGrant(trx: Trx, id: string, by: string, now: number): Promise<boolean> {
  return ((await markUndone(trx, { id, now, by })).numAffectedRows ?? 0n) > 0n
}

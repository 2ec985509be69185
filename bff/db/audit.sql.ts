import type { Connection, Trx } from './database.ts'
import { markChanged } from './changes.sql.ts'
import { newId } from '../ids.ts'
import { preparedInsert } from './prepared.ts'
import type { AuditTable } from './tables.ts'

/** What changed something, in past tense (R32). */
export const AUDIT_ACTIONS = [
  'workspace-created', 'workspace-changed', 'device-added', 'device-changed', 'device-removed', 'device-restored',
  'vouchers-issued', 'voucher-imported', 'voucher-revoked', 'voucher-redeemed', 'grant-undone', 'grant-imported', 'key-created',
  'key-revoked', 'trial-started', 'grace-started', 'renewal-changed', 'warning-snoozed', 'legacy-imported',
  'reminders-stopped', 'reminders-resumed', 'calendar-link-created', 'calendar-link-revoked',
  'webhook-created', 'webhook-changed', 'webhook-removed', 'webhook-rotated', 'webhook-disabled', 'webhook-replayed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** One entry: who (an internal id), did what, to which thing (`device:42`), which was and is now like this (R32). */
export interface AuditEntry {
  who: string
  workspace: string | null
  action: AuditAction
  target: string
  before?: object | undefined
  after?: object | undefined
}

function toRow(entry: AuditEntry, now: number): AuditTable {
  return {
    id: newId(now),
    at: now,
    who: entry.who,
    workspace_id: entry.workspace,
    action: entry.action,
    target: entry.target,
    before: entry.before === undefined ? null : JSON.stringify(entry.before),
    after: entry.after === undefined ? null : JSON.stringify(entry.after),
  }
}

const COLUMNS = ['id', 'at', 'who', 'workspace_id', 'action', 'target', 'before', 'after'] as const
const insertRows = preparedInsert('audit', COLUMNS)

/** Writes the entries of a change, in the change's own transaction (R32). */
export async function writeAudit(trx: Trx, now: number, ...entries: AuditEntry[]): Promise<void> {
  await insertRows(trx, entries.map((entry) => toRow(entry, now)))
  for (const { workspace, target } of entries) {
    if (workspace !== null) markChanged(trx, workspace, target.startsWith('device:') ? target.slice('device:'.length) : null, now)
  }
}

/** What audit entries are asked for by. */
export interface AuditQuery {
  workspace: string | null
  target: string | null
  /** Only entries older than this one. */
  before: string | null
  limit: number
}

/** Entries, newest first. */
export async function listAudit(connection: Connection, query: AuditQuery): Promise<AuditTable[]> {
  let select = connection.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(query.limit)
  if (query.workspace !== null) select = select.where('workspace_id', '=', query.workspace)
  if (query.target !== null) select = select.where('target', '=', query.target)
  if (query.before !== null) select = select.where('id', '<', query.before)
  return select.execute()
}

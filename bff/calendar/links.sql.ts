import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { CalendarLinksTable } from '../db/tables.ts'

/** A secret address of a calendar, without the secret. */
export interface CalendarLink {
  id: string
  workspace: string
  /** Null = every device of the workspace. */
  deviceId: string | null
  createdAt: number
  createdBy: string
}

function toLink(row: CalendarLinksTable): CalendarLink {
  return { id: row.id, workspace: row.workspace_id, deviceId: row.device_id, createdAt: row.created_at, createdBy: row.created_by }
}

const insertRows = preparedInsert('calendar_links', ['id', 'workspace_id', 'device_id', 'hash', 'secret_id', 'created_at', 'created_by', 'revoked_at'])

/** Stores a new link by the keyed hash of its token. */
export async function insertLink(trx: Trx, { id, workspace, deviceId, createdAt, createdBy }: CalendarLink, { hash, secretId }: { hash: string; secretId: string }): Promise<void> {
  await insertRows(trx, [{
    id, workspace_id: workspace, device_id: deviceId, hash, secret_id: secretId, created_at: createdAt, created_by: createdBy, revoked_at: null,
  }])
}

const standing = prepared<{ workspace: string }, { count: number }>((db, arg) =>
  db.selectFrom('calendar_links').select((row) => row.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', arg('workspace')).where('revoked_at', 'is', null))

/** How many links of a workspace stand. */
export async function countLinks(connection: Connection, workspace: string): Promise<number> {
  return Number((await standing(connection, { workspace })).rows[0]?.count ?? 0)
}

/** Links of a workspace that stand, newest first; from the one after `before` on. */
export async function listLinks(connection: Connection, workspace: string, before: string | null, limit: number): Promise<CalendarLink[]> {
  let select = connection.selectFrom('calendar_links').selectAll().where('workspace_id', '=', workspace).where('revoked_at', 'is', null)
    .orderBy('id', 'desc').limit(limit)
  if (before !== null) select = select.where('id', '<', before)
  return (await select.execute()).map(toLink)
}

const byHash = preparedList<object, CalendarLinksTable>((db, _arg, keys) =>
  db.selectFrom('calendar_links').selectAll().where('hash', 'in', keys).where('revoked_at', 'is', null))

/** The link that stands under one of these hashes; null if none does. */
export async function findLink(connection: Connection, hashes: readonly string[]): Promise<CalendarLink | null> {
  const [row] = await byHash(connection, {}, hashes)
  return row === undefined ? null : toLink(row)
}

const revoke = prepared<{ workspace: string; id: string; now: number }, CalendarLinksTable>((db, arg) =>
  db.updateTable('calendar_links').set({ revoked_at: arg('now') })
    .where('workspace_id', '=', arg('workspace')).where('id', '=', arg('id')).where('revoked_at', 'is', null).returningAll())

/** Revokes a link for good and answers it; null if the workspace has none such that stands. */
export async function revokeLink(trx: Trx, workspace: string, id: string, now: number): Promise<CalendarLink | null> {
  const [row] = (await revoke(trx, { workspace, id, now })).rows
  return row === undefined ? null : toLink(row)
}

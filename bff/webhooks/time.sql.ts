import { sql } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'
import type { EventType } from '../ledger/facts.sql.ts'

/** What is wanted by the owners of endpoints: a workspace, or the seller (null). */
export async function wantedTypes(connection: Connection): Promise<{ owner: string | null; types: readonly EventType[] }[]> {
  const rows = await connection.selectFrom('webhooks').select(['workspace_id as owner', 'events']).where('disabled_at', 'is', null).where('removed_at', 'is', null).execute()
  return rows.map(({ owner, events }) => ({ owner, types: JSON.parse(events) as EventType[] }))
}

/** Moves a mark from where it was read; false if another server did meanwhile. Who moves it holds it to the end of the transaction. */
export async function moveMark(trx: Trx, key: string, from: string | null, to: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows, numUpdatedRows } = from === null
    ? { ...await trx.insertInto('meta').values({ key, value: to }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst(), numUpdatedRows: 0n }
    : { ...await trx.updateTable('meta').set({ value: to }).where('key', '=', key).where('value', '=', from).executeTakeFirst(), numInsertedOrUpdatedRows: 0n }
  return (numInsertedOrUpdatedRows ?? 0n) + numUpdatedRows > 0n
}

/** Forgets a mark, and those whose names begin with its own. */
export async function dropMarks(connection: Connection, key: string): Promise<void> {
  await connection.deleteFrom('meta').where('key', '>=', key).where('key', '<', `${key}\u{10ffff}`).execute()
}

/** An instant (ms) that belongs to a cover of a device. */
export interface Turn {
  at: number
  workspace: string
  device: string
}

type Window = Turn & { end: number; limit: number }

const expiring = prepared<Window, Turn>((db, arg) =>
  db.selectFrom('covers').select(['expiring_from as at', 'workspace_id as workspace', 'device_id as device'])
    .where(sql<boolean>`(expiring_from, workspace_id, device_id) > (${arg('at')}, ${arg('workspace')}, ${arg('device')})`).where('expiring_from', '<=', arg('end'))
    .orderBy('expiring_from').orderBy('workspace_id').orderBy('device_id').limit(arg('limit')))
const ended = prepared<Window, Turn>((db, arg) =>
  db.selectFrom('covers').select(['expires_at as at', 'workspace_id as workspace', 'device_id as device'])
    .where(sql<boolean>`(expires_at, workspace_id, device_id) > (${arg('at')}, ${arg('workspace')}, ${arg('device')})`).where('expires_at', '<=', arg('end'))
    .orderBy('expires_at').orderBy('workspace_id').orderBy('device_id').limit(arg('limit')))

/** Covers whose last weeks begin, or which end, after a place up to an instant, in order of time, workspace and device. */
export async function turnsAfter(trx: Trx, what: 'expiring' | 'ended', after: Turn, end: number, limit: number): Promise<Turn[]> {
  return (await (what === 'expiring' ? expiring : ended)(trx, { ...after, end, limit })).rows
}

/** A workspace that changed since its devices were looked at: the number of its latest change, and its mark. */
export interface ChangedWorkspace {
  workspace: string
  seq: number
  mark: string | null
}

/** The first workspace that has changed since its mark `PREFIX WORKSPACE` was moved. */
export async function changedWorkspace(trx: Trx, prefix: string): Promise<ChangedWorkspace | null> {
  const row = await trx.selectFrom('feeds as f').leftJoin('meta as m', (join) => join.on('m.key', '=', sql<string>`${prefix} || f.workspace_id`))
    .select(['f.workspace_id as workspace', 'f.seq', 'm.value as mark']).where(sql<boolean>`(m.value is null or m.value <> cast(f.seq as text))`)
    .orderBy('f.workspace_id').limit(1).executeTakeFirst()
  return row ?? null
}

const candidates = prepared<{ workspace: string; after: string; now: number; prefix: string; limit: number }, { id: string }>((db, arg) =>
  db.selectFrom('devices as d').innerJoin('serials as s', 's.serial_key', 'd.serial_key').select('d.id')
    .where('d.workspace_id', '=', arg('workspace')).where('d.id', '>', arg('after')).where('d.removed_at', 'is', null).where('s.grace_used_at', 'is', null)
    .where((row) => row.exists(row.selectFrom('legacy as l').select('l.account').whereRef('l.serial_key', '=', 'd.serial_key')))
    .where((row) => row.not(row.exists(row.selectFrom('covers as c').select('c.kind').whereRef('c.workspace_id', '=', 'd.workspace_id').whereRef('c.device_id', '=', 'd.id')
      .where('c.starts_at', '<=', arg('now')).where('c.expires_at', '>', arg('now')))))
    .where((row) => row.not(row.exists(row.selectFrom('webhook_events as e').select('e.id').where('e.once', '=', sql<string>`${arg('prefix')} || d.workspace_id || ':' || d.id`))))
    .orderBy('d.id').limit(arg('limit')))

/** Devices that may have grace and of which that was never told, in the order of ids from the one after `after` on. `prefix`: of the
 * names under which it is told. */
export async function graceCandidates(trx: Trx, workspace: string, after: string, prefix: string, now: number, limit: number): Promise<string[]> {
  return (await candidates(trx, { workspace, after, now, prefix, limit })).rows.map(({ id }) => id)
}

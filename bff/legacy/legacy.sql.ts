import { sql } from 'kysely'
import { type Connection, dialectOf, type Trx } from '../db/database.ts'
import { preparedInsert, preparedList } from '../db/prepared.ts'
import type { LegacyTable } from '../db/tables.ts'

/** A record as it is stored. */
export type LegacyRecord = LegacyTable

const ofSerials = preparedList<object, LegacyTable>((db, _arg, keys) => db.selectFrom('legacy').selectAll().where('serial_key', 'in', keys))

/** The legacy records of some serial numbers (normal form). */
export async function legacyOf(connection: Connection, serialKeys: readonly string[]): Promise<LegacyTable[]> {
  return ofSerials(connection, {}, serialKeys)
}

/** Stores legacy records that are not there yet. */
export const insertLegacy = preparedInsert('legacy', ['serial_key', 'account', 'workspace', 'site'])

interface Known {
  workspace: string
  account: string | null
}

const bySubject = preparedList<object, Known>((db, _arg, keys) =>
  db.selectFrom('people as p').innerJoin('memberships as m', 'm.person_id', 'p.id')
    .select(['m.workspace_id as workspace', 'p.subject_key as account']).distinct().where('p.subject_key', 'in', keys))
const byEmail = preparedList<object, Known>((db, _arg, keys) =>
  db.selectFrom('people as p').innerJoin('memberships as m', 'm.person_id', 'p.id')
    .select(['m.workspace_id as workspace', 'p.email_key as account']).distinct().where('p.email_key', 'in', keys))

/** Remembers which of these accounts belong to people who are known in a workspace; answers those workspaces (R23). Who
 * enters one for the first time meanwhile waits, so that nobody is missed. */
export async function recogniseAccounts(trx: Trx, accounts: readonly string[], now: number): Promise<string[]> {
  if (accounts.length === 0) return []
  if (dialectOf(trx) === 'postgres') await sql`lock table memberships in share row exclusive mode`.execute(trx)
  const known = [...await bySubject(trx, {}, accounts), ...await byEmail(trx, {}, accounts)]
  const rows = known.flatMap(({ workspace, account }) => (account === null ? [] : [{ workspace_id: workspace, account, at: now }]))
  for (let start = 0; start < rows.length; start += 500) {
    await trx.insertInto('recognised').values(rows.slice(start, start + 500)).onConflict((conflict) => conflict.doNothing()).execute()
  }
  return [...new Set(known.map((one) => one.workspace))]
}

const present = preparedList<object, { workspace: string }>((db, _arg, keys) =>
  db.selectFrom('devices').select('workspace_id as workspace').distinct().where('serial_key', 'in', keys).where('removed_at', 'is', null))

/** Workspaces that have devices with these serial numbers. */
export async function workspacesOf(connection: Connection, serialKeys: readonly string[]): Promise<string[]> {
  return (await present(connection, {}, serialKeys)).map((row) => row.workspace)
}

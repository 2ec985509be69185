import type { Connection, Database, Trx } from '../db/database.ts'
import { afterCommit, inTransaction } from '../db/transaction.ts'
import { markChanged } from '../db/changes.sql.ts'
import { newId } from '../ids.ts'
import { normalAccount } from '../rules/account.ts'
import { WORKSPACE_ROLES, type WorkspaceRole } from '../rules/lists.ts'
import { prepared } from '../db/prepared.ts'
import type { ApiKeysTable, PeopleTable } from '../db/tables.ts'

const keyByHash = prepared<{ hash: string }, Pick<ApiKeysTable, 'id' | 'role' | 'workspace_id'>>((db, arg) =>
  db.selectFrom('api_keys').select(['id', 'role', 'workspace_id']).where('hash', '=', arg('hash')).where('revoked_at', 'is', null))

/** The API key that one of these hashes names, if it is not revoked. */
export async function findKey(connection: Connection, hashes: readonly string[]):
Promise<{ id: string; role: string; workspace: string | null } | null> {
  for (const hash of hashes) {
    const row = (await keyByHash(connection, { hash })).rows[0]
    if (row !== undefined) return { id: row.id, role: row.role, workspace: row.workspace_id }
  }
  return null
}

const workspaceById = prepared<{ id: string }, { id: string }>((db, arg) =>
  db.selectFrom('workspaces').select('id').where('id', '=', arg('id')))

/** Whether a workspace exists. */
export async function workspaceExists(connection: Connection, id: string): Promise<boolean> {
  return (await workspaceById(connection, { id })).rows.length > 0
}

/** What a token says about a person. */
export interface PersonClaims {
  subject: string
  name: string | null
  email: string | null
  emailVerified: boolean
  locale: string | null
}

type Known = PeopleTable & { member: string | null; role: WorkspaceRole | null; member_seen: number | null }

const personBySubject = prepared<{ subject: string; workspace: string | null }, Known>((db, arg) =>
  db.selectFrom('people as p')
    .leftJoin('memberships as m', (join) => join.onRef('m.person_id', '=', 'p.id').on('m.workspace_id', '=', arg('workspace')))
    .selectAll('p').select(['m.workspace_id as member', 'm.role', 'm.seen_at as member_seen']).where('p.subject', '=', arg('subject')))

/** How often the time of a person's last visit is written at most (ms). */
const SEEN_EVERY_MS = 3_600_000

/** Where a person comes in, and who is to know of it. */
export interface Visit {
  /** Null = none. */
  workspace: string | null
  roles: readonly string[]
  now: number
  /** Has a remote legacy platform asked for the records of who is new; null = there is none. */
  askLegacy: (() => void) | null
}

/** The internal id of a person, made at the first visit; what the token says of the person is kept up to date. At the first
 * visit to a workspace, and after a change of the e-mail address, the person's legacy accounts are recognised there (R23). What
 * cannot be written of somebody known waits for the next visit, where `bears` says so. */
export async function recognise(
  database: Database, claims: PersonClaims, visit: Visit, bears: (error: unknown) => boolean = () => false,
): Promise<string> {
  const row = (await personBySubject(database.db, { subject: claims.subject, workspace: visit.workspace })).rows[0]
  if (row !== undefined && !isNews(row, claims, visit)) return row.id
  try {
    return await inTransaction(database, (trx) => meet(trx, claims, visit))
  } catch (error) {
    if (row === undefined || !bears(error)) throw error
    return row.id
  }
}

function toldBy(claims: PersonClaims): Omit<PeopleTable, 'id' | 'subject' | 'created_at' | 'seen_at'> {
  return {
    // A server of the version before writes people without it.
    subject_key: normalAccount(claims.subject),
    name: claims.name, email: claims.email, email_verified: claims.emailVerified ? 1 : 0, locale: claims.locale,
    email_key: claims.emailVerified && claims.email !== null ? normalAccount(claims.email) : null,
  }
}

/** The highest role of a workspace among some. */
function roleOf(roles: readonly string[]): WorkspaceRole | null {
  return WORKSPACE_ROLES.findLast((role) => roles.includes(role)) ?? null
}

function isNews(row: Known, claims: PersonClaims, visit: Visit): boolean {
  return Object.entries(toldBy(claims)).some(([column, value]) => row[column as keyof PeopleTable] !== value)
    || Math.abs(visit.now - row.seen_at) > SEEN_EVERY_MS || isNewThere(row, visit)
}

function isNewThere({ member, role, member_seen: seen }: Known, { workspace, roles, now }: Visit): boolean {
  return workspace !== null && (member === null || role !== roleOf(roles) || Math.abs(now - (seen ?? 0)) > SEEN_EVERY_MS)
}

/** Writes what is new of a person; as `recognise`, within a transaction. */
export async function meet(trx: Trx, claims: PersonClaims, visit: Visit): Promise<string> {
  const { workspace, now } = visit
  const told = toldBy(claims)
  await trx.insertInto('people')
    .values({ id: newId(now), subject: claims.subject, ...told, created_at: now, seen_at: now })
    .onConflict((conflict) => conflict.column('subject').doNothing()).execute()
  const [row] = (await personBySubject(trx, { subject: claims.subject, workspace })).rows
  if (row === undefined) return ''
  const isMember = workspace === null || row.member !== null
  if (isNews(row, claims, visit)) await trx.updateTable('people').set({ ...told, seen_at: now }).where('id', '=', row.id).execute()
  if (!isMember || row.email_key !== told.email_key) await enter(trx, { ...row, ...told }, visit)
  if (workspace !== null && isNewThere(row, visit)) {
    await trx.updateTable('memberships').set({ role: roleOf(visit.roles), seen_at: now }).where('workspace_id', '=', workspace).where('person_id', '=', row.id).execute()
  }
  return row.id
}

/** Makes a person a member, and recognises the person's legacy accounts in every workspace of theirs (R23). The membership is
 * written first: who imports records meanwhile waits for it, or it for them. */
async function enter(trx: Trx, { id, subject_key: subject, email_key: email }: PeopleTable, { workspace, now, askLegacy }: Visit): Promise<void> {
  if (workspace !== null) {
    await trx.insertInto('memberships').values({ workspace_id: workspace, person_id: id, since: now, role: null, seen_at: null }).onConflict((conflict) => conflict.doNothing()).execute()
  }
  await trx.updateTable('memberships').set((row) => ({ since: row.ref('since') })).where('person_id', '=', id).execute()
  const accounts = [subject, email].filter((account) => account !== null)
  const news = await trx.insertInto('recognised').columns(['workspace_id', 'account', 'at']).expression((from) =>
    from.selectFrom('memberships as m').innerJoin('legacy as l', (join) => join.on('l.account', 'in', accounts)).distinct()
      .select((row) => ['m.workspace_id', 'l.account', row.cast<number>(row.val(now), 'bigint').as('at')]).where('m.person_id', '=', id))
    .onConflict((conflict) => conflict.doNothing()).returning('workspace_id as changed').execute()
  for (const { changed } of news) markChanged(trx, changed, null, now)
  // Also where nobody can be asked: a source that is set up later is asked about those who were there before.
  await trx.insertInto('legacy_asks').values({ person_id: id, next_at: now, tries: 0 })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ next_at: now, tries: 0 })).execute()
  if (askLegacy !== null) afterCommit(trx, askLegacy)
}

/** A person by internal id. */
export async function findPerson(connection: Connection, id: string): Promise<PeopleTable | null> {
  return await connection.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst() ?? null
}

/** Stores a new API key, as its hash alone. */
export async function insertKey(trx: Trx, key: ApiKeysTable): Promise<void> {
  await trx.insertInto('api_keys').values(key).execute()
}

/** Every API key, oldest first. */
export async function listKeys(connection: Connection): Promise<ApiKeysTable[]> {
  return connection.selectFrom('api_keys').selectAll().orderBy('id').execute()
}

/** Revokes a key; answers whether there was one to revoke. */
export async function revokeKey(trx: Trx, id: string, now: number): Promise<boolean> {
  const result = await trx.updateTable('api_keys').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

import type { Connection, Trx } from '../db/database.ts'
import { newId } from '../ids.ts'
import { normalAccount } from '../rules/account.ts'
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

const personBySubject = prepared<{ subject: string }, PeopleTable>((db, arg) =>
  db.selectFrom('people').selectAll().where('subject', '=', arg('subject')))

/** How often the time of a person's last visit is written at most (ms). */
const SEEN_EVERY_MS = 3_600_000

/** The internal id of a person, made at the first visit; what the token says of the person is kept up to date. `bears` says
 * which errors of that may wait for the next visit: none within a transaction, which they would have ended. */
export async function recognise(
  connection: Connection, claims: PersonClaims, now: number, bears: (error: unknown) => boolean = () => false,
): Promise<string> {
  const row = (await personBySubject(connection, claims)).rows[0]
  const told = {
    name: claims.name, email: claims.email, email_verified: claims.emailVerified ? 1 : 0, locale: claims.locale,
    email_key: claims.emailVerified && claims.email !== null ? normalAccount(claims.email) : null,
  } as const
  if (row === undefined) {
    await connection.insertInto('people')
      .values({ id: newId(now), subject: claims.subject, subject_key: normalAccount(claims.subject), ...told, created_at: now, seen_at: now })
      .onConflict((conflict) => conflict.column('subject').doNothing()).execute()
    return (await personBySubject(connection, claims)).rows[0]?.id ?? ''
  }
  const same = row.name === told.name && row.email === told.email && row.email_verified === told.email_verified && row.locale === told.locale
  if (!same || Math.abs(now - row.seen_at) > SEEN_EVERY_MS) {
    await connection.updateTable('people').set({ ...told, seen_at: now }).where('id', '=', row.id).execute()
      .catch((error: unknown) => { if (!bears(error)) throw error })
  }
  return row.id
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

import type { Database } from '../db/database.ts'
import { migrate, migrationState } from '../db/migrations.ts'
import { RowsError } from '../http/faults.ts'
import type { Keyring } from '../http/keyring.ts'
import { Problem } from '../http/problem.ts'
import { type BffPolicy, policyOf } from '../policy.ts'
import { databaseFailure, firstAnswer, openDatabase, placeOf } from './database.ts'
import { Failure } from './failure.ts'
import { bringCovers, policyInForce, readPolicy } from './policy.ts'
import { openKeyring } from './secret.ts'
import type { Settings } from './settings.ts'

/** An open database with what belongs to it. */
export interface Store {
  database: Database
  keyring: Keyring
  policy: BffPolicy
}

/** What a command does with the database: `serve` also brings an older schema up to date and its own policy into force. */
export type Use = 'read' | 'write' | 'serve'

interface Asking {
  settings: Settings
  json: boolean
}

/** Opens the database, lets it be worked with, and closes it. Throws a Failure for all that stops it. */
export async function withDatabase<T>(settings: Settings, work: (database: Database) => Promise<T>): Promise<T> {
  const { database: address } = settings
  const database = await openDatabase(address)
  let failed = true
  try {
    const result = await work(database)
    failed = false
    return result
  } catch (error) {
    if (error instanceof Failure || error instanceof Problem || error instanceof RowsError) throw error
    throw databaseFailure(error, address) ?? error
  } finally {
    // A database that does not answer would not be closed either.
    const closed = database.close()
    if (failed) closed.catch(() => {})
    else await closed
  }
}

/** Opens a database with schema, secret and policy as they must be, lets it be worked with, and closes it. */
export async function withStore<T>(asking: Asking, use: Use, work: (store: Store) => Promise<T>): Promise<T> {
  const { settings } = asking
  const given = settings.policy === null ? null : readPolicy(settings.policy)
  return withDatabase(settings, async (database) => {
    await bringSchema(database, settings, use)
    const keyring = await openKeyring(database, settings, Date.now())
    const policy = given ?? (use === 'serve' ? policyOf() : await policyInForce(database))
    if (use !== 'read') await bringCovers(database, policy, asking)
    return work({ database, keyring, policy })
  })
}

/** Runs the migrations that a database lacks and answers their names: `read` and `write` only on an empty one, since a
 * server of the older version may be running on another. Throws a Failure where that cannot be. */
export async function bringSchema(database: Database, { database: address }: Settings, use: Use): Promise<string[]> {
  const { missing, unknown, empty } = await firstAnswer(address, migrationState(database.db))
  if (unknown.length > 0) {
    throw new Failure(`${placeOf(address)} was made by a newer license-bff (${unknown.join(', ')} is not known here); install that version, or restore a backup`)
  }
  if (missing.length > 0 && !empty && use !== 'serve') throw new Failure(`${placeOf(address)} is older than this license-bff; run: license-bff migrate`)
  return migrate(database.db)
}

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BffPolicy, type Database, Keyring, migrate, policyOf, SECRET_BYTES } from '../../index.ts'
import { openSqlite } from '../../node/sqlite.ts'
import { openDatabase } from '../database.ts'
import { policyInForce } from '../policy.ts'
import { openKeyring } from '../secret.ts'
import { readSettings } from '../settings.ts'
import { bringSchema } from '../store.ts'

/** Where the demo keeps its data, and by which numbers. */
export interface Store {
  database: Database
  keyring: Keyring
  policy: BffPolicy
  /** Closes the database, and removes it if it was made for this run. */
  close: () => Promise<void>
}

/** A new database in a folder of its own, with a random secret; both are gone after `close`, or when the process ends. */
async function openTemporary(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'license-demo-'))
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }) }
  process.once('exit', remove)
  const database = openSqlite(join(folder, 'license.db'))
  const close = async (): Promise<void> => {
    await database.close()
    remove()
    process.off('exit', remove)
  }
  return closedOnError(close, async () => {
    await migrate(database.db)
    return { database, keyring: new Keyring([randomBytes(SECRET_BYTES)]), policy: policyOf(), close }
  })
}

/** A database that stays, with its own secret and the numbers that it was served with. */
async function openLasting(db: string): Promise<Store> {
  const settings = readSettings({ db }, process.env)
  const database = await openDatabase(settings.database)
  return closedOnError(database.close, async () => {
    await bringSchema(database, settings, 'serve')
    return { database, keyring: await openKeyring(database, settings, Date.now()), policy: await policyInForce(database), close: database.close }
  })
}

async function closedOnError<T>(close: () => Promise<void>, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    await close()
    throw error
  }
}

/** Opens `sqlite:PATH` or a `postgres://` address, or a new temporary database for null. Throws a Failure. */
export function openStore(db: string | null): Promise<Store> {
  return db === null ? openTemporary() : openLasting(db)
}

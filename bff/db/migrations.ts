import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { dialectOf } from './database.ts'
import { m0001 } from './migrations/0001-start.ts'
import { m0002 } from './migrations/0002-grace.ts'
import { m0003 } from './migrations/0003-reminders.ts'

/** Every migration, oldest first; forward only, and bundled, so that they run in a browser too. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-start': m0001,
  '0002-grace': m0002,
  '0003-reminders': m0003,
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kysely's migrations are untyped by design.
type Untyped = Kysely<any>

function migrator(db: Untyped): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } })
}

/** What the database lacks or has too much, oldest first: migrations that have not run, and such that we do not know.
 * `empty`: none has run. Throws NotOurDatabaseError. */
export async function migrationState(db: Untyped): Promise<{ missing: string[]; unknown: string[]; empty: boolean }> {
  const known = Object.keys(MIGRATIONS)
  const done = await doneMigrations(db)
  const unknown = done.filter((name) => !known.includes(name))
  // Another program's migrations, by the same library.
  if (done.length > 0 && unknown.length === done.length) throw new NotOurDatabaseError()
  return { missing: known.filter((name) => !done.includes(name)), unknown, empty: done.length === 0 }
}

async function doneMigrations(db: Untyped): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) {
    if (tables.some((table) => !table.isView)) throw new NotOurDatabaseError()
    return []
  }
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.rows.map((row) => row.name)
}

/** The database holds tables that no migration of ours made. */
export class NotOurDatabaseError extends Error {
  constructor() {
    super('the database holds tables of something else; give license-bff a database of its own')
  }
}

/** Brings a database to the newest schema; answers the names of the migrations that ran. */
export async function migrate(db: Untyped): Promise<string[]> {
  const { missing } = await migrationState(db)
  if (missing.length === 0) return []
  const { error, results } = await migrator(db).migrateToLatest()
  if (error !== undefined) throw error instanceof Error ? error : new Error(`migration failed (${dialectOf(db)})`, { cause: error })
  return (results ?? []).map((result) => result.migrationName)
}

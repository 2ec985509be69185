import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { NotOurDatabaseError } from '../db/migrations.ts'
import { codeOf, Failure, oneLine } from './failure.ts'
import type { DatabaseAddress } from './values.ts'

/** How long another program may keep a SQLite file locked while it is opened (ms). */
const BUSY_MS = 2_000
/** How long the first answer of a database may take (ms). */
const ANSWER_MS = 2_800

/** The place of a database as messages name it: without user and password. */
export function placeOf(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.path
  const { host, pathname, searchParams } = new URL(address.url)
  return `${host || (searchParams.get('host') ?? 'localhost')}${pathname}`
}

/** Opens a database, made if its SQLite file is missing. Throws a Failure that says what to do. */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  if (address.engine === 'postgres') return (await import('../node/postgres.ts')).openPostgres(address.url)
  checkFile(address.path)
  const { openSqlite } = await import('../node/sqlite.ts')
  const end = performance.now() + BUSY_MS
  for (;;) {
    try {
      return openSqlite(address.path)
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || performance.now() > end) throw databaseFailure(error, address) ?? error
    }
    await sleep(25)
  }
}

/** Refuses what SQLite would refuse with fewer words. */
function checkFile(path: string): void {
  const folder = dirname(path)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Failure(`the directory ${folder} of the database does not exist; create it, or correct --db`)
  }
  const file = statSync(path, { throwIfNoEntry: false })
  if (file?.isDirectory() === true) throw new Failure(`${path} is a directory; --db needs a file in it, such as sqlite:${path}/license.db`)
  for (const one of file === undefined ? [folder] : [path, folder]) {
    try {
      accessSync(one, constants.W_OK)
    } catch {
      throw new Failure(`${one} cannot be written; let the user of this program write it, or correct --db`)
    }
  }
}

/** Waits for the first answer of a database, but not for long. Throws a Failure that says what to do. */
export async function firstAnswer<T>(address: DatabaseAddress, answer: Promise<T>): Promise<T> {
  const abort = new AbortController()
  const late = sleep(ANSWER_MS, undefined, { signal: abort.signal }).then(() => {
    throw new Failure(`${placeOf(address)} did not answer within 3 seconds; see that the database runs and can be reached, or correct --db`)
  })
  late.catch(() => {})
  try {
    return await Promise.race([answer, late])
  } catch (error) {
    throw databaseFailure(error, address) ?? error
  } finally {
    abort.abort()
  }
}

type Explain = (place: string, error: unknown) => string

const SQLITE: [code: RegExp, explain: Explain][] = [
  [/^SQLITE_NOTADB/, (place) => `${place} is no SQLite database; correct --db, or move the file away`],
  [/^SQLITE_CORRUPT/, (place) => `${place} is damaged; restore a backup`],
  [/^SQLITE_(BUSY|LOCKED)/, (place) => `${place} is locked by another program; try again when that is done`],
  [/^SQLITE_(FULL|IOERR)/, (place, error) => `${place} cannot be written (${oneLine(error)}); make room on the disk. Nothing was changed`],
  [/^SQLITE_(READONLY|CANTOPEN|PERM)/, (place) => `${place} cannot be opened and written; let the user of this program write it and its directory, or correct --db`],
]

const POSTGRES: [code: RegExp, explain: Explain][] = [
  [/^ECONNREFUSED$/, (place) => `no PostgreSQL answers at ${place}; start it, or correct --db`],
  [/^(ENOTFOUND|EAI_AGAIN)$/, (place) => `the host of ${place} is not known; correct --db`],
  [/^28/, (place) => `PostgreSQL at ${place} refuses the user or the password; correct --db`],
  [/^3D000$/, (place) => `PostgreSQL has no database ${place}; create it, or correct --db`],
  [/^(42501|3F000)$/, (place) => `the user may not create tables in ${place}; grant it, or correct --db`],
  [/^(08|53|57|58|25006|E[A-Z]+$)/, (place, error) => `PostgreSQL at ${place} is not available (${oneLine(error)}); try again. Nothing was changed`],
]

/** What an error of a database means and what to do about it; null for errors that are none of the database's. */
export function databaseFailure(error: unknown, address: DatabaseAddress): Failure | null {
  if (error instanceof NotOurDatabaseError) return new Failure(`${placeOf(address)}: ${error.message}`)
  const code = codeOf(error)
  const known = address.engine === 'sqlite' ? SQLITE : POSTGRES
  const explain = known.find(([pattern]) => pattern.test(code))?.[1]
  if (explain !== undefined) return new Failure(explain(placeOf(address), error))
  const refused = address.engine === 'postgres' && error instanceof Error && /connect|timeout|SASL|SSL|certificate/i.test(`${error.message} ${code}`)
  return refused ? new Failure(`PostgreSQL at ${placeOf(address)} cannot be used (${oneLine(error)}); correct --db`) : null
}

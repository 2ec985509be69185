import BetterSqlite3 from 'better-sqlite3'
import type { QueryResult } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { NotOurDatabaseError } from '../db/migrations.ts'

/** How long SQLite itself waits for a lock, blocking the event loop (ms). */
const BUSY_TIMEOUT_MS = 25
/** How long a lock is waited for in all, without blocking (ms): an import by the program may hold it for some seconds. */
const BUSY_LIMIT_MS = 10_000
/** Statements that a connection keeps prepared. */
const STATEMENTS = 500

/** Whether another process holds the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Tries again, with a random pause that leaves the event loop free, as long as another process holds the lock. */
export async function whileBusy<T>(run: () => T): Promise<T> {
  const end = performance.now() + BUSY_LIMIT_MS
  for (;;) {
    try {
      return run()
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error
    }
    await sleep(5 + Math.random() * 20)
  }
}

/** One open file with its prepared statements. */
export class SqliteFile {
  readonly #db: BetterSqlite3.Database
  readonly #statements = new Map<string, BetterSqlite3.Statement>()

  constructor(path: string) {
    this.#db = new BetterSqlite3(path, { timeout: BUSY_TIMEOUT_MS })
    try {
      // Asked first, because switching to WAL would write into a database of somebody else's.
      if (!this.#isOurs()) throw new NotOurDatabaseError()
      this.#db.pragma('journal_mode = wal')
      this.#db.pragma('foreign_keys = on')
      this.#db.pragma('cache_size = -65536')
      this.keepFull()
    } catch (error) {
      this.#db.close()
      throw error
    }
  }

  /** Whether nothing is in the file, or migrations made what is. */
  #isOurs(): boolean {
    const tables = this.#db.prepare(`select name from sqlite_master where type = 'table'`).pluck().all()
    return tables.length === 0 || tables.includes('kysely_migration')
  }

  /** Sets and checks `synchronous = FULL`: SQLite falls back to NORMAL in WAL mode, which may lose acknowledged commits. */
  keepFull(): void {
    this.#db.pragma('synchronous = full')
    if (this.#db.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite does not keep synchronous = FULL')
  }

  get synchronous(): unknown {
    return this.#db.pragma('synchronous', { simple: true })
  }

  prepare(sql: string): BetterSqlite3.Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      if (this.#statements.size >= STATEMENTS) this.#statements.clear()
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  run<R>(statement: BetterSqlite3.Statement, parameters: readonly unknown[]): QueryResult<R> {
    if (statement.reader) return { rows: statement.all(parameters) as R[] }
    const { changes } = statement.run(parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  exec(sql: string): void {
    this.prepare(sql).run()
  }

  close(): void {
    this.#db.close()
  }
}

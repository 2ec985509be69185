import BetterSqlite3 from 'better-sqlite3'
import {
  type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, Kysely, type QueryResult, SqliteAdapter,
  SqliteIntrospector, SqliteQueryCompiler,
} from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Failure } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

/** How long SQLite itself waits for a lock, blocking the event loop (ms). */
const BUSY_TIMEOUT_MS = 25
/** How long a lock is waited for in all, without blocking (ms). */
const BUSY_LIMIT_MS = 5_000
/** Statements that a connection keeps prepared. */
const STATEMENTS = 500

function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Tries again, with a random pause that leaves the event loop free, as long as another process holds the lock. */
async function whileBusy<T>(run: () => T): Promise<T> {
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
class SqliteFile {
  readonly #db: BetterSqlite3.Database
  readonly #statements = new Map<string, BetterSqlite3.Statement>()

  constructor(path: string) {
    this.#db = new BetterSqlite3(path, { timeout: BUSY_TIMEOUT_MS })
    try {
      this.#db.pragma('journal_mode = wal')
      this.#db.pragma('foreign_keys = on')
      this.#db.pragma('cache_size = -65536')
      this.keepFull()
    } catch (error) {
      this.#db.close()
      throw error
    }
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

/** Writers of this process, one after another; SQLite has one anyway. */
class Queue {
  #tail: Promise<unknown> = Promise.resolve()

  /** Waits for the turn; answers what ends it. */
  async turn(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<null>()
    const before = this.#tail
    this.#tail = promise
    await before
    return () => { resolve(null) }
  }
}

/** What Kysely holds as a connection: reads go to the reader, changes to the writer, each in its turn. */
class SqliteConnection implements DatabaseConnection {
  readonly #driver: SqliteDriver
  #endTurn: (() => void) | null = null

  constructor(driver: SqliteDriver) {
    this.#driver = driver
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { reader, writer, queue } = this.#driver
    if (this.#endTurn !== null) return writer.run<R>(writer.prepare(sql), parameters)
    const statement = isRead(sql) ? reader.prepare(sql) : null
    if (statement?.readonly === true) {
      try {
        return reader.run<R>(statement, parameters)
      } catch (error) {
        if (!isBusy(error)) throw error
      }
      return whileBusy(() => reader.run<R>(statement, parameters))
    }
    const endTurn = await queue.turn()
    try {
      return await whileBusy(() => writer.run<R>(writer.prepare(sql), parameters))
    } finally {
      endTurn()
    }
  }

  /** Begins immediate: a deferred transaction that turns to writing fails at once when another process writes. */
  async begin(): Promise<void> {
    const endTurn = await this.#driver.queue.turn()
    try {
      await whileBusy(() => { this.#driver.writer.exec('begin immediate') })
      this.#endTurn = endTurn
    } catch (error) {
      endTurn()
      throw error
    }
  }

  /** Ends the transaction and the turn, whatever happens: a commit that fails (a full disk) is rolled back. */
  end(sql: 'commit' | 'rollback'): void {
    const { writer } = this.#driver
    if (this.#endTurn === null) return
    try {
      if (writer.inTransaction) writer.exec(sql)
    } finally {
      if (writer.inTransaction) writer.exec('rollback')
      this.#endTurn()
      this.#endTurn = null
    }
  }

  // eslint-disable-next-line require-yield -- Lists are read page by page, never streamed.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported')
  }
}

function isRead(sql: string): boolean {
  return /^\s*(select|with|pragma)/i.test(sql)
}

class SqliteDriver implements Driver {
  readonly reader: SqliteFile
  readonly writer: SqliteFile
  readonly queue = new Queue()

  constructor(path: string) {
    this.writer = new SqliteFile(path)
    try {
      this.reader = new SqliteFile(path)
    } catch (error) {
      this.writer.close()
      throw error
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this)
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.begin()
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('commit')
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('rollback')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.reader.close()
    this.writer.close()
  }
}

const UNAVAILABLE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM)/

function failure(error: unknown): Failure {
  if (!(error instanceof BetterSqlite3.SqliteError)) return 'bug'
  if (UNAVAILABLE.test(error.code)) return 'unavailable'
  return /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(error.code) ? 'duplicate' : 'bug'
}

/** Opens a SQLite file, made if it is missing: WAL, durable (`synchronous = FULL`, checked), one writer and one reader.
 * Throws `SqliteError` if the file cannot be opened or is no database. */
export function openSqlite(path: string): Database & { synchronous: () => unknown } {
  const driver = new SqliteDriver(path)
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  const db = new Kysely<Tables>({ dialect })
  return { db, failure, close: () => db.destroy(), synchronous: () => driver.writer.synchronous }
}

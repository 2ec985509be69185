import BetterSqlite3 from 'better-sqlite3'
import {
  type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, Kysely, type QueryResult, SqliteAdapter,
  SqliteIntrospector, SqliteQueryCompiler, type TransactionSettings,
} from 'kysely'
import type { Database, Failure } from '../db/database.ts'
import { readDirectly } from '../db/prepared.ts'
import type { Tables } from '../db/tables.ts'
import { isBusy, SqliteFile, whileBusy } from './sqlite-file.ts'
import { type Turn, Writer } from './sqlite-writer.ts'

/** What Kysely holds as a connection: reads go to the reader, changes to the writer, each in its turn. */
class SqliteConnection implements DatabaseConnection {
  readonly #driver: SqliteDriver
  turn: Turn | null = null

  constructor(driver: SqliteDriver) {
    this.#driver = driver
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { reader, file, writer } = this.#driver
    if (this.turn !== null) return file.run<R>(file.prepare(sql), parameters)
    const statement = isRead(sql) ? reader.prepare(sql) : null
    if (statement?.readonly === true) return whileBusy(() => reader.run<R>(statement, parameters))
    const turn = await writer.begin(false)
    let result
    try {
      result = file.run<R>(file.prepare(sql), parameters)
    } catch (error) {
      turn.rollback()
      throw error
    }
    await turn.commit()
    return result
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
  readonly file: SqliteFile
  readonly writer: Writer

  constructor(path: string) {
    this.file = new SqliteFile(path)
    this.writer = new Writer(this.file)
    try {
      this.reader = new SqliteFile(path)
    } catch (error) {
      this.file.close()
      throw error
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this)
  }

  /** Begins immediate: a deferred transaction that turns to writing fails at once when another process writes. */
  async beginTransaction(connection: SqliteConnection, { accessMode }: TransactionSettings): Promise<void> {
    connection.turn = await this.writer.begin(accessMode !== undefined)
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    const { turn } = connection
    connection.turn = null
    await turn?.commit()
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    const { turn } = connection
    connection.turn = null
    turn?.rollback()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.reader.close()
    this.file.close()
  }
}

/** SQLite changes a schema within a transaction: a migration lands whole or not at all, and servers that start at once
 * migrate one after another. */
class OwnAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  /** Else Kysely would let nobody read while a change waits for its turn. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

const UNAVAILABLE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM|ABORT_ROLLBACK)/

function failure(error: unknown): Failure {
  if (!(error instanceof BetterSqlite3.SqliteError)) return 'bug'
  if (UNAVAILABLE.test(error.code)) return 'unavailable'
  return /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(error.code) ? 'duplicate' : 'bug'
}

/** Opens a SQLite file, made if it is missing: WAL, durable (`synchronous = FULL`, checked), one writer and one reader.
 * Throws `SqliteError` if the file cannot be opened or is no database, and NotOurDatabaseError if it is somebody else's. */
export function openSqlite(path: string): Database & { synchronous: () => unknown } {
  const driver = new SqliteDriver(path)
  const dialect: Dialect = {
    createAdapter: () => new OwnAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  const db = new Kysely<Tables>({ dialect })
  readDirectly(db, (sql, parameters) => {
    const { reader } = driver
    const statement = isRead(sql) ? reader.prepare(sql) : null
    try {
      return statement?.readonly === true ? reader.run(statement, parameters).rows : null
    } catch (error) {
      if (isBusy(error)) return null
      throw error
    }
  })
  return { db, failure, close: () => db.destroy(), synchronous: () => driver.file.synchronous }
}

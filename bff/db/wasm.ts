import { Kysely, SqliteDialect } from 'kysely'
import type { Database, Failure } from './database.ts'
import type { Tables } from './tables.ts'

/** What is used of a sql.js database. */
interface SqlJsDatabase {
  prepare: (sql: string) => SqlJsStatement
  getRowsModified: () => number
  run: (sql: string) => unknown
  close: () => void
}

interface SqlJsStatement {
  bind: (values: never) => boolean
  step: () => boolean
  getAsObject: () => Record<string, unknown>
  getColumnNames: () => string[]
  free: () => unknown
}

/** What SQLite says where it cannot write or has no memory left; sql.js hands on no codes. */
const UNAVAILABLE = /readonly database|database or disk is full|out of memory|disk I\/O error|database (table )?is locked/

function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return 'bug'
  if (UNAVAILABLE.test(error.message)) return 'unavailable'
  return /UNIQUE constraint failed/.test(error.message) ? 'duplicate' : 'bug'
}

/** A database in memory over sql.js (SQLite in WebAssembly), under Kysely's own SQLite dialect: the BFF in a browser tab. */
export function openSqlJs(sqlJs: SqlJsDatabase): Database {
  sqlJs.run('pragma foreign_keys = on')
  const rowsOf = (sql: string, parameters: readonly unknown[]): { rows: unknown[]; reader: boolean } => {
    const statement = sqlJs.prepare(sql)
    try {
      statement.bind(parameters as never)
      const rows: unknown[] = []
      while (statement.step()) rows.push(statement.getAsObject())
      return { rows, reader: statement.getColumnNames().length > 0 }
    } finally {
      statement.free()
    }
  }
  const isReader = (sql: string): boolean => {
    const statement = sqlJs.prepare(sql)
    try {
      return statement.getColumnNames().length > 0
    } finally {
      statement.free()
    }
  }
  const dialect = new SqliteDialect({
    database: {
      prepare: (sql) => ({
        reader: isReader(sql),
        all: (parameters) => rowsOf(sql, parameters).rows,
        run: (parameters) => {
          rowsOf(sql, parameters)
          return { changes: sqlJs.getRowsModified(), lastInsertRowid: 0 }
        },
        iterate: (parameters) => rowsOf(sql, parameters).rows[Symbol.iterator]() as IterableIterator<unknown>,
      }),
      close: () => { sqlJs.close() },
    },
  })
  const db = new Kysely<Tables>({ dialect })
  return { db, failure, close: () => db.destroy() }
}

import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, Failure } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { Turnstile } from './turnstile.ts'

/** Connections that one process holds at most. */
const POOL_SIZE = 10
/** How long a connection or an answer is waited for (ms), so that an outage is told within three seconds. */
const CONNECT_MS = 2_000
const STATEMENT_MS = 60_000

const INT8 = 20

/** 64-bit integers as numbers: ours are instants in ms and counts. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
}

/** Connection exceptions, resources used up, operator intervention, system errors, read-only. */
const UNAVAILABLE = /^(08|53|57|58|25006)/

function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return 'bug'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '40001' || code === '40P01') return 'retry'
  if (code === '23505') return 'duplicate'
  if (UNAVAILABLE.test(code) || /^E[A-Z]+$/.test(code)) return 'unavailable'
  return /connection|timeout exceeded when trying to connect/i.test(error.message) ? 'unavailable' : 'bug'
}

/** Opens a PostgreSQL database by its `postgres://` address, with a pool of ten connections. Lazy: nothing is dialled
 * before the first query. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url, max: POOL_SIZE, connectionTimeoutMillis: CONNECT_MS, statement_timeout: STATEMENT_MS,
    application_name: 'license-bff', keepAlive: true, types: types as pg.CustomTypesConfig,
  })
  // A server that goes away must not end the process: idle clients tell the pool, busy ones themselves.
  pool.on('error', () => {})
  pool.on('connect', (client) => { client.on('error', () => {}) })
  // The pool's own queue refuses after CONNECT_MS, however well it gets on.
  const places = new Turnstile(POOL_SIZE, CONNECT_MS)
  pool.on('release', () => { places.leave(true) })
  const connect = async (): Promise<pg.PoolClient> => {
    await places.enter()
    try {
      return await pool.connect()
    } catch (error) {
      places.leave(false)
      throw error
    }
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end(), options: pool.options } }) })
  return { db, failure, close: () => db.destroy() }
}

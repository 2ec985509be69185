import { type Kysely, PostgresAdapter, type Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** A connection or a transaction: what one query needs. */
export type Connection = Kysely<Tables>
/** A transaction: what a change needs, so that it lands whole or not at all. */
export type Trx = Transaction<Tables>

/** What a failed query means for the one who asked. */
export type Failure = 'unavailable' | 'duplicate' | 'retry' | 'bug'

/** An open database. Made by the openers in `bff/node`, or from any Kysely dialect of SQLite or PostgreSQL. */
export interface Database {
  db: Kysely<Tables>
  /** Says what an error of this engine means: busy, full or away; a broken unique index; a deadlock; or a bug of ours. */
  failure: (error: unknown) => Failure
  close: () => Promise<void>
}

/** The SQL dialect behind a connection. */
export function dialectOf(db: Pick<Kysely<unknown>, 'getExecutor'>): 'sqlite' | 'postgres' {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}

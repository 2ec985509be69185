import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Connection } from './database.ts'
import type { Tables } from './tables.ts'

/** Stands for an argument while a query is compiled. */
class Placeholder {
  readonly name: PropertyKey
  constructor(name: PropertyKey) {
    this.name = name
  }
}

interface Plan {
  query: CompiledQuery
  parameters: readonly unknown[]
}

/** Answers a query that only reads at once, or null where it has to be asked in the ordinary way. */
export type DirectReader = (sql: string, parameters: readonly unknown[]) => unknown[] | null

const directReaders = new WeakMap<object, DirectReader>()

/** Lets prepared queries of a database outside of transactions skip Kysely's queue of connections: an engine inside the
 * process answers faster than that takes. */
export function readDirectly(db: Kysely<Tables>, reader: DirectReader): void {
  directReaders.set(db, reader)
}

/** Runs a query with arguments; `rows` and `numAffectedRows` as Kysely gives them. */
export type Prepared<A, R> = (connection: Connection, args: A) => Promise<QueryResult<R>>

/**
 * A query that is compiled once per engine: compiling takes Kysely ten times what SQLite needs to answer.
 * `build` gets the connection's query builder and `arg(name)`, which stands for an argument of that name.
 */
export function prepared<A extends object, R>(
  build: (db: Kysely<Tables>, arg: <K extends keyof A>(name: K) => A[K]) => Compilable<R>,
): Prepared<A, R> {
  const plans = new WeakMap<object, Plan>()
  return async (connection, args) => {
    const { adapter } = connection.getExecutor()
    let plan = plans.get(adapter)
    if (plan === undefined) {
      const query = build(connection, (name) => new Placeholder(name) as never).compile()
      plans.set(adapter, (plan = { query: { ...query, sql: stable(query) }, parameters: query.parameters }))
    }
    const parameters = plan.parameters.map((value) =>
      value instanceof Placeholder ? (args as Record<PropertyKey, unknown>)[value.name] ?? null : value)
    const rows = directReaders.get(connection)?.(plan.query.sql, parameters) ?? null
    return rows === null ? connection.executeQuery<R>({ ...plan.query, parameters } as CompiledQuery<R>) : { rows: rows as R[] }
  }
}

/**
 * SQLite plans a statement again whenever a value is bound that its plan might depend on (builds with STAT4, such as
 * better-sqlite3's), which takes ten times what the query takes. A plus before a parameter, which changes nothing, hides it.
 */
function stable({ sql, parameters }: CompiledQuery): string {
  const parts = sql.split('?')
  return parts.length === parameters.length + 1 ? parts.join('+?') : sql
}

/** Sizes in which lists are sent: a query is compiled once for each. */
const LIST_SIZES = [1, 10, 100, 1_000] as const

/** A prepared query over a list of keys: compiled for a few sizes, the list padded with its last key. Answers the rows of
 * every slice of at most 1,000 keys. */
export function preparedList<A extends object, R>(
  build: (db: Kysely<Tables>, arg: <K extends keyof A>(name: K) => A[K], keys: string[]) => Compilable<R>,
): (connection: Connection, args: A, keys: readonly string[]) => Promise<R[]> {
  // Keys are numbered, not named: naming many takes as long as finding some of them.
  const bySize = new Map<number, Prepared<Record<number, unknown>, R>>()
  for (const size of LIST_SIZES) {
    bySize.set(size, prepared<Record<number, unknown>, R>((db, arg) =>
      build(db, arg as never, Array.from({ length: size }, (_, index) => arg(index) as string))))
  }
  return async (connection, args, keys) => {
    const rows: R[] = []
    for (let start = 0; start < keys.length; start += 1_000) {
      const slice = keys.slice(start, start + 1_000)
      const size = LIST_SIZES.find((one) => one >= slice.length) ?? 1_000
      const padded: Record<number, unknown> = Object.assign({} as Record<number, unknown>, args)
      for (let index = 0; index < size; index += 1) padded[index] = slice[Math.min(index, slice.length - 1)]
      const query = bySize.get(size)
      if (query !== undefined) rows.push(...(await query(connection, padded)).rows)
    }
    return rows
  }
}

/** Rows that one insert carries at most: the parameters of all columns must fit PostgreSQL's 65,535. */
const INSERT_SIZES = [500, 50, 1] as const

/** Inserts many rows of one table in few statements, each compiled once. Every row must have the same columns. `orNothing`: a row
 * whose unique place is taken is left out. Answers how many were inserted. */
export function preparedInsert<T extends keyof Tables & string>(
  table: T, columns: readonly (keyof Tables[T] & string)[], { orNothing = false } = {},
): (connection: Connection, rows: readonly Tables[T][]) => Promise<number> {
  // Arguments are numbered, not named: naming those of many rows takes longer than storing them.
  const bySize = new Map<number, Prepared<unknown[], unknown>>()
  for (const size of INSERT_SIZES) {
    bySize.set(size, prepared<unknown[], unknown>((db, arg) => {
      const insert = db.insertInto(table).values(
        Array.from({ length: size }, (_, row) => Object.fromEntries(columns.map((column, index) => [column, arg(row * columns.length + index)]))) as never,
      )
      return orNothing ? insert.onConflict((conflict) => conflict.doNothing()) : insert
    }))
  }
  return async (connection, rows) => {
    let start = 0
    let inserted = 0
    while (start < rows.length) {
      const size = INSERT_SIZES.find((one) => one <= rows.length - start) ?? 1
      const args: unknown[] = []
      for (let row = start; row < start + size; row += 1) for (const column of columns) args.push(rows[row]?.[column])
      const result = await bySize.get(size)?.(connection, args)
      inserted += Number(result?.numAffectedRows ?? 0)
      start += size
    }
    return inserted
  }
}

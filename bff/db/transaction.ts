import { writeChanges } from './changes.sql.ts'
import type { Database, Failure, Trx } from './database.ts'

/** Times that a change is tried. */
const TRIES = 5
const AGAIN: ReadonlySet<Failure> = new Set(['retry', 'duplicate'])

const listeners = new WeakMap<object, Set<() => void>>()

/** Calls back after every commit of this process that changed what pages show; answers what ends that. */
export function onCommit({ db }: Database, listener: () => void): () => void {
  const known = listeners.get(db) ?? new Set()
  listeners.set(db, known.add(listener))
  return () => { known.delete(listener) }
}

const laters = new WeakMap<Trx, (() => void)[]>()

/** Has something done once a transaction has been committed. */
export function afterCommit(trx: Trx, then: () => void): void {
  laters.set(trx, [...laters.get(trx) ?? [], then])
}

/** Runs a change in one transaction. `long`: nobody should wait for its commit with it. What `change` throws is rolled back and thrown on, but it runs again after a deadlock,
 * and where somebody else took a unique place since it looked: the second look tells why. */
export async function inTransaction<T>(database: Database, change: (trx: Trx) => Promise<T>, { long = false } = {}): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      const transaction = database.db.transaction()
      let told = false
      let then: readonly (() => void)[] = []
      // The default of PostgreSQL; our SQLite driver takes it as the sign of a long one.
      const result = await (long ? transaction.setAccessMode('read write') : transaction).execute(async (trx) => {
        const answer = await change(trx)
        told = await writeChanges(trx)
        then = laters.get(trx) ?? []
        return answer
      })
      if (told) for (const listener of listeners.get(database.db) ?? []) listener()
      for (const one of then) one()
      return result
    } catch (error) {
      if (tried >= TRIES || !AGAIN.has(database.failure(error))) throw error
    }
  }
}

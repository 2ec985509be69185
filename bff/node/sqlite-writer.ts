import BetterSqlite3 from 'better-sqlite3'
import { type SqliteFile, whileBusy } from './sqlite-file.ts'

/** Transactions that share one commit at most. */
const GROUP_SIZE = 64

/** How long a commit waits for others at most (ms). */
const GROUP_MS = 5

/** A transaction that has ended and waits until it is on the disk. */
interface Ended {
  resolve: () => void
  reject: (error: unknown) => void
}

/** What a member of a group ends. */
export interface Turn {
  commit: () => Promise<void>
  rollback: () => void
}

/**
 * The one writer of a process: transactions run one after another, and those that end in neighbouring turns of the event
 * loop share a commit, so that many of them cost one wait for the disk. None is told to have ended before that commit: what is
 * acknowledged is on the disk. Each after the first is a savepoint, so that one that is rolled back takes no other with it.
 */
export class Writer {
  readonly #file: SqliteFile
  #tail: Promise<unknown> = Promise.resolve()
  #ended: Ended[] = []
  #flushPlanned = false

  constructor(file: SqliteFile) {
    this.#file = file
  }

  /** Begins a transaction when its turn comes. `alone`: it will take long, so that nobody shares its commit. */
  async begin(alone: boolean): Promise<Turn> {
    const endTurn = await this.#turn()
    try {
      // Where SQLite has rolled back by itself, as on a full disk, those who wait are told before anybody joins them.
      if (alone || !this.#file.inTransaction) this.#flush()
      const shared = this.#ended.length > 0
      if (shared) this.#file.exec('savepoint member')
      else await whileBusy(() => { this.#file.exec('begin immediate') })
      return {
        commit: () => this.#commit(shared, alone, endTurn),
        rollback: () => { this.#rollback(shared, endTurn) },
      }
    } catch (error) {
      endTurn()
      throw error
    }
  }

  async #turn(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<null>()
    const before = this.#tail
    this.#tail = promise
    await before
    return () => { resolve(null) }
  }

  /** Resolves once the transaction is on the disk; rejects, and nothing of it is there, where that fails. */
  async #commit(shared: boolean, alone: boolean, endTurn: () => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<null>()
    try {
      if (shared) this.#file.exec('release member')
      this.#ended.push({ resolve: () => { resolve(null) }, reject })
      if (alone || this.#ended.length >= GROUP_SIZE) this.#flush()
      else this.#planFlush()
    } finally {
      endTurn()
    }
    await promise
  }

  #rollback(shared: boolean, endTurn: () => void): void {
    try {
      if (shared && this.#file.inTransaction) {
        this.#file.exec('rollback to member')
        this.#file.exec('release member')
      } else if (this.#file.inTransaction) this.#file.exec('rollback')
    } finally {
      endTurn()
    }
  }

  /** Commits as soon as a turn of the event loop brings no further transaction. */
  #planFlush(): void {
    if (this.#flushPlanned) return
    this.#flushPlanned = true
    const latest = performance.now() + GROUP_MS
    const wait = (before: number): void => {
      setImmediate(() => {
        const { length } = this.#ended
        if (length > before && performance.now() < latest) wait(length)
        else void this.#flushInTurn()
      })
    }
    wait(this.#ended.length)
  }

  async #flushInTurn(): Promise<void> {
    const endTurn = await this.#turn()
    this.#flushPlanned = false
    this.#flush()
    endTurn()
  }

  /** Commits what has ended, and tells everybody. Where SQLite has rolled back by itself, as on a full disk, that fails. */
  #flush(): void {
    const ended = this.#ended
    this.#ended = []
    if (ended.length === 0) return
    try {
      if (!this.#file.inTransaction) throw new BetterSqlite3.SqliteError('SQLite rolled the transaction back', 'SQLITE_ABORT_ROLLBACK')
      this.#file.exec('commit')
      for (const one of ended) one.resolve()
    } catch (error) {
      if (this.#file.inTransaction) this.#file.exec('rollback')
      for (const one of ended) one.reject(error)
    }
  }
}

import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { claimAsk, dueAsks, endAsk, type LegacyAsk, nextAsk, personOf, postponeAsk } from './asks.sql.ts'
import { importLegacy } from './import.ts'
import { checkRecords, type LegacySource } from './source.ts'

/** How long an answer is waited for, and how long another server leaves a question to the one that asks it (ms). */
const PATIENCE_MS = 20_000
const LEASE_MS = 60_000
/** First and longest pause before a source that failed is asked again (ms). */
const FIRST_MS = 60_000
const LONGEST_MS = 21_600_000
/** Questions that are sent at once, and the longest time between two looks while there are any (ms). */
const AT_ONCE = 4
const LOOK_MS = 60_000

/** Who asks and by which clock. */
export interface AskingOptions {
  database: Database
  source: LegacySource
  now: () => number
  /** Is told why a source could not be asked. */
  onError: (error: unknown) => void
}

/** Asks a remote legacy platform for the records of people who are new, in the background (R23). What is to be asked stands in the
 * database: it survives a restart, several servers share it, and a source that failed is asked again. */
export class LegacyAsking {
  readonly #options: AskingOptions
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: Promise<void> | null = null
  #again = false
  #ended = false

  constructor(options: AskingOptions) {
    this.#options = options
  }

  /** Looks whether there is something to ask. Nobody waits for that. */
  look(): void {
    if (this.#ended) return
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#askAll().catch((error: unknown) => {
      this.#options.onError(error)
      this.#plan(LOOK_MS)
    }).finally(() => {
      this.#running = null
      if (this.#again) {
        this.#again = false
        this.look()
      }
    })
  }

  /** Asks nothing more; resolves when what is under way has ended. */
  async end(): Promise<void> {
    this.#ended = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  async #askAll(): Promise<void> {
    const { database: { db }, now } = this.#options
    for (let due = await dueAsks(db, now(), AT_ONCE); due.length > 0 && !this.#ended; due = await dueAsks(db, now(), AT_ONCE)) {
      await Promise.all(due.map(async (ask) => this.#ask(ask)))
    }
    const next = await nextAsk(db)
    if (next !== null) this.#plan(Math.max(1_000, Math.min(next - now(), LOOK_MS)))
  }

  #plan(wait: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#ended) return
    this.#timer = setTimeout(() => { this.look() }, wait)
    // A process that has nothing else to do may end.
    if (typeof this.#timer === 'object') this.#timer.unref()
  }

  async #ask(ask: LegacyAsk): Promise<void> {
    const { database, source, now, onError } = this.#options
    const { db } = database
    if (!(await claimAsk(db, ask, now() + LEASE_MS))) return
    const person = await personOf(db, ask.person)
    try {
      const records = person === null ? [] : checkRecords({ records: await source.recordsOf(person, AbortSignal.timeout(PATIENCE_MS)) })
      await inTransaction(database, async (trx) => {
        await importLegacy(trx, records, { by: 'legacy-source', now: now() })
        await endAsk(trx, ask.person)
      })
    } catch (error) {
      onError(error)
      await postponeAsk(db, ask.person, now() + Math.min(FIRST_MS * 2 ** ask.tries, LONGEST_MS))
    }
  }
}

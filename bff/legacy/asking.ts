import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { claimAsk, dueAsks, endAsk, type LegacyAsk, nextAsk, personOf, postponeAsk } from './asks.sql.ts'
import { importLegacy } from './import.ts'
import { checkRecords, type LegacyPerson, type LegacySource, type LegacySourceRecord } from './source.ts'

/** How long another server leaves a question to the one that asks it (ms): longer than an answer is waited for. */
const LEASE_MS = 60_000
/** First and longest pause before a source that failed is asked again (ms). */
const FIRST_MS = 60_000
const LONGEST_MS = 21_600_000
/** Questions that are sent at once. */
const AT_ONCE = 4
/** How long an answer is waited for, and the longest time between two looks (ms): another server may have ended over a question. */
const PAUSES = { patienceMs: 20_000, lookMs: 60_000 }

/** Who asks and by which clock. */
export interface AskingOptions {
  database: Database
  source: LegacySource
  now: () => number
  /** Is told why a source could not be asked. */
  onError: (error: unknown) => void
  pauses?: typeof PAUSES
}

/** Asks a remote legacy platform for the records of people who are new, in the background (R23). What is to be asked stands in the
 * database: it survives a restart, several servers share it, and a source that failed is asked again. */
export class LegacyAsking {
  readonly #options: AskingOptions
  readonly #pauses: typeof PAUSES
  readonly #ending = new AbortController()
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: Promise<void> | null = null
  #again = false

  constructor(options: AskingOptions) {
    this.#options = options
    this.#pauses = options.pauses ?? PAUSES
  }

  /** Looks whether there is something to ask. Nobody waits for that. */
  look(): void {
    if (this.#ending.signal.aborted) return
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#askAll().catch((error: unknown) => {
      this.#options.onError(error)
      this.#plan(this.#pauses.lookMs)
    }).finally(() => {
      this.#running = null
      if (this.#again) {
        this.#again = false
        this.look()
      }
    })
  }

  /** Asks nothing more, and leaves what is under way to another server or another day. */
  async end(): Promise<void> {
    this.#ending.abort()
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  async #askAll(): Promise<void> {
    const { database: { db }, now } = this.#options
    for (let due = await dueAsks(db, now(), AT_ONCE); due.length > 0 && !this.#ending.signal.aborted; due = await dueAsks(db, now(), AT_ONCE)) {
      const asked = await Promise.allSettled(due.map(async (ask) => this.#ask(ask)))
      const failed = asked.find((one) => one.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    }
    const { lookMs } = this.#pauses
    const wait = (await nextAsk(db) ?? Infinity) - now()
    this.#plan(Math.min(Math.max(wait, 1_000), lookMs))
  }

  #plan(wait: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#ending.signal.aborted) return
    this.#timer = setTimeout(() => { this.look() }, wait)
    // A process that has nothing else to do may end.
    if (typeof this.#timer === 'object') this.#timer.unref()
  }

  async #ask(ask: LegacyAsk): Promise<void> {
    const { database, now, onError } = this.#options
    const { db } = database
    const taken = await claimAsk(db, ask, now() + LEASE_MS)
    if (taken === null) return
    try {
      const person = await personOf(db, ask.person)
      const records = person === null ? [] : checkRecords({ records: await this.#recordsOf(person) })
      await inTransaction(database, async (trx) => {
        await importLegacy(trx, records, { by: 'legacy-source', now: now() })
        await endAsk(trx, taken)
      })
    } catch (error) {
      const { aborted } = this.#ending.signal
      if (!aborted) onError(error)
      await postponeAsk(db, taken, aborted ? now() : now() + Math.min(FIRST_MS * 2 ** ask.tries, LONGEST_MS))
    }
  }

  /** What the source answers in time; a source that does not look at its signal keeps nobody waiting either. */
  async #recordsOf(person: LegacyPerson): Promise<readonly LegacySourceRecord[]> {
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(this.#pauses.patienceMs)])
    signal.throwIfAborted()
    const given = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => { reject(new Error('The legacy platform did not answer in time.', { cause: signal.reason })) }, { once: true })
    })
    return Promise.race([this.#options.source.recordsOf(person, signal), given])
  }
}

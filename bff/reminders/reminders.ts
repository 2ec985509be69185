import type { Database } from '../db/database.ts'
import { idly } from '../idly.ts'
import type { Keyring } from '../http/keyring.ts'
import type { BffPolicy } from '../policy.ts'
import { decideAll, type Plan, planAll } from './decide.ts'
import { hastenDigests, waitingDigests } from './digests.sql.ts'
import { forgetAll } from './forget.ts'
import type { Ladders } from './groups.ts'
import { type MailOptions, sendAll } from './post.ts'
import { markRan, ranAt, sinceOf, switchedOnAt } from './state.sql.ts'

/** How often it is looked whether something is due (ms). */
const LOOK_MS = 15_000
/** How long a message that is being sent may still take when the server ends (ms). */
const END_MS = 8_000
/** How often a run is written down (ms). */
const MARK_MS = 10_000
/** How often what is too old is forgotten (ms). */
const FORGET_MS = 86_400_000

/** How long after the last run, or after mail was to go out, nothing is late yet (ms): servers look every few seconds. */
const USUAL_MS = 60_000

/** What reminders are made of. */
export interface RemindersOptions {
  database: Database
  keyring: Keyring
  policy: BffPolicy
  now: () => number
  /** Null = no mail is sent. */
  mail: MailOptions | null
  /** The address that people reach the BFF by. */
  publicUrl: string
  onError: (error: unknown) => void
}

/** What a run did. */
export interface Ran {
  decided: number
  sent: number
}

/** Where reminders stand. */
export interface ReminderState {
  /** When they ran last (ms); null = never. */
  ranAt: number | null
  /** Digests that are to be sent by mail, and since when the oldest one is (ms). */
  waiting: number
  waitingSince: number | null
  /** How late they are (ms): a minute less than since the last run, or since the oldest digest waits, whichever is longer ago; 0 =
   * not late. Before the first run nothing is owed (R27), so that it is 0 too: `ranAt` says that there was none. */
  behindMs: number
}

/** Decides reminders and sends digests: when told to, or by itself once started (R27 to R29). What is decided and what is to be sent
 * stands in the database: it survives a restart, and several servers share it. */
export class Reminders {
  readonly #options: RemindersOptions
  readonly #sending = new AbortController()
  #running: Promise<Ran> | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #forgotAt = -Infinity
  #ended = false

  constructor(options: RemindersOptions) {
    this.#options = options
  }

  /** Does all that is due; `at`: decides as of an instant (ms), mail goes out now; `hasten`: mail that was to be tried again later is tried
   * now. A run that is under way is waited for first. */
  async run({ at, hasten = false }: { at?: number; hasten?: boolean } = {}): Promise<Ran> {
    await this.#running?.catch(() => {})
    const running = this.#run(at ?? this.#options.now(), hasten).finally(() => { if (this.#running === running) this.#running = null })
    this.#running = running
    return running
  }

  /** What a run would decide; changes nothing. */
  async plan({ at = this.#options.now() }: { at?: number } = {}): Promise<Plan[]> {
    const { database, policy } = this.#options
    return planAll({ database, policy, now: at, since: await sinceOf(database.db) ?? Math.min(at, this.#options.now()), senders: null })
  }

  /** Where they stand, as the database knows it: whichever server runs them. */
  async state(): Promise<ReminderState> {
    const { database: { db }, now } = this.#options
    const [ran, { waiting, since }] = await Promise.all([ranAt(db), waitingDigests(db)])
    const oldest = Math.min(ran ?? Infinity, since ?? Infinity)
    return { ranAt: ran, waiting, waitingSince: since, behindMs: oldest === Infinity ? 0 : Math.max(0, now() - oldest - USUAL_MS) }
  }

  /** Looks from now on by itself, every few seconds. */
  start(lookMs = LOOK_MS): void {
    const look = (): void => {
      this.run().catch((error: unknown) => { this.#options.onError(error) }).finally(() => {
        if (!this.#ended) this.#timer = idly(setTimeout(look, lookMs))
      })
    }
    if (!this.#ended && this.#timer === null) this.#timer = idly(setTimeout(look, 0))
  }

  /** Begins nothing more, and waits a while for what is under way. */
  async end(): Promise<void> {
    this.#ended = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const late = setTimeout(() => { this.#sending.abort() }, END_MS)
    await this.#running?.catch(() => {})
    clearTimeout(late)
  }

  async #run(at: number, hasten: boolean): Promise<Ran> {
    const { database, policy, keyring, mail, now } = this.#options
    const ladders: Ladders = { database, policy, now: at, since: await switchedOnAt(database.db, at), senders: mail === null ? null : { keyring } }
    const decided = await decideAll(ladders)
    const before = await ranAt(database.db)
    if (before === null || Math.abs(at - before) >= MARK_MS) await markRan(database.db, at)
    if (Math.abs(at - this.#forgotAt) >= FORGET_MS) {
      this.#forgotAt = at
      await forgetAll(ladders, () => this.#ended)
    }
    if (hasten) await hastenDigests(database.db, now())
    const sent = mail === null ? 0 : await sendAll({ ...this.#options, mail, signal: this.#sending.signal, isEnding: () => this.#ended })
    return { decided, sent }
  }
}

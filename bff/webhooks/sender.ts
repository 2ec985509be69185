import { inTransaction } from '../db/transaction.ts'
import { onTold } from '../ledger/facts.sql.ts'
import type { BffPolicy } from '../policy.ts'
import { deliver, type DeliveryOptions, LEASE_MS } from './delivering.ts'
import { type Due, dueDeliveries, forgetEvents, forgetWebhooks } from './deliveries.sql.ts'
import { tellOfTime } from './time.ts'

/** Requests that are under way at once, to one endpoint and in all: one that is slow holds nobody else up. */
const AT_ONCE = { each: 2, all: 16 }
/** Longest time between two looks, how long what is under way is waited for at the end, and how often what is old is deleted (ms). */
const TIMES = { lookMs: 5_000, endMs: 3_000, forgetMs: 3_600_000 }
const DAY_MS = 86_400_000

/** What webhooks are sent by. `post`: null = only told, and left to a server that can send. */
export interface SenderOptions extends Omit<DeliveryOptions, 'post' | 'signal'> {
  policy: BffPolicy
  post: DeliveryOptions['post'] | null
  /** Is told why something could not be done. */
  onError: (error: unknown) => void
  times?: typeof TIMES
}

/** Sends webhooks in the background: what is due stands in the database, so that it survives a restart and several servers share it. */
export class WebhookSender {
  readonly #options: SenderOptions
  readonly #times: typeof TIMES
  readonly #ending = new AbortController()
  readonly #flying = new Map<string, Set<Promise<void>>>()
  #looking: Promise<void> | null = null
  #again = false
  #passing: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | null = null
  #forgotAt = -Infinity
  #unsubscribe: () => void = () => {}
  #ended = false

  constructor(options: SenderOptions) {
    this.#options = options
    this.#times = options.times ?? TIMES
  }

  /** Looks from now on, after every change that tells something and every few seconds, until it is told to end. */
  start(): void {
    if (this.#ended || this.#timer !== null) return
    this.#unsubscribe = onTold(this.#options.database.db, () => { void this.#look() })
    this.#plan(0)
  }

  /** Does one pass: what time alone makes happen, then everything that is due. Throws what hindered it. */
  async run(): Promise<void> {
    this.#passing = this.#passing.catch(() => {}).then(() => this.#pass())
    await this.#passing
    await this.#look()
    while (this.#looking !== null || this.#flying.size > 0) await Promise.all([this.#looking, ...[...this.#flying.values()].flatMap((some) => [...some])])
  }

  /** Sends nothing more; what is under way may end for a moment, and is then left to another server or another day. */
  async end(): Promise<void> {
    this.#ended = true
    this.#unsubscribe()
    if (this.#timer !== null) clearTimeout(this.#timer)
    const late = setTimeout(() => { this.#ending.abort() }, this.#times.endMs)
    await Promise.allSettled([this.#passing, this.#looking])
    await Promise.allSettled([...this.#flying.values()].flatMap((some) => [...some]))
    clearTimeout(late)
  }

  #plan(wait: number): void {
    if (this.#ended) return
    this.#timer = setTimeout(() => {
      this.#passing = this.#passing.catch(() => {}).then(() => this.#pass())
      void this.#passing.catch(this.#options.onError).then(() => this.#look()).finally(() => { this.#plan(this.#times.lookMs) })
    }, wait)
    // A process that has nothing else to do may end.
    if (typeof this.#timer === 'object') this.#timer.unref()
  }

  async #pass(): Promise<void> {
    if (this.#ended) return
    const { database, policy, now } = this.#options
    await tellOfTime(database, policy, now)
    if (Math.abs(now() - this.#forgotAt) < this.#times.forgetMs) return
    this.#forgotAt = now()
    const before = now() - policy.webhookLogDays * DAY_MS
    for (let after: string | null = ''; after !== null && !this.#ended;) {
      const from: string = after
      after = await inTransaction(database, (trx) => forgetEvents(trx, before, from))
    }
    await inTransaction(database, (trx) => forgetWebhooks(trx, before))
  }

  /** Begins to send what is due, as far as there is room. Nobody waits for what it sends. */
  #look(): Promise<void> {
    if (this.#looking !== null) {
      this.#again = true
      return this.#looking
    }
    this.#again = false
    this.#looking = this.#fill().catch(this.#options.onError).finally(() => {
      this.#looking = null
      if (this.#again) void this.#look()
    })
    return this.#looking
  }

  async #fill(): Promise<void> {
    const { database: { db }, now, post } = this.#options
    for (let found = 1; post !== null && found > 0 && !this.#ended && this.#room > 0;) {
      const busy = [...this.#flying].flatMap(([webhook, some]) => (some.size < AT_ONCE.each ? [] : [webhook]))
      const due = await dueDeliveries(db, now(), LEASE_MS, busy, this.#room + AT_ONCE.all)
      found = due.filter((one) => this.#send(one, post)).length
    }
  }

  get #room(): number {
    return AT_ONCE.all - [...this.#flying.values()].reduce((sum, some) => sum + some.size, 0)
  }

  /** Sends one, where there is room; whether there was. */
  #send(due: Due, post: DeliveryOptions['post']): boolean {
    const some = this.#flying.get(due.webhook) ?? new Set()
    const key = `${due.webhook} ${due.id}`
    if (this.#room === 0 || some.size >= AT_ONCE.each || this.#sending.has(key)) return false
    this.#sending.add(key)
    const sending = deliver(due, { ...this.#options, post, signal: this.#ending.signal }).then(() => true, (error: unknown) => {
      this.#options.onError(error)
      return false
    }).then((done) => {
      this.#sending.delete(key)
      some.delete(sending)
      if (some.size === 0) this.#flying.delete(due.webhook)
      // A database that cannot be written is tried again at the next turn.
      if (done) void this.#look()
    })
    this.#flying.set(due.webhook, some.add(sending))
    return true
  }

  /** What this server is at, before its claim is to be seen. */
  readonly #sending = new Set<string>()
}

import { Client, type ClientOptions, problemOf, ProblemError } from './client.ts'
import { Resource } from './resource.ts'
import { Alarm, ServerClock } from './server-clock.ts'
import type { TextOverrides } from './texts.ts'
import type { DeviceView, LicenseView, LicenseWithLedger, Me, Preview, ProblemBody, Redeemed, Undone } from './wire.ts'

/** What a host sets on the provider. */
export interface StoreOptions {
  baseUrl: string
  locale: string | null
  /** Answers a session token; asked once, and again after a 401. */
  getToken: (() => Promise<string> | string) | null
  fetch: typeof fetch | null
  texts: TextOverrides | null
}

/** What the store tells the provider, which makes events of it. */
export interface StoreNews {
  changed: (license: LicenseView) => void
  problem: (problem: ProblemBody) => void
  /** Nobody is signed in, and a fresh token did not help; told once. */
  unauthenticated: () => void
}

interface Values {
  me: Me
  license: LicenseView
  device: DeviceView
  ledger: LicenseWithLedger
}

interface Entry<K extends keyof Values = keyof Values> {
  kind: K
  id: string
  resource: Resource<Values[K]>
}

/** Ids that one query takes. */
const QUERY_SIZE = 1_000
/** An id that can be in the BFF; one that cannot would spoil the query of all others. */
const ID = /^[^\s\p{Cc}]{1,64}$/u
/** From when on a page says that it is loading (ms): what is there sooner would only flicker. */
const SLOW_MS = 150
/** Shortest time between two refreshes by time or focus (ms). */
const CALM_MS = 1_000
/** How often the days since an expiry are asked for again (ms). */
const EXPIRED_MS = 3_600_000
/** First and longest wait before a failed request is sent again (ms). */
const BACK_OFF_MS = { first: 1_000, longest: 60_000 }

const NOT_FOUND: ProblemBody = { code: 'device-not-found', status: 404 }

/** The state of one provider: what its BFF says of licences, devices and who is asking. Nothing in it is a guess; it
 * changes when the server says so. */
export class LicenseStore {
  options: StoreOptions = { baseUrl: '', locale: null, getToken: null, fetch: null, texts: null }
  readonly #news: StoreNews
  readonly #clock = new ServerClock()
  readonly #entries = new Map<string, Entry>()
  readonly #wanted = new Set<Entry>()
  readonly #client = new Client(() => this.#clientOptions((rejected) => this.#token(rejected)))
  readonly #refreshing = new Alarm(() => { this.#refreshDue() })
  readonly #waiting = new Alarm(() => { for (const { resource } of this.#used()) if (resource.state === 'loading') resource.wait() })
  readonly #retrying = new Alarm(() => { this.#retry() })
  readonly #optionListeners = new Set<() => void>()
  readonly #idle = new Set<() => void>()
  #ready: Promise<void> | null = null
  #flushing = false
  #tokens: { asked: StoreOptions['getToken']; token: Promise<string> } | null = null
  #workspace: string | null = null
  /** Counts what makes earlier answers void. */
  #epoch = 0
  #pending = 0
  #failures = 0
  #signedOut = false
  #refreshedAt = Number.NEGATIVE_INFINITY
  #started = false

  constructor(news: StoreNews) {
    this.#news = news
  }

  /** Who is asking. */
  readonly me = this.#entry('me', '').resource

  /** A device's licence; asked for together with all others of the moment. */
  license(id: string): Resource<LicenseView> {
    return this.#entry('license', id).resource
  }

  /** A device with its name and serial number. */
  device(id: string): Resource<DeviceView> {
    return this.#entry('device', id).resource
  }

  /** A device's licence with its ledger. */
  ledger(id: string): Resource<LicenseWithLedger> {
    return this.#entry('ledger', id).resource
  }

  /** The server's instant (ms). */
  now(): number {
    return this.#clock.now()
  }

  /** Calls back when locale or texts change; answers what ends that. */
  subscribe(listener: () => void): () => void {
    this.#optionListeners.add(listener)
    return () => { this.#optionListeners.delete(listener) }
  }

  /** Takes new options. Another BFF or another way to a token makes everything unknown. */
  configure(options: StoreOptions): void {
    const before = this.options
    this.options = options
    if (before.locale !== options.locale || before.texts !== options.texts) for (const listener of [...this.#optionListeners]) listener()
    if (before.baseUrl !== options.baseUrl || before.fetch !== options.fetch) this.#forget()
    else if (before.getToken !== options.getToken) this.#all()
  }

  /** Says what redeeming would do (R18). Throws a ProblemError. */
  preview(id: string, code: string): Promise<Preview> {
    return this.#act(() => this.#client.preview(id, code))
  }

  /** Redeems a voucher (R17); with the same key never twice. Throws a ProblemError. */
  redeem(id: string, code: string, key: string): Promise<Redeemed> {
    return this.#act(() => this.#client.redeem(id, code, key), ({ license }) => { this.#learn(license, null) })
  }

  /** Undoes the latest redemption (R20). Throws a ProblemError. */
  undo(id: string, key: string): Promise<Undone> {
    return this.#act(() => this.#client.undo(id, key), ({ license }) => { this.#learn(license, null) })
  }

  /** Devices by their ids, in that order; unknown ones are left out. Throws a ProblemError. */
  findDevices(ids: readonly string[]): Promise<DeviceView[]> {
    return this.#act(async () => {
      const found = new Map<string, DeviceView>()
      const missing = new Set(ids)
      if (ids.length <= 20) {
        for (const device of await Promise.all(ids.map((id) => this.#client.device(id).catch(notFoundAsNull)))) if (device !== null) found.set(device.id, device)
      } else {
        for (let cursor: string | null | undefined; cursor !== null && missing.size > 0;) {
          const page = await this.#client.devices(cursor ?? null)
          for (const device of page.items) if (missing.delete(device.id)) found.set(device.id, device)
          cursor = page.nextCursor
        }
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    })
  }

  /** Asks for everything again that is shown. Resolves when it is known. */
  async refresh(): Promise<void> {
    this.#all()
    await this.settled()
  }

  /** Resolves when no request is under way. */
  settled(): Promise<void> {
    if (!this.#started || (this.#pending === 0 && this.#wanted.size === 0)) return Promise.resolve()
    return new Promise((resolve) => { this.#idle.add(resolve) })
  }

  /** Begins to ask, once the page's own scripts had their turn to set a token. */
  start(): void {
    this.#started = true
    this.#ready ??= pageReady()
    window.addEventListener('focus', this.#wake)
    window.addEventListener('online', this.#wake)
    window.addEventListener('pageshow', this.#wake)
    document.addEventListener('visibilitychange', this.#wake)
    this.#all()
    this.#soon()
  }

  /** Stops asking; what is known stays. */
  stop(): void {
    this.#started = false
    window.removeEventListener('focus', this.#wake)
    window.removeEventListener('online', this.#wake)
    window.removeEventListener('pageshow', this.#wake)
    document.removeEventListener('visibilitychange', this.#wake)
    for (const alarm of [this.#refreshing, this.#retrying, this.#waiting]) alarm.stop()
    this.#tellIdle()
  }

  readonly #wake = (): void => {
    if (document.visibilityState === 'visible' && performance.now() - this.#refreshedAt > CALM_MS) this.#all()
  }

  #entry<K extends keyof Values>(kind: K, id: string): Entry<K> {
    const key = `${kind}:${id}`
    const known = this.#entries.get(key)
    if (known !== undefined) return known as unknown as Entry<K>
    const resource = new Resource<Values[K]>((used) => {
      if (used && (resource.value === null || resource.stale)) this.#want(entry as unknown as Entry)
      // Not at once: an element that is moved leaves and comes back in the same moment.
      if (!used && kind !== 'me') queueMicrotask(() => { if (!resource.used && this.#entries.get(key) === (entry as unknown)) this.#entries.delete(key) })
      if (used) this.#entries.set(key, entry as unknown as Entry)
    })
    const entry: Entry<K> = { kind, id, resource }
    this.#entries.set(key, entry as unknown as Entry)
    return entry
  }

  #used(): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.resource.used || entry.kind === 'me')
  }

  #all(): void {
    this.#refreshedAt = performance.now()
    for (const entry of this.#used()) this.#want(entry)
  }

  /** Forgets everything, also what is under way. */
  #forget(): void {
    this.#epoch += 1
    this.#workspace = null
    this.#tokens = null
    for (const { resource } of this.#entries.values()) resource.clear()
    this.#all()
  }

  #want(entry: Entry): void {
    this.#wanted.add(entry)
    if (this.#started) this.#soon()
  }

  /** Asks after everything else that the page does at the moment, so that all elements of it ask together, but before it
   * is drawn. */
  #soon(): void {
    if (this.#flushing) return
    this.#flushing = true
    void Promise.all([this.#ready]).then(() => this.#ready).then(() => { this.#flush() })
  }

  #flush(): void {
    this.#flushing = false
    if (!this.#started) return
    const entries = [...this.#wanted]
    this.#wanted.clear()
    const licenses: Entry<'license'>[] = []
    for (const entry of entries) {
      if (entry.kind !== 'me' && !ID.test(entry.id)) entry.resource.fail(NOT_FOUND, true)
      else if (entry.kind === 'license') licenses.push(entry as unknown as Entry<'license'>)
      else this.#load([entry], async () => this.#loadOne(entry))
    }
    for (let first = 0; first < licenses.length; first += QUERY_SIZE) {
      const some = licenses.slice(first, first + QUERY_SIZE)
      this.#load(some as unknown as Entry[], async () => this.#loadLicenses(some))
    }
    this.#waiting.set(SLOW_MS)
    this.#tellIdle()
  }

  /** Runs a request for some entries. `load` answers what to do with its answer, if that still counts. */
  #load(entries: readonly Entry[], load: () => Promise<() => void>): void {
    const epoch = this.#epoch
    this.#pending += 1
    load().then((take) => {
      if (epoch !== this.#epoch) return
      this.#failures = 0
      this.#signedOut = false
      take()
    }, (error: unknown) => {
      if (epoch === this.#epoch) this.#failed(entries, problemOf(error))
    }).finally(() => {
      this.#pending -= 1
      this.#schedule()
      this.#tellIdle()
    })
  }

  async #loadOne({ kind, id, resource }: Entry): Promise<() => void> {
    if (kind === 'me') {
      const me = await this.#client.me()
      return () => { this.#identify(me) }
    }
    const value = kind === 'device' ? await this.#client.device(id) : await this.#client.ledger(id)
    const license = 'license' in value ? value.license : withoutLedger(value)
    return () => {
      this.#clock.set(license.now)
      ;(resource as Resource<DeviceView | LicenseWithLedger>).set(value, this.now())
      this.#learn(license, kind)
    }
  }

  async #loadLicenses(entries: readonly Entry<'license'>[]): Promise<() => void> {
    const { items } = await this.#client.licenses(entries.map(({ id }) => id))
    const found = new Map(items.map((license) => [license.deviceId, license]))
    return () => {
      for (const { id, resource } of entries) {
        const license = found.get(id)
        if (license === undefined) resource.fail(NOT_FOUND, true)
        else this.#learn(license, 'license')
      }
    }
  }

  /** Takes a licence from an answer of any kind, and asks again for what else shows it if it changed. */
  #learn(license: LicenseView, from: keyof Values | null): void {
    const id = license.deviceId
    this.#clock.set(license.now)
    const known = this.#entries.get(`license:${id}`)?.resource as Resource<LicenseView> | undefined
    const before = known?.value ?? null
    known?.set(license, this.now())
    const changed = from === null || (before !== null && fingerprint(before) !== fingerprint(license))
    if (!changed) return
    for (const kind of ['device', 'ledger'] as const) {
      const other = this.#entries.get(`${kind}:${id}`)
      if (other !== undefined && kind !== from && other.resource.used) this.#want(other)
    }
    this.#news.changed(license)
  }

  #failed(entries: readonly Entry[], problem: ProblemBody): void {
    const lasting = problem.status === 403 || problem.status === 404
    for (const { resource } of entries) resource.fail(problem, lasting)
    if (!lasting && problem.status !== 401) this.#backOff(problem)
    if (problem.code !== 'device-not-found') this.#tell(problem)
  }

  #tell(problem: ProblemBody): void {
    this.#news.problem(problem)
    if (problem.status !== 401 || this.#signedOut) return
    this.#signedOut = true
    this.#news.unauthenticated()
  }

  #backOff({ retryAt }: ProblemBody): void {
    const wait = Math.min(BACK_OFF_MS.longest, BACK_OFF_MS.first * 2 ** this.#failures) * (0.75 + Math.random() / 4)
    this.#failures += 1
    this.#retrying.set(retryAt === undefined ? wait : Math.max(wait, Date.parse(retryAt) - this.now()))
  }

  #retry(): void {
    for (const entry of this.#used()) if (entry.resource.problem !== null) this.#want(entry)
  }

  /** Sets the alarm for the next instant at which anything that is shown changes by time alone (R9). */
  #schedule(): void {
    let next = Number.POSITIVE_INFINITY
    for (const { at } of this.#due()) next = Math.min(next, at)
    if (next === Number.POSITIVE_INFINITY || !this.#started) this.#refreshing.stop()
    else this.#refreshing.set(Math.max(next - this.now(), CALM_MS - (performance.now() - this.#refreshedAt)))
  }

  #refreshDue(): void {
    const now = this.now()
    this.#refreshedAt = performance.now()
    for (const { entry, at } of this.#due()) if (at <= now) this.#want(entry)
    this.#schedule()
  }

  #due(): { entry: Entry; at: number }[] {
    return this.#used().flatMap((entry) => {
      const value = entry.kind === 'license' || entry.kind === 'ledger' ? entry.resource.value as LicenseView | null : null
      if (value === null || entry.resource.problem !== null) return []
      if (value.refreshAt !== null) return [{ entry, at: Date.parse(value.refreshAt) }]
      return value.status === 'expired' ? [{ entry, at: entry.resource.at + EXPIRED_MS }] : []
    })
  }

  /** Runs what a person asked for. */
  async #act<T>(ask: () => Promise<T>, take?: (answer: T) => void): Promise<T> {
    const epoch = this.#epoch
    this.#pending += 1
    try {
      const answer = await ask()
      if (epoch === this.#epoch) take?.(answer)
      return answer
    } catch (error) {
      this.#tell(problemOf(error))
      throw error
    } finally {
      this.#pending -= 1
      this.#schedule()
      this.#tellIdle()
    }
  }

  #clientOptions(token: NonNullable<ClientOptions['token']>): ClientOptions {
    const { baseUrl, fetch, getToken } = this.options
    return { baseUrl, fetch, token: getToken === null ? null : token }
  }

  /** A token: the one that is known, or a fresh one, of which is found out first whose it is. */
  async #token(rejected: string | null): Promise<string> {
    const { getToken } = this.options
    if (getToken === null) throw new Error('There is no getToken any more.')
    const known = this.#tokens?.asked === getToken ? await this.#tokens.token : null
    if (known !== null && known !== rejected) return known
    const asked = { asked: getToken, token: this.#freshToken(getToken) }
    this.#tokens = asked
    asked.token.catch(() => { if (this.#tokens === asked) this.#tokens = null })
    return asked.token
  }

  async #freshToken(getToken: () => Promise<string> | string): Promise<string> {
    const token = await getToken()
    if (this.#workspace === null) return token
    const epoch = this.#epoch
    this.#identify(await new Client(() => this.#clientOptions(async () => token)).me())
    // What was asked of one workspace must not be done in another.
    if (epoch !== this.#epoch) throw new ProblemError({ code: 'unreachable', status: 0 })
    return token
  }

  /** Another workspace's token clears everything. */
  #identify(me: Me): void {
    const { resource } = this.#entry('me', '')
    const other = this.#workspace !== null && this.#workspace !== me.workspace.id
    if (other) {
      const tokens = this.#tokens
      this.#forget()
      this.#tokens = tokens
    }
    this.#workspace = me.workspace.id
    resource.set(me, this.now())
  }

  #tellIdle(): void {
    if (this.#started && (this.#pending > 0 || this.#wanted.size > 0)) return
    const waiting = [...this.#idle]
    this.#idle.clear()
    for (const resolve of waiting) resolve()
  }
}

/** What a change of shows as a change of the licence, and not only of the time. */
function fingerprint({ now: _now, refreshAt: _refreshAt, daysRemaining: _days, ...rest }: LicenseView): string {
  return JSON.stringify(rest)
}

function withoutLedger({ ledger: _ledger, ...license }: LicenseWithLedger): LicenseView {
  return license
}

function notFoundAsNull(error: unknown): null {
  if (problemOf(error).code === 'device-not-found') return null
  throw error
}

/** Resolves when the scripts that stand in the page have run. */
function pageReady(): Promise<void> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (document.readyState === 'complete' || (navigation?.domContentLoadedEventStart ?? 0) > 0) return Promise.resolve()
  return new Promise((resolve) => { document.addEventListener('DOMContentLoaded', () => { resolve() }, { once: true }) })
}

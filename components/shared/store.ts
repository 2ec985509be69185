import { Client, type ClientOptions, problemOf } from './client.ts'
import { nextMidnight } from './dates.ts'
import { Entries, type Entry, isCount, isOfDevice, type Values } from './entries.ts'
import { findDevices, findNotEligible } from './find-devices.ts'
import { findNotifications, NOTIFICATIONS } from './find-notifications.ts'
import { Live } from './live.ts'
import { onReturn, pageReady } from './page.ts'
import type { Resource } from './resource.ts'
import { Alarm, ServerClock } from './server-clock.ts'
import { type GetToken, TokenSource } from './token-source.ts'
import type { TextOverrides } from './texts.ts'
import type {
  Alert, CalendarLink, DevicePage, DeviceView, GraceReason, GraceStarted, Granted, LicenseView, LicenseWithLedger, Me, NewDevice, Notifications, Preview, ProblemBody, Redeemed, Summary,
} from './wire.ts'

/** What a host sets on the provider. */
export interface StoreOptions {
  baseUrl: string
  locale: string | null
  /** Answers a session token; asked once, and again after a 401. */
  getToken: GetToken | null
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

/** Ids that one query takes. */
const QUERY_SIZE = 1_000
/** An id that can be in the BFF; one that cannot would spoil the query of all others. */
const ID = /^[^\s\p{Cc}]{1,64}$/u
/** From when on a page says that it is loading (ms): what is there sooner would only flicker. */
const SLOW_MS = 150
/** Shortest time between two refreshes by time or focus (ms). */
const CALM_MS = 1_000
/** How often the days since an expiry, and counts, are asked for again (ms). */
const HOURLY_MS = 3_600_000
/** A server's instant that differs this much (ms) is of a clock that was moved. */
const JUMP_MS = 5_000
/** How long a change may take (ms) from its instant until it can be read. */
const DOUBT_MS = 10_000
/** First and longest wait before a failed request is sent again (ms). */
const BACK_OFF_MS = { first: 1_000, longest: 60_000 }

const NOT_FOUND: ProblemBody = { code: 'device-not-found', status: 404 }

/** The state of one provider: what its BFF says of licences, devices and who is asking. Nothing in it is a guess; it
 * changes when the server says so. */
export class LicenseStore {
  options: StoreOptions = { baseUrl: '', locale: null, getToken: null, fetch: null, texts: null }
  readonly #news: StoreNews
  readonly #clock = new ServerClock()
  readonly #entries = new Entries((entry) => { this.#want(entry) })
  readonly #wanted = new Set<Entry>()
  readonly #tokens = new TokenSource((token) => this.#checkToken(token))
  readonly #client = new Client(() => this.#clientOptions((getToken, rejected) => this.#tokens.token(getToken, rejected)))
  readonly #refreshing = new Alarm(() => { this.#refreshDue() })
  readonly #waiting = new Alarm(() => { for (const { resource } of this.#entries.used) if (resource.state === 'loading') resource.wait() })
  readonly #retrying = new Alarm(() => { this.#retry() })
  readonly #optionListeners = new Set<() => void>()
  readonly #idle = new Set<() => void>()
  readonly #live = new Live((lastId, signal) => this.#client.events(lastId, signal), () => this.now(), {
    changed: (ids) => { this.#refetch(ids) }, hello: (changedAt, now) => { this.#catchUp(changedAt, now) },
  })
  #ready: Promise<void> | null = null
  #unsubscribe: (() => void) | null = null
  #flushing = false
  #workspace: string | null = null
  /** How many reminders are shown at most. */
  #notifications = NOTIFICATIONS
  /** Counts what makes earlier answers void. */
  #epoch = 0
  #requests = 0
  #pending = 0
  #failures = 0
  #signedOut = false
  #refreshedAt = Number.NEGATIVE_INFINITY
  #started = false
  /** By the page's own clock (ms). */
  #startedAt = 0

  constructor(news: StoreNews) {
    this.#news = news
  }

  /** Who is asking. */
  readonly me = this.#entries.get('me', '').resource

  /** A device's licence; asked for together with all others of the moment. */
  license(id: string): Resource<LicenseView> {
    return this.#entries.get('license', id).resource
  }

  /** A device with its name and serial number. */
  device(id: string): Resource<DeviceView> {
    return this.#entries.get('device', id).resource
  }

  /** A device's licence with its ledger. */
  ledger(id: string): Resource<LicenseWithLedger> {
    return this.#entries.get('ledger', id).resource
  }

  /** Counts of the workspace. */
  get summary(): Resource<Summary> {
    return this.#entries.get('summary', '').resource
  }

  /** The device that expires first of those that expire soon. */
  get soonest(): Resource<DevicePage> {
    return this.#entries.get('soonest', '').resource
  }

  /** The newest reminders that hold. */
  get notifications(): Resource<Notifications> {
    return this.#entries.get('notifications', '').resource
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
    if (before.baseUrl !== options.baseUrl || before.fetch !== options.fetch) {
      this.#tokens.forget()
      this.#forget()
    }
    else if (before.getToken !== options.getToken) this.#all()
  }

  /** Says what redeeming would do (R18). Throws a ProblemError. */
  preview(id: string, code: string): Promise<Preview> {
    return this.#act(() => this.#client.preview(id, code))
  }

  /** Redeems a voucher (R17); with the same key never twice. Throws a ProblemError. */
  redeem(id: string, code: string, key: string): Promise<Redeemed> {
    return this.#act(() => this.#client.redeem(id, code, key), ({ license }, request) => { this.#learn(license, null, request) })
  }

  /** Undoes the latest redemption (R20). Throws a ProblemError. */
  undo(id: string, key: string): Promise<Granted> {
    return this.#act(() => this.#client.undo(id, key), ({ license }, request) => { this.#learn(license, null, request) })
  }

  /** Starts the trial or grace of one device (R21, R25); with the same key never twice. Throws a ProblemError. */
  begin(kind: 'trial' | 'grace', id: string, key: string): Promise<Granted> {
    return this.#act(() => this.#client.start(kind, id, key), ({ license }, request) => { this.#learn(license, null, request) })
  }

  /** Starts grace on these devices, or on every one that can have it (R25). Throws a ProblemError. */
  startAllGrace(key: string, ids?: readonly string[]): Promise<GraceStarted> {
    return this.#act(() => this.#client.startAllGrace(key, ids), ({ items }, request) => {
      this.#wantCounts()
      for (const { license } of items) if (license !== undefined) this.#learn(license, null, request)
    })
  }

  /** Says whether a device is to be renewed (R26). Throws a ProblemError. */
  setRenewal(id: string, planned: boolean, key: string): Promise<DeviceView> {
    return this.#act(() => this.#client.setRenewal(id, planned, key), (device, request) => { this.#learnDevice(device, request) })
  }

  /** Asks for more reminders, as many again as at first. */
  async moreNotifications(): Promise<void> {
    this.#notifications += NOTIFICATIONS
    this.#wantCounts()
    await this.settled()
  }

  /** Says that the person has read a reminder, or all up to one. Throws a ProblemError. */
  readNotifications(id: string, which: 'one' | 'through'): Promise<unknown> {
    return this.#act(() => (which === 'one' ? this.#client.readNotification(id) : this.#client.readNotifications(id)), () => { this.#wantCounts() })
  }

  /** Keeps a warning away for some days (R29). Throws a ProblemError. */
  snooze(alert: Alert, key: string): Promise<{ until: string }> {
    return this.#act(() => this.#client.snooze(alert, key), () => { this.#wantCounts() })
  }

  /** The last day of a licence as a file for calendars. Throws a ProblemError. */
  calendar(id: string, language: string): Promise<string> {
    return this.#act(() => this.#client.calendar(id, language))
  }

  /** Makes a link for calendar programs that shows the last day of a device (R29). Throws a ProblemError. */
  makeCalendarLink(id: string, language: string, key: string): Promise<CalendarLink> {
    return this.#act(() => this.#client.makeCalendarLink(id, language, key))
  }

  /** Revokes such a link. Throws a ProblemError. */
  revokeCalendarLink(id: string, key: string): Promise<unknown> {
    return this.#act(() => this.#client.revokeCalendarLink(id, key))
  }

  /** Adds a device (R30). Throws a ProblemError. */
  addDevice(device: NewDevice, key: string): Promise<DeviceView> {
    return this.#act(() => this.#client.addDevice(device, key), (added, request) => { this.#learnDevice(added, request) })
  }

  /** Up to `count` devices of the old platform that cannot have grace, by reason. Throws a ProblemError. */
  notEligible(count: number): Promise<Map<GraceReason, DeviceView[]>> {
    return this.#act(() => findNotEligible(this.#client, count))
  }

  /** Devices by their ids, in that order; unknown ones are left out. Throws a ProblemError. */
  findDevices(ids: readonly string[]): Promise<DeviceView[]> {
    return this.#act(() => findDevices(this.#client, ids))
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
    this.#startedAt = performance.now()
    this.#ready ??= pageReady()
    this.#unsubscribe ??= onReturn(this.#wake)
    this.#all()
    this.#soon()
  }

  /** Stops asking; what is known stays. */
  stop(): void {
    this.#started = false
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#live.stop()
    for (const alarm of [this.#refreshing, this.#retrying, this.#waiting]) alarm.stop()
    this.#tellIdle()
  }

  readonly #wake = (): void => {
    if (document.visibilityState === 'visible' && performance.now() - this.#refreshedAt > CALM_MS) this.#all()
  }

  #all(): void {
    this.#refreshedAt = performance.now()
    for (const entry of this.#entries.used) this.#want(entry)
  }

  /** Asks again for what is shown of these devices, and counts them; null = for everything. */
  #refetch(ids: readonly string[] | null): void {
    if (ids === null) {
      this.#all()
      return
    }
    const changed = new Set(ids)
    for (const entry of this.#entries.used) if (isCount(entry.kind) || (isOfDevice(entry.kind) && changed.has(entry.id))) this.#want(entry)
  }

  /** Asks again for what may be from before the workspace changed last, or for everything if the clock was moved. */
  #catchUp(changedAt: string | null, now: string): void {
    // Before the first answer this computer's own clock says nothing about the server's.
    if (!this.#clock.isSet) this.#clock.set(now)
    const moved = Math.abs(Date.parse(now) - this.now()) > JUMP_MS
    if (moved) this.#all()
    else if (changedAt !== null) {
      const latest = Date.parse(changedAt) + DOUBT_MS
      const started = this.now() - (performance.now() - this.#startedAt)
      for (const entry of this.#entries.used) if ((entry.resource.value === null ? started : entry.resource.at) <= latest) this.#want(entry)
    }
  }

  /** Forgets everything, also what is under way. */
  #forget(): void {
    this.#epoch += 1
    this.#live.stop()
    this.#workspace = null
    this.#notifications = NOTIFICATIONS
    this.#entries.clear()
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
      if (isOfDevice(entry.kind) && !ID.test(entry.id)) entry.resource.fail(NOT_FOUND, true)
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
  #load(entries: readonly Entry[], load: () => Promise<(request: number) => void>): void {
    const epoch = this.#epoch
    const request = this.#requests += 1
    this.#pending += 1
    load().then((take) => {
      if (epoch !== this.#epoch) return
      this.#failures = 0
      this.#signedOut = false
      take(request)
    }, (error: unknown) => {
      if (epoch === this.#epoch) this.#failed(entries, problemOf(error))
    }).finally(() => {
      this.#pending -= 1
      this.#schedule()
      this.#tellIdle()
    })
  }

  async #loadOne(entry: Entry): Promise<(request: number) => void> {
    const { kind, id, resource } = entry
    if (kind === 'me') {
      const me = await this.#client.me()
      return () => { this.#identify(me) }
    }
    if (isCount(kind)) {
      const value = await this.#count(kind)
      return (request) => {
        if (request < entry.request) return
        entry.request = request
        if ('now' in value && value.now !== undefined) this.#clock.set(value.now)
        ;(resource as Resource<typeof value>).set(value, this.now())
      }
    }
    const value = kind === 'device' ? await this.#client.device(id) : await this.#client.ledger(id)
    const license = 'license' in value ? value.license : withoutLedger(value)
    return (request) => {
      if (request < entry.request) return
      entry.request = request
      this.#clock.set(license.now)
      ;(resource as Resource<DeviceView | LicenseWithLedger>).set(value, this.now())
      this.#learn(license, kind, request)
    }
  }

  #count(kind: keyof Values): Promise<Summary | DevicePage | Notifications> {
    if (kind === 'notifications') return findNotifications(this.#client, this.#notifications)
    return kind === 'summary' ? this.#client.summary() : this.#client.soonest()
  }

  async #loadLicenses(entries: readonly Entry<'license'>[]): Promise<(request: number) => void> {
    const { items } = await this.#client.licenses(entries.map(({ id }) => id))
    const found = new Map(items.map((license) => [license.deviceId, license]))
    return (request) => {
      for (const { id, resource } of entries) {
        const license = found.get(id)
        if (license === undefined) resource.fail(NOT_FOUND, true)
        else this.#learn(license, 'license', request)
      }
    }
  }

  /** Takes a licence from an answer of any kind, and asks again for what else shows it if it changed. */
  #learn(license: LicenseView, from: keyof Values | null, request: number): void {
    const id = license.deviceId
    const known = this.#entries.find('license', id)
    if (known !== null && request < known.request) return
    this.#clock.set(license.now)
    const before = known?.resource.value ?? null
    if (known !== null) known.request = request
    known?.resource.set(license, this.now())
    if (from !== null && (before === null || fingerprint(before) === fingerprint(license))) return
    for (const kind of ['device', 'ledger'] as const) {
      const other = this.#entries.find(kind, id)
      if (other?.resource.used === true && kind !== from) this.#want(other as unknown as Entry)
    }
    this.#wantCounts()
    this.#news.changed(license)
  }

  #learnDevice(device: DeviceView, request: number): void {
    const known = this.#entries.find('device', device.id)
    if (known !== null && request >= known.request) {
      known.request = request
      known.resource.set(device, this.now())
    }
    this.#learn(device.license, null, request)
    this.#wantCounts()
  }

  /** Asks again for what counts devices, where it is shown. */
  #wantCounts(): void {
    for (const entry of this.#entries.used) if (isCount(entry.kind)) this.#want(entry)
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
    for (const entry of this.#entries.used) if (entry.resource.problem !== null) this.#want(entry)
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
    return this.#entries.used.flatMap((entry) => {
      if (isCount(entry.kind) && entry.resource.value !== null && entry.resource.problem === null) {
        const { at } = entry.resource
        return [{ entry, at: Math.min(at + HOURLY_MS, nextMidnight(at, this.me.value?.workspace.timeZone ?? 'UTC')) }]
      }
      const value = entry.kind === 'license' || entry.kind === 'ledger' ? entry.resource.value as LicenseView | null : null
      if (value === null || entry.resource.problem !== null) return []
      if (value.refreshAt !== null) return [{ entry, at: Date.parse(value.refreshAt) }]
      return value.status === 'expired' ? [{ entry, at: entry.resource.at + HOURLY_MS }] : []
    })
  }

  /** Runs what a person asked for. */
  async #act<T>(ask: () => Promise<T>, take?: (answer: T, request: number) => void): Promise<T> {
    const epoch = this.#epoch
    this.#pending += 1
    try {
      const answer = await ask()
      // Counted when it is answered: what was asked before may not know of it.
      if (epoch === this.#epoch) take?.(answer, this.#requests += 1)
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

  #clientOptions(token: (getToken: GetToken, rejected: string | null) => Promise<string>): ClientOptions {
    const { baseUrl, fetch, getToken } = this.options
    return { baseUrl, fetch, token: getToken === null ? null : (rejected) => token(getToken, rejected) }
  }

  /** Whether a fresh token is of the workspace that is shown; of another one, that is shown from now on. */
  async #checkToken(token: string): Promise<boolean> {
    if (this.#workspace === null) return true
    const epoch = this.#epoch
    this.#identify(await new Client(() => this.#clientOptions(async () => token)).me())
    return epoch === this.#epoch
  }

  /** Another workspace's token clears everything. */
  #identify(me: Me): void {
    if (this.#workspace !== null && this.#workspace !== me.workspace.id) this.#forget()
    this.#workspace = me.workspace.id
    this.me.set(me, this.now())
    if (this.#started) this.#live.start(`${new URL(this.options.baseUrl, document.baseURI).href} ${me.workspace.id}`)
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

import type { ProblemCode } from '../../http/problem.ts'
import { PROBLEMS } from '../../http/problem.ts'
import type { WhenDown } from '../../policy.ts'
import type { Decision, Question } from '../decision.ts'
import { CHANGES_AT, NOW, WHEN_DOWN, readWhenDown } from '../headers.ts'
import { Leases } from '../leases.ts'
import type { Licenses } from '../licenses.ts'
import { ChangeStreams } from './streams.ts'

const HOUR_MS = 3_600_000
/** After a failure nobody is asked for this long (ms): who waits for each answer would be down as well. */
const REST_MS = 1_000
/** How often what runs is looked at where no changes are told of (ms). */
const LOOK_MS = 1_000
/** Ids that one query takes. */
const QUERY_SIZE = 1_000

/** How a host's server reaches the BFF. */
export interface ConnectOptions {
  /** Its address, such as `https://licenses.example`. */
  url: string
  /** An API key: of the role `gateway`, where questions name their workspace, or of a workspace. */
  key: string
  /** What asks; the runtime's own if left out. */
  fetch?: typeof fetch
  /** How long an answer may take (ms); 2,000 if left out. */
  timeoutMs?: number
  /** Devices whose decisions are kept; 10,000 if left out, about 500 bytes each. */
  capacity?: number
  /** What becomes of features while the BFF cannot be asked, where the host knows it before its first answer. */
  whenDown?: Readonly<Record<string, WhenDown>>
}

interface Entry {
  decision: Decision
  /** By the clock of the BFF (ms); null = never. */
  changesAt: number | null
  at: number
  /** Of the stream of its workspace; -1 = has to be asked again. */
  epoch: number
}

/** Connects a host's server with a BFF that runs elsewhere. Decisions that are open are kept as long as changes are told of, and never past
 * the next change by time; closed ones are asked for each time. */
export function connectLicenses(options: ConnectOptions): Licenses {
  return new RemoteLicenses(options)
}

class RemoteLicenses implements Licenses {
  readonly leases: Leases
  readonly #options: ConnectOptions
  readonly #devices = new Map<string, Map<string, Entry>>()
  readonly #asking = new Map<string, Promise<Decision>>()
  readonly #whenDown = new Map<string, WhenDown>()
  readonly #streams: ChangeStreams
  /** The BFF's clock against ours (ms). */
  #offset = 0
  #downUntil = 0

  constructor(options: ConnectOptions) {
    if (!URL.canParse(options.url)) throw new TypeError(`${options.url} is no address of a BFF`)
    this.#options = { ...options, url: options.url.replace(/\/+$/, '') }
    this.#streams = new ChangeStreams(
      (workspace, signal) => this.#fetch(`/v1/events${queryOf(workspace)}`, { signal, headers: { accept: 'text/event-stream' } }),
      (workspace, deviceIds) => { this.#forget(workspace, deviceIds) },
    )
    this.leases = new Leases({ decide: (question) => this.#askNow(question), watch: (workspace, changed) => this.#watch(workspace, changed), now: () => this.#now() })
  }

  async decide(question: Question): Promise<Decision> {
    const stream = this.#streams.of(question.workspace)
    const entry = this.#entry(question)
    if (entry !== undefined && stream?.live === true && entry.epoch === stream.epoch && this.#now() < (entry.changesAt ?? Number.POSITIVE_INFINITY)) {
      return { ...entry.decision, source: 'cache' }
    }
    return this.#ask(question)
  }

  async licensed({ workspace, deviceIds, feature }: Parameters<Licenses['licensed']>[0]): Promise<{ deviceIds: string[]; leftOut: number }> {
    const open: string[] = []
    const closed: string[] = []
    for (let first = 0; first < deviceIds.length; first += QUERY_SIZE) {
      const response = await this.#fetch(`/v1/licenses/query${queryOf(workspace)}`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ deviceIds: deviceIds.slice(first, first + QUERY_SIZE) }), signal: this.#patience(),
      })
      if (!response.ok) throw new Error(`the BFF answered ${response.status} to a question about many devices`)
      const { items } = await response.json() as { items: { deviceId: string; features: string[] }[] }
      for (const item of items) (item.features.includes(feature) ? open : closed).push(item.deviceId)
    }
    const [one] = closed
    if (one !== undefined) {
      // What the policy only reports is open for all of them; a feature that is not known, for none.
      const { allowed, code } = await this.#ask({ workspace, deviceId: one, feature })
      if (code === 'feature-not-found') throw new Error(`the BFF knows no feature ${feature}`)
      if (allowed) return { deviceIds: deviceIds.filter((id) => open.includes(id) || closed.includes(id)), leftOut: deviceIds.length - open.length - closed.length }
    }
    return { deviceIds: open, leftOut: deviceIds.length - open.length }
  }

  close(): void {
    this.#streams.end()
    this.leases.end()
  }

  #now(): number {
    return Date.now() + this.#offset
  }

  #patience(): AbortSignal {
    return AbortSignal.timeout(this.#options.timeoutMs ?? 2_000)
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    const { url, key, fetch: own = fetch } = this.#options
    return own(url + path, { ...init, redirect: 'error', headers: { accept: 'application/json', ...init.headers as Record<string, string>, authorization: `Bearer ${key}` } })
  }

  #entry({ workspace, deviceId, feature }: Question): Entry | undefined {
    return this.#devices.get(deviceKey(workspace, deviceId))?.get(feature)
  }

  /** Asks the BFF; the same question that is under way is not asked twice. */
  #ask(question: Question): Promise<Decision> {
    const key = JSON.stringify(question)
    const running = this.#asking.get(key)
    if (running !== undefined) return running
    const asked = this.#askNow(question).finally(() => { this.#asking.delete(key) })
    this.#asking.set(key, asked)
    return asked
  }

  async #askNow(question: Question): Promise<Decision> {
    const { workspace, deviceId, feature } = question
    if (Date.now() < this.#downUntil) return this.#fallback(question, 'upstream-failed')
    const stream = this.#streams.of(workspace)
    const before = stream?.live === true ? stream.changes : null
    const sentAt = Date.now()
    let response
    let body: unknown
    try {
      response = await this.#fetch(`/v1/devices/${encodeURIComponent(deviceId)}/features/${encodeURIComponent(feature)}${queryOf(workspace)}`, { signal: this.#patience() })
      body = await response.json()
    } catch (error) {
      return this.#down(question, error instanceof DOMException && error.name === 'TimeoutError' ? 'upstream-timeout' : 'upstream-failed')
    }
    if (response.status >= 500 || response.status === 429) return this.#down(question, 'upstream-failed')
    if (!response.ok || !isDecision(body)) {
      this.#forget(workspace, [deviceId], true)
      const { code } = (body ?? {}) as { code?: unknown }
      return { allowed: false, code: isProblem(code) ? code : 'upstream-failed', until: null, remedy: null, source: 'live' }
    }
    const now = Date.parse(response.headers.get(NOW) ?? '')
    if (!Number.isNaN(now)) this.#offset = now - (sentAt + Date.now()) / 2
    this.#whenDown.set(feature, readWhenDown(response.headers.get(WHEN_DOWN)))
    const decision: Decision = { allowed: body.allowed, code: body.code, until: body.until, remedy: body.remedy, source: body.source }
    if (!decision.allowed) this.#forget(workspace, [deviceId], true)
    else if (decision.source !== 'fallback') {
      const changesAt = response.headers.get(CHANGES_AT)
      const same = stream !== null && stream.live && stream.changes === before
      this.#keep(question, { decision, changesAt: changesAt === null ? null : Date.parse(changesAt), at: this.#now(), epoch: same ? stream.epoch : -1 })
    }
    return decision
  }

  #down(question: Question, code: 'upstream-failed' | 'upstream-timeout'): Decision {
    this.#downUntil = Date.now() + REST_MS
    return this.#fallback(question, code)
  }

  #fallback(question: Question, code: ProblemCode): Decision {
    const policy = this.#options.whenDown?.[question.feature] ?? this.#whenDown.get(question.feature) ?? 'closed'
    const entry = this.#entry(question)
    const now = this.#now()
    const stands = entry !== undefined && (entry.decision.until === null || now < Date.parse(entry.decision.until))
    if (policy === 'open') return { ...(stands ? entry.decision : { code, until: null, remedy: null }), allowed: true, source: 'fallback' }
    if (policy !== 'closed' && stands && now - entry.at <= policy.lastKnownHours * HOUR_MS) return { ...entry.decision, source: 'fallback' }
    return { allowed: false, code, until: null, remedy: null, source: 'fallback' }
  }

  #keep({ workspace, deviceId, feature }: Question, entry: Entry): void {
    const key = deviceKey(workspace, deviceId)
    const entries = this.#devices.get(key) ?? new Map<string, Entry>()
    entries.set(feature, entry)
    // Set anew at the end, so that the one that was learned longest ago goes first.
    this.#devices.delete(key)
    this.#devices.set(key, entries)
    if (this.#devices.size > (this.#options.capacity ?? 10_000)) this.#devices.delete(this.#devices.keys().next().value ?? '')
  }

  /** Has these devices asked about again; `wholly` where the BFF has refused: then nothing of before counts any more. */
  #forget(workspace: string | null, deviceIds: readonly string[] | null, wholly = false): void {
    // Of any device: the epoch of the stream says so.
    for (const id of deviceIds ?? []) {
      const key = deviceKey(workspace, id)
      if (wholly) this.#devices.delete(key)
      else for (const entry of this.#devices.get(key)?.values() ?? []) entry.epoch = -1
    }
  }

  #watch(workspace: string | null, changed: (deviceIds: readonly string[] | null) => void): () => void {
    const stream = this.#streams.of(workspace, true)
    const end = stream?.listen(changed)
    const look = setInterval(() => { if (stream?.live !== true && Date.now() >= this.#downUntil) changed(null) }, LOOK_MS)
    ;(look as { unref?: () => unknown }).unref?.()
    return () => {
      end?.()
      clearInterval(look)
    }
  }
}

function deviceKey(workspace: string | null, deviceId: string): string {
  return `${workspace ?? ''}\n${deviceId}`
}

function queryOf(workspace: string | null): string {
  return workspace === null ? '' : `?workspace=${encodeURIComponent(workspace)}`
}

function isProblem(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code)
}

/** Whether an answer is a decision: of a wrong address there may come anything, and that opens nothing. */
function isDecision(body: unknown): body is Decision {
  const { allowed, code, until, remedy, source } = (body ?? {}) as Partial<Decision>
  return typeof allowed === 'boolean' && typeof code === 'string' && remedy !== undefined && typeof source === 'string'
    && (until === null || (typeof until === 'string' && !Number.isNaN(Date.parse(until))))
}

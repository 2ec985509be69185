import type { Decision } from '../../bff/enforcement/decision.ts'
import type { DeviceView } from '../../bff/ledger/view.ts'
import type { Status } from '../../bff/rules/lists.ts'
import { eventParser } from '../../components/shared/event-parser.ts'
import type { Feature } from './areas.ts'

/** `GET /v1/me`, as far as the portal uses it. */
export interface Me {
  workspace: { name: string; timeZone: string }
  roles: readonly string[]
  policy: { memberAddsDevices: boolean }
}

/** `GET /v1/summary`, as far as the portal uses it. */
export interface Summary {
  total: number
  byStatus: Record<Status, number>
  alerts: Record<Alert, number>
}

/** The warnings of a workspace. */
export const ALERTS = ['expired', 'expiring', 'grace'] as const
export type Alert = (typeof ALERTS)[number]

/** One page of `GET /v1/devices`. */
export interface DevicePage {
  items: readonly DeviceView[]
  nextCursor: string | null
}

/** What the server refused, by the code of its problem; `unreachable` where no answer came. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number) {
    super(`${status} ${code}`)
    this.code = code
    this.status = status
  }
}

/** The portal's own requests. Every method throws a Refusal. */
export class Api {
  readonly #token: () => string | null

  /** `token` answers the bearer token of who is signed in; null where cookies, or in the demo nothing, are enough. */
  constructor(token: () => string | null) {
    this.#token = token
  }

  me(): Promise<Me> {
    return this.#ask('/v1/me')
  }

  summary(): Promise<Summary> {
    return this.#ask('/v1/summary')
  }

  devices(query: Readonly<Record<string, string>>): Promise<DevicePage> {
    return this.#ask(`/v1/devices?${new URLSearchParams(query)}`)
  }

  device(id: string): Promise<DeviceView> {
    return this.#ask(`/v1/devices/${encodeURIComponent(id)}`)
  }

  feature(id: string, feature: string): Promise<Decision> {
    return this.#ask(`/v1/devices/${encodeURIComponent(id)}/features/${feature}`)
  }

  /** Asks the maker's server behind the gate of a feature; posts where there is a body. */
  behind<T>(id: string, feature: Feature, rest = '', body?: object): Promise<T> {
    return this.#ask(gateOf(id, feature) + rest, body)
  }

  /** Reads events behind the gate of a feature until they end. EventSource could not: it sends no bearer token. */
  async events(
    id: string, feature: Feature, rest: string, { signal, onEvent }: { signal: AbortSignal; onEvent: (event: string | undefined, data: string) => void },
  ): Promise<void> {
    const response = await this.#send(gateOf(id, feature) + rest, { signal, accept: 'text/event-stream' })
    if (!response.ok) throw await refusalOf(response)
    const read = eventParser(({ event, data }) => { onEvent(event, data) })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader?.read().catch(() => { throw new Refusal('unreachable', 0) }) ?? { done: true, value: undefined }
      if (done) return
      read(value ?? '')
    }
  }

  /** Moves the clock of the demo by days, to an instant, or by nothing back to real time; answers where it stands (ms). */
  async moveClock(move: { addDays?: number; now?: string }): Promise<number> {
    const { now } = await this.#ask<{ now: string }>('/demo/clock', move)
    return Date.parse(now)
  }

  async #ask<T>(path: string, body?: object): Promise<T> {
    const response = await this.#send(path, { body })
    if (!response.ok) throw await refusalOf(response)
    const answer = await response.json().catch(() => null) as T | null
    if (answer === null) throw new Refusal('unreachable', response.status)
    return answer
  }

  async #send(path: string, { body, signal = null, accept = 'application/json' }: { body?: object | undefined; signal?: AbortSignal | null; accept?: string }): Promise<Response> {
    const token = this.#token()
    const headers = new Headers({ accept })
    if (token !== null) headers.set('authorization', `Bearer ${token}`)
    if (body !== undefined) headers.set('content-type', 'application/json')
    return fetch(path, { headers, signal, cache: 'no-store', ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) })
      .catch(() => { throw new Refusal('unreachable', 0) })
  }
}

/** The address of the gate in front of a feature's data. */
function gateOf(id: string, feature: Feature): string {
  return `/v1/devices/${encodeURIComponent(id)}/proxy/${feature}`
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem = await response.json().catch(() => null) as { code?: string } | null
  return new Refusal(problem?.code ?? 'unreachable', response.status)
}

import type { DeviceView } from '../../bff/ledger/view.ts'
import type { Action, Kind, Status } from '../../bff/rules/lists.ts'

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

/** `GET /v1/devices/{id}/features/{feature}`. */
export interface Decision {
  allowed: boolean
  code: Status
  until: string | null
  remedy: Action | null
  source: Kind | null
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

  /** Moves the clock of the demo by days, to an instant, or by nothing back to real time; answers where it stands (ms). */
  async moveClock(move: { addDays?: number; now?: string }): Promise<number> {
    const { now } = await this.#ask<{ now: string }>('/demo/clock', move)
    return Date.parse(now)
  }

  async #ask<T>(path: string, body?: object): Promise<T> {
    const token = this.#token()
    const headers = new Headers({ accept: 'application/json' })
    if (token !== null) headers.set('authorization', `Bearer ${token}`)
    if (body !== undefined) headers.set('content-type', 'application/json')
    const response = await fetch(path, { headers, cache: 'no-store', ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) })
      .catch(() => { throw new Refusal('unreachable', 0) })
    const answer = await response.json().catch(() => null) as T & { code?: string } | null
    if (!response.ok || answer === null) throw new Refusal(answer?.code ?? 'unreachable', response.status)
    return answer
  }
}

import type { Bff } from '../../../index.ts'
import { Problem, type ProblemCode, type ProblemFields, PROBLEMS } from '../../../http/problem.ts'
import type { DeviceView, GrantView, LicenseView } from '../../../ledger/view.ts'
import { type Status, VOUCHER_REFUSALS } from '../../../rules/lists.ts'
import type { Preview, Redeemed } from '../../../vouchers/redeem.ts'

/** How to reach somebody. */
export interface ContactCard {
  name?: string
  email?: string
  phone?: string
  hours?: string
  url?: string
}

/** `GET /v1/me`, as far as the portal uses it. */
export interface Me {
  person: { id: string } | null
  workspace: { id: string; name: string; timeZone: string }
  contact: { sales: ContactCard; support: ContactCard }
  policy: { expiringWithinDays: number; undoDays: number; features: readonly { id: string }[] }
}

/** `GET /v1/summary`, as far as the portal uses it. */
export interface Summary {
  total: number
  byStatus: Record<Status, number>
  alerts: { expired: number; expiring: number }
}

/** One page of `GET /v1/devices`. */
export interface DevicePage {
  items: readonly DeviceView[]
  nextCursor: string | null
}

/** A licence with everything that ever happened to it. */
export type LicenseWithLedger = LicenseView & { ledger: readonly GrantView[] }

/** The HTTP API as one person may use it: the client that a host's server would write. */
export class PortalApi {
  readonly #bff: Bff
  readonly #credentials: Record<string, string>

  /** Asks with the Authorization header of the person's own request. */
  constructor(bff: Bff, authorization: string | null) {
    this.#bff = bff
    this.#credentials = authorization === null ? {} : { authorization }
  }

  /** Asks, and throws what is refused. */
  async #ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const response = await this.#bff.fetch(new Request(`http://localhost${path}`, {
      method, headers: { ...this.#credentials, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }))
    const answer: unknown = await response.json()
    if (response.ok) return answer as T
    throw problemOf(answer as { code: string; detail: string } & ProblemFields)
  }

  me(): Promise<Me> {
    return this.#ask('GET', '/v1/me')
  }

  summary(): Promise<Summary> {
    return this.#ask('GET', '/v1/summary')
  }

  devices(query: Readonly<Record<string, string>>): Promise<DevicePage> {
    return this.#ask('GET', `/v1/devices?${new URLSearchParams(query)}`)
  }

  device(id: string): Promise<DeviceView> {
    return this.#ask('GET', `/v1/devices/${encodeURIComponent(id)}`)
  }

  license(id: string): Promise<LicenseWithLedger> {
    return this.#ask('GET', `/v1/devices/${encodeURIComponent(id)}/license`)
  }

  preview(id: string, code: string): Promise<Preview | Problem> {
    return refusalAsValue(this.#ask('POST', `/v1/devices/${encodeURIComponent(id)}/voucher/preview`, { code }))
  }

  redeem(id: string, code: string): Promise<Redeemed | Problem> {
    return refusalAsValue(this.#ask('POST', `/v1/devices/${encodeURIComponent(id)}/voucher`, { code }))
  }

  undo(id: string): Promise<{ license: LicenseView; grant: GrantView } | Problem> {
    return refusalAsValue(this.#ask('POST', `/v1/devices/${encodeURIComponent(id)}/undo`))
  }
}

/** What a person can do something about on the page itself. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...VOUCHER_REFUSALS, 'voucher-malformed', 'too-many-attempts', 'undo-not-possible', 'role-required',
])

async function refusalAsValue<T>(answer: Promise<T>): Promise<T | Problem> {
  return answer.catch((error: unknown) => {
    if (error instanceof Problem && REFUSALS.has(error.code)) return error
    throw error
  })
}

function problemOf({ code, detail, ...fields }: { code: string; detail: string } & ProblemFields): Problem {
  return Object.hasOwn(PROBLEMS, code) ? new Problem(code as ProblemCode, detail, fields) : new Problem('internal')
}

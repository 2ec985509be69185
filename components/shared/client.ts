import type { Alert, CalendarLink, DevicePage, DeviceView, GraceStarted, Granted, LicenseView, LicenseWithLedger, Me, NewDevice, Notifications, Preview, ProblemBody, Redeemed, Summary } from './wire.ts'

/** A request that was refused, or that nobody answered. */
export class ProblemError extends Error {
  readonly problem: ProblemBody

  constructor(problem: ProblemBody) {
    super(problem.code)
    this.problem = problem
  }
}

/** The refusal behind an error of whatever kind. */
export function problemOf(error: unknown): ProblemBody {
  return error instanceof ProblemError ? error.problem : UNREACHABLE
}

const UNREACHABLE: ProblemBody = { code: 'unreachable', status: 0 }

/** Longest wait for an answer (ms). */
const PATIENCE_MS = 30_000

const STREAM = 'text/event-stream'

/** How the client asks. */
export interface ClientOptions {
  /** Where the BFF is, without a slash at the end; empty = the page's own origin. */
  baseUrl: string
  fetch: typeof fetch | null
  /** A bearer token, another one than `rejected`; null = cookies go along instead. */
  token: ((rejected: string | null) => Promise<string>) | null
}

/** The one place that knows the addresses of the BFF. Every method throws a ProblemError. */
export class Client {
  readonly #options: () => ClientOptions

  constructor(options: () => ClientOptions) {
    this.#options = options
  }

  me(): Promise<Me> {
    return this.#ask('GET', '/v1/me')
  }

  device(id: string): Promise<DeviceView> {
    return this.#ask('GET', pathOf(id))
  }

  summary(): Promise<Summary> {
    return this.#ask('GET', '/v1/summary')
  }

  /** The device that expires first of those that expire soon. */
  soonest(): Promise<DevicePage> {
    return this.#ask('GET', '/v1/devices?alert=expiring&sort=expiresAt&limit=1')
  }

  devices(cursor: string | null): Promise<DevicePage> {
    return this.#ask('GET', `/v1/devices?limit=200${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
  }

  ledger(id: string): Promise<LicenseWithLedger> {
    return this.#ask('GET', pathOf(id, '/license'))
  }

  /** Up to 1,000 ids. */
  licenses(deviceIds: readonly string[]): Promise<{ items: LicenseView[]; unknown: string[] }> {
    return this.#ask('POST', '/v1/licenses/query', { deviceIds })
  }

  preview(id: string, code: string): Promise<Preview> {
    return this.#ask('POST', pathOf(id, '/voucher/preview'), { code })
  }

  /** `key`: the same key again never redeems twice. */
  redeem(id: string, code: string, key: string): Promise<Redeemed> {
    return this.#ask('POST', pathOf(id, '/voucher'), { code }, key)
  }

  undo(id: string, key: string): Promise<Granted> {
    return this.#ask('POST', pathOf(id, '/undo'), {}, key)
  }

  start(kind: 'trial' | 'grace', id: string, key: string): Promise<Granted> {
    return this.#ask('POST', pathOf(id, `/${kind}`), {}, key)
  }

  /** Without ids: on every device that can have it. */
  startAllGrace(key: string, deviceIds?: readonly string[]): Promise<GraceStarted> {
    return this.#ask('POST', '/v1/grace', deviceIds === undefined ? {} : { deviceIds }, key)
  }

  notifications(limit: number, cursor: string | null): Promise<Notifications> {
    return this.#ask('GET', `/v1/notifications?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
  }

  /** Says that one was read, also where the page is left at once. */
  readNotification(id: string): Promise<{ unread: number }> {
    return this.#ask('POST', `/v1/notifications/${encodeURIComponent(id)}/read`, {}, undefined, true)
  }

  /** Says that all up to that one were read. */
  readNotifications(through: string): Promise<{ unread: number }> {
    return this.#ask('POST', '/v1/notifications/read', { through })
  }

  setRenewal(id: string, planned: boolean, key: string): Promise<DeviceView> {
    return this.#ask('PUT', pathOf(id, '/renewal'), { planned }, key)
  }

  snooze(alert: Alert, key: string): Promise<{ kind: Alert; until: string }> {
    return this.#ask('POST', `/v1/alerts/${alert}/snooze`, {}, key)
  }

  addDevice(device: NewDevice, key: string): Promise<DeviceView> {
    return this.#ask('POST', '/v1/devices', device, key)
  }

  /** The last day of a licence as a file for calendars. */
  async calendar(id: string, language: string): Promise<string> {
    const response = await this.#send({ method: 'GET', path: pathOf(id, `/calendar?lang=${language}`), headers: { accept: 'text/calendar' }, signal: AbortSignal.timeout(PATIENCE_MS) })
    if (response.ok) return response.text()
    throw new ProblemError(toProblem(response.status, await answerOf(response)))
  }

  /** Its address is told once; the calendar speaks that language. */
  async makeCalendarLink(deviceId: string, language: string, key: string): Promise<CalendarLink> {
    const { id, url } = await this.#ask<CalendarLink>('POST', '/v1/calendar-links', { deviceId }, key)
    return { id, url: `${url}?lang=${language}` }
  }

  revokeCalendarLink(id: string, key: string): Promise<unknown> {
    return this.#ask('DELETE', `/v1/calendar-links/${encodeURIComponent(id)}`, undefined, key)
  }

  /** The stream of changes, after the event of that id. It lasts until `signal` ends it, or the BFF does. */
  async events(lastId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = { accept: STREAM, ...(lastId === null ? {} : { 'last-event-id': lastId }) }
    const response = await this.#send({ method: 'GET', path: '/v1/events', headers, signal })
    if (response.ok && response.body !== null && response.headers.get('content-type')?.startsWith(STREAM) === true) return response.body
    if (!response.ok) throw new ProblemError(toProblem(response.status, await answerOf(response)))
    // A page in place of the stream: there is none.
    void response.body?.cancel()
    throw new ProblemError({ ...UNREACHABLE, status: 404 })
  }

  async #ask<T>(method: string, path: string, body?: object, key?: string, keepalive = false): Promise<T> {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (key !== undefined) headers['idempotency-key'] = key
    const response = await this.#send({ method, path, headers, body: body === undefined ? null : JSON.stringify(body), keepalive, signal: AbortSignal.timeout(PATIENCE_MS) })
    const answer = await answerOf(response)
    if (response.ok) return answer as T
    throw new ProblemError(toProblem(response.status, answer))
  }

  async #send(request: Asked): Promise<Response> {
    const options = this.#options()
    const token = await tokenOf(options, null)
    const response = await send(options, request, token)
    return response.status === 401 && token !== null ? send(options, request, await tokenOf(options, token)) : response
  }
}

function pathOf(id: string, rest = ''): string {
  return `/v1/devices/${encodeURIComponent(id)}${rest}`
}

interface Asked {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | null
  /** Whether it goes on where the page is left. */
  keepalive?: boolean
  signal: AbortSignal
}

async function tokenOf({ token }: ClientOptions, rejected: string | null): Promise<string | null> {
  try {
    return await token?.(rejected) ?? null
  } catch (error) {
    throw new ProblemError(problemOf(error))
  }
}

async function send({ baseUrl, fetch: ownFetch }: ClientOptions, { path, headers, ...request }: Asked, token: string | null): Promise<Response> {
  try {
    return await (ownFetch ?? globalThis.fetch)(`${baseUrl}${path}`, {
      ...request, credentials: token === null ? 'include' : 'omit', cache: 'no-store',
      headers: { ...headers, 'x-requested-with': 'license-elements', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    })
  } catch {
    throw new ProblemError(UNREACHABLE)
  }
}

/** The JSON of an answer; of a wrong address there may come anything. */
async function answerOf(response: Response): Promise<unknown> {
  try {
    const answer: unknown = await response.json()
    if (typeof answer === 'object' && answer !== null) return answer
  } catch {
    // Told below.
  }
  throw new ProblemError({ ...UNREACHABLE, status: response.ok ? 0 : response.status })
}

function toProblem(status: number, answer: unknown): ProblemBody {
  const { code } = answer as { code?: unknown }
  return typeof code === 'string' ? { ...(answer as ProblemBody), status } : { ...UNREACHABLE, status }
}

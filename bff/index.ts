import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { auditRoutes } from './audit/audit.routes.ts'
import { calendarRoutes } from './calendar/calendar.routes.ts'
import { feedRoutes } from './calendar/feed.routes.ts'
import type { Database } from './db/database.ts'
import { migrationState } from './db/migrations.ts'
import { alertRoutes } from './devices/alerts.routes.ts'
import { deviceRoutes } from './devices/devices.routes.ts'
import { AUTHORIZE, authorizer, refused } from './enforcement/authorize.ts'
import { Decider, type Following, type Report } from './enforcement/decide.ts'
import { featureRoutes } from './enforcement/features.routes.ts'
import { gateRoutes } from './enforcement/gates.ts'
import { localLicenses, type Licenses } from './enforcement/licenses.ts'
import { isProxied, proxy } from './enforcement/proxy.ts'
import { graceRoutes } from './grace/grace.routes.ts'
import { grantRoutes } from './grants/grants.routes.ts'
import { type Connected, sentTarget, targetOf } from './http/connected.ts'
import type { ReadElements } from './http/elements.ts'
import type { Keyring } from './http/keyring.ts'
import { METRICS_KEY_LENGTH } from './http/metrics.ts'
import { MethodRouter } from './http/method-router.ts'
import { honoPath, mount } from './http/mount.ts'
import { openApi } from './http/openapi.ts'
import { checkOrigin } from './http/origin.ts'
import { Problem } from './http/problem.ts'
import { servePublic, type Site, siteRoutes } from './http/public.ts'
import type { Hooks, PublicRoute, Route } from './http/route.ts'
import { Traffic } from './http/traffic.ts'
import { whoIsAsking, type HostTokens, type WhoOptions } from './http/who.ts'
import { newId } from './ids.ts'
import { type BffPolicy, policyOf } from './policy.ts'
import { EventStreams, type StreamLimits } from './live/events.ts'
import { eventRoutes } from './live/events.routes.ts'
import { idly } from './idly.ts'
import { ChangeHub } from './live/hub.ts'
import { LegacyAsking } from './legacy/asking.ts'
import type { LegacySource } from './legacy/source.ts'
import { legacyRoutes } from './legacy/legacy.routes.ts'
import { notificationRoutes } from './reminders/notifications.routes.ts'
import { Reminders } from './reminders/reminders.ts'
import type { MailOptions } from './reminders/post.ts'
import { unsubscribeRoutes } from './reminders/unsubscribe.routes.ts'
import { trialRoutes } from './trial/trial.routes.ts'
import { VERSION } from './version.ts'
import { vendorVoucherRoutes } from './vouchers/vendor.routes.ts'
import { voucherRoutes } from './vouchers/vouchers.routes.ts'
import { webhookState } from './webhooks/deliveries.sql.ts'
import type { PostWebhook } from './webhooks/post.ts'
import { WebhookSender } from './webhooks/sender.ts'
import { webhookRoutes } from './webhooks/webhooks.routes.ts'
import { workspaceRoutes } from './workspaces/workspaces.routes.ts'

export type { Connection, Database, Trx } from './db/database.ts'
export { migrate, migrationState, NotOurDatabaseError } from './db/migrations.ts'
export { openSqlJs } from './db/wasm.ts'
export { hostKeysByUrl } from './http/host-keys.ts'
export type { Connected } from './http/connected.ts'
export { Keyring, SECRET_BYTES } from './http/keyring.ts'
export { Problem, type ProblemCode, PROBLEMS } from './http/problem.ts'
export { gateRoutes } from './enforcement/gates.ts'
export type { Decision, Question } from './enforcement/decision.ts'
export type { DecisionSource } from './rules/lists.ts'
export type { Report } from './enforcement/decide.ts'
export { httpLegacySource, type LegacyPerson, type LegacySource, type LegacySourceRecord } from './legacy/source.ts'
export type { HostIdentity, HostTokens, Principal } from './http/who.ts'
export type { MailOptions, Message, Posted, SendMail } from './reminders/post.ts'
export type { Ran, Reminders, ReminderState } from './reminders/reminders.ts'
export { type BffPolicy, PolicyError, type PolicyInput, policyOf } from './policy.ts'
export { VERSION } from './version.ts'
export { webhookState } from './webhooks/deliveries.sql.ts'
export type { PostWebhook, WebhookAnswer, WebhookRequest } from './webhooks/post.ts'

/** Every route under `/v1`, as it is mounted and documented. */
export const routes: readonly Route[] = [
  ...workspaceRoutes, ...alertRoutes, ...deviceRoutes, ...voucherRoutes, ...trialRoutes, ...graceRoutes, ...featureRoutes, ...vendorVoucherRoutes, ...grantRoutes,
  ...legacyRoutes, ...eventRoutes, ...calendarRoutes, ...notificationRoutes, ...webhookRoutes, ...auditRoutes,
]

/** Every route that is answered without asking who asks, as it is mounted and documented. */
export const publicRoutes: readonly PublicRoute<Site>[] = [...siteRoutes, ...feedRoutes, ...unsubscribeRoutes]

/** What a BFF is made of. */
export interface BffOptions {
  /** An open, migrated database. */
  database: Database
  /** Keys every hash and session. */
  keyring: Keyring
  /** The rules' numbers; the defaults if left out. */
  policy?: BffPolicy
  /** The clock, in ms since 1970 UTC. */
  now?: () => number
  /** How the host's own tokens are verified; left out = they are not accepted. */
  hostTokens?: HostTokens
  /** The host's own way to say who asks, before the Authorization header: cookies, say. */
  authenticate?: NonNullable<WhoOptions['authenticate']>
  /** Origins whose pages may ask, such as `https://portal.example`. */
  origins?: readonly string[]
  /** Is told of bugs: an instance id that the answer carries too, and the error. */
  onError?: (instance: string, error: unknown) => void
  /** A legacy platform that is asked for the records of people who are new (R23). */
  legacySource?: LegacySource
  checkSerial?: NonNullable<Hooks['checkSerial']>
  readCsv?: NonNullable<Hooks['readCsv']>
  /** How webhooks are sent; left out = they wait for a server that can. `webhookPoster` of `bff/node` in Node. */
  postWebhook?: PostWebhook
  /** Reads a file of the elements, `elements.js` or `elements.fr.js`, that is answered at its name; null = they were not built. `readElements` of `bff/node` in Node. */
  elements?: ReadElements
  /** How streams of changes are kept, where not as usual. */
  streams?: Partial<StreamLimits>
  /** Whether what a gateway at this address forwards may be believed; nobody's if left out. `trustedProxies` of `bff/node` in Node. */
  isTrustedProxy?: (address: string) => boolean
  /** Sends digests; left out = reminders are shown in the portal alone. `smtpMail` of `bff/node` in Node. */
  mail?: MailOptions
  /** The address that people reach the BFF by, for links outside of pages: needed where mail is sent; else the one that was asked if left out. */
  publicUrl?: string
  /** The bearer token that reads `/metrics`, 16 signs or more; left out = nobody does. */
  metricsKey?: string
  /** Is told of what would have been refused where the policy only reports. */
  onReport?: (report: Report) => void
}

/** A web-standard handler; `fetch` is the function itself, for runtimes that want an object. */
export interface Bff {
  (request: Request, connected?: Connected): Promise<Response>
  fetch: (request: Request, connected?: Connected) => Promise<Response>
  /** Decisions for gates of a host in this process (`licenseGate`). */
  licenses: Licenses
  /** Reminders: `run` does what is due, `start` has that done from now on. */
  reminders: Reminders
  /** Webhooks: `start` sends them in the background until the BFF is closed; `run` does one pass, what time alone makes happen and
   * then everything that is due, and throws what hindered it. */
  webhooks: Pick<WebhookSender, 'run' | 'start'>
  /** Ends what goes on between requests, so that a server can close: streams of changes, also those that begin later, questions to
   * a legacy platform, reminders and webhooks. */
  close: () => Promise<void>
}

/** Makes the BFF: a function from Request to Response, to be mounted anywhere. It opens and closes no database. */
export function createBff(options: BffOptions): Bff {
  const { database, keyring, policy = policyOf(), now = Date.now, metricsKey = null } = options
  if (metricsKey !== null && metricsKey.length < METRICS_KEY_LENGTH) throw new RangeError(`metricsKey needs ${METRICS_KEY_LENGTH} signs or more`)
  const app = new Hono({ strict: true, router: new MethodRouter() })
  const traffic = new Traffic()
  const hub = new ChangeHub(database, now)
  const live = new EventStreams(hub, options.streams)
  const decider = new Decider(database, policy, { report: options.onReport ?? null, follow: (workspace, changed) => follow(hub, workspace, changed) })
  const licenses = localLicenses(decider, (workspace, changed) => follow(hub, workspace, changed).end, now)
  const onError = (error: unknown): void => { options.onError?.(newId(now()), error) }
  const { legacySource } = options
  const asking = legacySource === undefined ? null : new LegacyAsking({
    database, source: legacySource, now, onError,
  })
  asking?.look()
  const webhooks = new WebhookSender({
    database, keyring, policy, now, post: options.postWebhook ?? null, onError,
  })
  const who = whoIsAsking({
    database, keyring, hostTokens: options.hostTokens ?? null, claims: policy.claims, authenticate: options.authenticate ?? null,
    askLegacy: asking === null ? null : () => { asking.look() },
  })
  const authorize = authorizer({ who, now, gates: decider, policy, isTrustedProxy: options.isTrustedProxy ?? (() => false) })
  const forward = proxy({ who, now, gates: decider, policy, leases: licenses.leases })
  app.use(traffic.count())
  app.use(checkOrigin(new Set(options.origins ?? [])))
  app.use(checkAddress)
  app.all('/v1/devices/:id/proxy/*', traffic.at('/v1/devices/{id}/proxy/{feature}/{path}'), async (c) => {
    const target = targetOf(c.req.raw, c.env as Connected)
    if (!isProxied(target)) throw new Problem('not-found')
    const { outgoing } = (c.env ?? {}) as Connected
    return forward(c.req.raw, target, outgoing === undefined ? null : () => { outgoing.destroy() })
  })
  const { mail = null, publicUrl } = options
  if (mail !== null && publicUrl === undefined) throw new RangeError('mail needs publicUrl: people stop it by a link')
  const reminders = new Reminders({
    database, keyring, policy, now, mail, publicUrl: publicUrl ?? '', onError,
  })
  mount(app, routes, {
    database, policy, keyring, now, who, live, traffic, gates: decider, publicUrl: options.publicUrl,
    hooks: { checkSerial: options.checkSerial ?? null, readCsv: options.readCsv ?? null, checkWebhook: options.postWebhook?.check ?? null, askLegacy: asking === null ? null : () => { asking.look() }, sendsMail: mail !== null },
  })
  servePublic(app, {
    database, now, policy, routes, publicRoutes, gateRoutes, document: openApiDocument, elements: options.elements, keyring,
    isReady: async () => (await migrationState(database.db)).missing.length === 0,
    traffic, metricsKey, progress: { reminders: async () => reminders.state(), deliveries: async () => webhookState(database.db, now()) },
  })
  app.notFound((c) => notFound(app, c.req.method, c.req.path).response())
  app.onError((error) => toProblem(error, options, now()).response())
  const asked = traffic.of(AUTHORIZE)
  const fetch = async (request: Request, connected?: Connected): Promise<Response> => {
    if (!isAuthorize(targetOf(request, connected))) return app.fetch(request, connected ?? {})
    const began = performance.now()
    const answer = await authorize(request, sentTarget(connected), connected?.incoming?.socket?.remoteAddress ?? null)
      .catch((error: unknown) => refused(toProblem(error, options, now()), null))
    asked.add(request.method, answer.status, performance.now() - began)
    return answer
  }
  return Object.assign(fetch, { fetch, licenses, reminders, webhooks, close: async () => {
    await reminders.end()
    live.end()
    licenses.close()
    decider.close()
    await Promise.all([asking?.end(), webhooks.end()])
  } })
}

let openApiMade: Record<string, unknown> | null = null

/** The OpenAPI document, the same for every BFF, made when it is first asked for: else it takes a fifth of a start. */
function openApiDocument(): Record<string, unknown> {
  return (openApiMade ??= openApi(routes, publicRoutes, gateRoutes, VERSION))
}

function isAuthorize(target: string): boolean {
  return target.startsWith(AUTHORIZE) && (target.length === AUTHORIZE.length || target[AUTHORIZE.length] === '/' || target[AUTHORIZE.length] === '?')
}

/** Calls back after changes, until it is told to end; a database that is away is asked again. */
function follow(hub: ChangeHub, workspace: string, changed: (deviceIds: readonly string[] | null) => void): Following {
  let end = (): void => { ended = true }
  let ended = false
  let following = false
  const begin = (): void => {
    hub.subscribe(workspace, ({ deviceIds }) => { changed(deviceIds) }).then((subscription) => {
      if (ended) subscription.end()
      else end = subscription.end
      following = true
      changed(null)
    }, () => { if (!ended) idly(setTimeout(begin, 1_000)) })
  }
  begin()
  return { end: () => { end() }, isCurrent: () => following && hub.isCurrent }
}

const checkAddress: Parameters<Hono['use']>[1] = (c, next) => {
  const { url } = c.req
  if (url.includes('%')) {
    let decoded
    try {
      decoded = decodeURIComponent(url)
    } catch {
      throw new Problem('invalid-encoding', 'The address is not valid UTF-8.')
    }
    if (decoded.includes('\0')) throw new Problem('invalid-encoding')
  }
  return next()
}

/** Nothing is here, or nothing for this method (RFC 9110 §15.5.6). */
function notFound(app: Hono, method: string, path: string): Problem {
  const allowed = new Set<string>()
  for (const { method: one, path: pattern } of app.routes) {
    if (one !== 'ALL' && matches(pattern, path)) allowed.add(one)
  }
  if (allowed.size === 0) return new Problem('not-found')
  if (allowed.has('GET')) allowed.add('HEAD')
  return new Problem('method-not-allowed', `${method.slice(0, 32)} is not for this address.`, {}, { allow: [...allowed].sort().join(', ') })
}

function matches(pattern: string, path: string): boolean {
  const wanted = honoPath(pattern).split('/')
  const given = path.split('/')
  return wanted.length === given.length && wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
}

/** Every error as a problem; what is none of ours is told by an instance id alone. */
function toProblem(error: unknown, { database, onError }: BffOptions, now: number): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) return new Problem(error.status === 400 ? 'invalid-json' : 'invalid-request')
  if (database.failure(error) === 'unavailable') return new Problem('storage-unavailable', undefined, {}, { 'retry-after': '1' })
  const instance = newId(now)
  onError?.(instance, error)
  return new Problem('internal', undefined, { instance })
}

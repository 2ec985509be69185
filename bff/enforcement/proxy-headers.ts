import type { Upstream } from '../policy.ts'
import { type Decision, isStatus, type Question } from './decision.ts'

/** Headers of one connection, not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/** What callers send that is not the upstream's: credentials of the BFF, and who the request came from. */
const NOT_FOR_UPSTREAM = new Set([
  ...HOP_BY_HOP, 'authorization', 'cookie', 'host', 'content-length', 'expect', 'accept-encoding', 'forwarded', 'via', 'x-real-ip', 'x-requested-with', 'origin', 'referer',
])

/** What an upstream answers that is not the caller's: cookies of another server, and rules for all of this one. */
const NOT_FOR_CALLER = new Set([
  ...HOP_BY_HOP, 'set-cookie', 'set-cookie2', 'clear-site-data', 'strict-transport-security', 'alt-svc', 'www-authenticate', 'authentication-info', 'service-worker-allowed', 'location',
  'content-encoding',
])

/** Names that a message adds to the headers of its connection. */
function connectionNames(headers: Headers): Set<string> {
  return new Set((headers.get('connection') ?? '').toLowerCase().split(',').map((name) => name.trim()))
}

/** The headers of a request as the upstream gets them, with its own, and with what was decided. */
export function requestHeaders(given: Headers, upstream: Upstream, { workspace, deviceId, feature }: Question, { code, until }: Decision, roles: readonly string[]): Headers {
  const headers = new Headers()
  const named = connectionNames(given)
  for (const [name, value] of given) {
    if (!NOT_FOR_UPSTREAM.has(name) && !named.has(name) && !/^(?:x-forwarded-|x-license-|x-original-|sec-fetch-|idempotency-)/.test(name)) headers.set(name, value)
  }
  // What is packed could not be handed on as it came.
  headers.set('accept-encoding', 'identity')
  headers.set('x-license-workspace', encodeURIComponent(workspace ?? ''))
  headers.set('x-license-device', encodeURIComponent(deviceId))
  headers.set('x-license-feature', feature)
  headers.set('x-license-roles', roles.join(','))
  if (isStatus(code)) headers.set('x-license-status', code)
  if (until !== null) headers.set('x-license-until', until)
  for (const [name, value] of Object.entries(upstream.headers)) headers.set(name, value)
  return headers
}

/** The headers of an answer as the caller gets them; null where it leads to an address that is not behind this gate. */
export function answerHeaders(answer: Response, base: string, own: string): Headers | null {
  const headers = new Headers()
  const named = connectionNames(answer.headers)
  const packed = answer.headers.has('content-encoding')
  for (const [name, value] of answer.headers) {
    if (NOT_FOR_CALLER.has(name) || named.has(name) || name.startsWith('access-control-') || (packed && name === 'content-length')) continue
    headers.append(name, value)
  }
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  // A page of another server does nothing under the name of this one.
  headers.set('content-security-policy', "default-src 'none'; sandbox")
  const location = answer.headers.get('location')
  if (location === null) return headers
  const target = URL.canParse(location, `${answer.url === '' ? base : answer.url}`) ? new URL(location, answer.url === '' ? base : answer.url).href : ''
  if (target !== base && !target.startsWith(`${base}/`) && !target.startsWith(`${base}?`)) return null
  headers.set('location', own + target.slice(base.length))
  return headers
}

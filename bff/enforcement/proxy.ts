import { Problem } from '../http/problem.ts'
import type { Gates } from '../http/route.ts'
import type { Principal } from '../http/who.ts'
import type { BffPolicy, Upstream } from '../policy.ts'
import { holds } from '../rules/view.ts'
import { type Decision, type Question, refusalOf } from './decision.ts'
import type { Lease, Leases } from './leases.ts'
import { isTricky, textOf } from './paths.ts'
import { answerHeaders, requestHeaders } from './proxy-headers.ts'
import { guarded } from './proxy-stream.ts'

/** What it takes to stand in front of the host's servers. */
export interface ProxyOptions {
  who: (request: Request, now: number) => Promise<Principal>
  now: () => number
  gates: Gates
  policy: BffPolicy
  leases: Leases
}

/** Addresses that are proxied. */
const PROXIED = /^\/v1\/devices\/([^/?]+)\/proxy\/([^/?]+)(\/[^?]*)?(\?.*)?$/

/** Whether an address is a proxied one. */
export function isProxied(target: string): boolean {
  return PROXIED.test(target)
}

/** Asks the host's server of a feature, which the policy names, as long as the licence opens the feature: streams both ways, and ends
 * what runs at the second at which it closes. Throws problems. */
export function proxy({ who, now: clock, gates, policy, leases }: ProxyOptions): (request: Request, target: string, breakOff: (() => void) | null) => Promise<Response> {
  return async (request, target, breakOff) => {
    const now = clock()
    const principal = await who(request, now)
    if (principal.workspace === null || !holds(principal.roles, 'viewer')) throw new Problem('role-required', 'This needs the role viewer.', { reason: 'viewer' })
    const { question, rest } = read(target, principal.workspace)
    const decision = await gates.decide(question, principal.roles, now)
    if (!decision.allowed) throw refusalOf(decision)
    const upstream = Object.hasOwn(policy.upstreams, question.feature) ? policy.upstreams[question.feature] : undefined
    if (upstream === undefined) throw new Problem('not-found', 'No server of the host stands behind this feature.')
    const lease = leases.hold(question, decision)
    try {
      return await forward(request, { upstream, question, decision, roles: principal.roles, rest, lease, breakOff })
    } catch (error) {
      lease.leave()
      throw error
    }
  }
}

function read(target: string, workspace: string): { question: Question & { workspace: string }; rest: string } {
  const [, device = '', feature = '', path = '', query = ''] = PROXIED.exec(target) ?? []
  const [deviceId, id] = [textOf(device), textOf(feature)]
  if (isTricky(`/${device}/${feature}${path}`) || deviceId === null || id === null) throw new Problem('invalid-request', 'The address can be read in more than one way.')
  return { question: { workspace, deviceId, feature: id }, rest: path + query }
}

interface Forwarded {
  upstream: Upstream
  question: Question & { workspace: string }
  decision: Decision
  roles: readonly string[]
  rest: string
  lease: Lease
  breakOff: (() => void) | null
}

async function forward(request: Request, { upstream, question, decision, roles, rest, lease, breakOff }: Forwarded): Promise<Response> {
  const base = addressOf(upstream, question)
  const slow = new AbortController()
  const timer = setTimeout(() => { slow.abort() }, upstream.timeoutSeconds * 1_000)
  const gone = new AbortController()
  const hasBody = request.body !== null && request.method !== 'GET' && request.method !== 'HEAD'
  let answer
  try {
    answer = await fetch(base + rest, {
      method: request.method, redirect: 'manual', cache: 'no-store',
      headers: requestHeaders(request.headers, upstream, question, decision, roles),
      signal: AbortSignal.any([lease.signal, request.signal, slow.signal, gone.signal]),
      ...(hasBody ? { body: request.body, duplex: 'half' } : {}),
    })
  } catch {
    if (lease.signal.aborted) throw closedMeanwhile(lease)
    if (slow.signal.aborted) throw new Problem('upstream-timeout')
    throw new Problem('upstream-failed')
  } finally {
    clearTimeout(timer)
  }
  const headers = answerHeaders(answer, base, `/v1/devices/${encodeURIComponent(question.deviceId)}/proxy/${question.feature}`)
  if (headers === null) {
    gone.abort()
    throw new Problem('upstream-failed', 'The system behind leads to another address.')
  }
  const body = guarded(answer, { lease, idleMs: upstream.idleSeconds * 1_000, stop: () => { gone.abort() }, breakOff })
  return new Response(body, { status: answer.status, statusText: answer.statusText, headers })
}

/** The address of a server with what it is asked about in its path, without a slash at the end. */
function addressOf({ url }: Upstream, { workspace, deviceId, feature }: Question & { workspace: string }): string {
  const values: Record<string, string> = { workspace, device: deviceId, feature }
  return new URL(url.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(values[name] ?? ''))).href.replace(/\/$/, '')
}

function closedMeanwhile({ signal }: Lease): Problem {
  const why = signal.reason as Decision | null
  return why === null ? new Problem('feature-closed') : refusalOf(why)
}

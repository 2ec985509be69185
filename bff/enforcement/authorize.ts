import { Problem, type ProblemCode } from '../http/problem.ts'
import type { Gates } from '../http/route.ts'
import { isGateway, type Principal, rolesToAdvise } from '../http/who.ts'
import type { BffPolicy } from '../policy.ts'
import { holds } from '../rules/view.ts'
import { type Decision, isStatus, type Question, refusalOf } from './decision.ts'
import { findIn, isTricky } from './paths.ts'

/** Where gateways ask; what stands behind it is the address that they were asked for. */
export const AUTHORIZE = '/v1/authorize'

/** Headers by which gateways say what they were asked for: nginx by habit, Traefik and Caddy. */
const FORWARDED = ['x-original-uri', 'x-forwarded-uri', 'x-original-url'] as const
const PARAMETERS: ReadonlySet<string> = new Set(['device', 'feature', 'workspace'])

/** What it takes to answer a gateway. */
export interface AuthorizeOptions {
  who: (request: Request, now: number) => Promise<Principal>
  now: () => number
  gates: Gates
  policy: BffPolicy
  /** Whether forwarded headers from this address count. */
  isTrustedProxy: (address: string) => boolean
}

/** Answers gateways: 204, 401 or 403, whatever happens. `target` is the address as it was sent, with its query; null where the runtime
 * has already made another one of it, which only the query's form can bear. */
export function authorizer(options: AuthorizeOptions): (request: Request, target: string | null, peer: string | null) => Promise<Response> {
  const { who, now: clock, gates } = options
  return async (request, target, peer) => {
    try {
      const now = clock()
      const principal = await who(request, now)
      const { deviceId, feature, workspace: named } = questionOf(request, target, peer, options)
      const workspace = workspaceOf(principal, named)
      return answer(await gates.decide({ workspace, deviceId, feature }, rolesToAdvise(principal), now, true))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return refused(error, null)
    }
  }
}

/** What is asked: by the query, by the address that follows ours, or by a forwarded one. */
function questionOf({ url, headers }: Request, target: string | null, peer: string | null, { policy, isTrustedProxy }: AuthorizeOptions): Question {
  const sent = target ?? url.slice(url.indexOf('/', url.indexOf('//') + 2))
  const [path = '', ...query] = sent.split('?')
  if (path !== AUTHORIZE) {
    if (target === null) throw closed('invalid-request', 'Here an address can only be asked about by the query.')
    return ofUri(path.slice(AUTHORIZE.length), policy)
  }
  return query.length > 0 ? ofQuery(query.join('?')) : ofUri(forwardedOf(headers, peer, isTrustedProxy), policy)
}

function closed(code: ProblemCode, detail?: string): Problem {
  return new Problem(code, detail)
}

function workspaceOf(principal: Principal, named: string | null): string {
  const { workspace, roles } = principal
  const gateway = isGateway(principal)
  if (gateway && named !== null) return named
  if (gateway || named !== null) throw closed('invalid', gateway ? 'A key of the role gateway names a workspace.' : 'Only a key of the role gateway names a workspace.')
  if (workspace === null || !holds(roles, 'viewer')) throw closed('role-required')
  return workspace
}

/** Device and feature as the gateway's own configuration names them: each once. */
function ofQuery(query: string): Question {
  const given = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    if (!PARAMETERS.has(name) || given.has(name) || value === '' || value.includes('\0')) throw closed('invalid', 'The query names device and feature, each once, and nothing that is unknown.')
    given.set(name, value)
  }
  const [deviceId, feature] = [given.get('device'), given.get('feature')]
  if (deviceId === undefined || feature === undefined) throw closed('invalid', 'The query names device and feature.')
  return { workspace: given.get('workspace') ?? null, deviceId, feature }
}

/** Device and feature of the address that the gateway was asked for, by the patterns of the policy. */
function ofUri(uri: string, { gatePatterns }: BffPolicy): Question {
  const path = uri.split('?', 1)[0] ?? ''
  if (isTricky(path)) throw closed('invalid-request', 'The address can be read in more than one way.')
  const found = findIn(gatePatterns, path)
  if (found === null) throw closed('feature-not-found', 'Not exactly one pattern of the policy fits this address.')
  return { workspace: null, ...found }
}

/** The address that a gateway was asked for. Where two headers tell, they have to agree: one may come from the caller. */
function forwardedOf(headers: Headers, peer: string | null, isTrustedProxy: (address: string) => boolean): string {
  const told = new Set(FORWARDED.flatMap((name) => headers.get(name) ?? []))
  if (told.size !== 1 || peer === null || !isTrustedProxy(peer)) {
    throw closed('invalid-request', 'Nobody who is trusted says which address this is about; see LICENSE_TRUSTED_PROXIES.')
  }
  return [...told][0] ?? ''
}

function answer(decision: Decision): Response {
  return decision.allowed ? new Response(null, { status: 204, headers: headersOf(decision) }) : refused(refusalOf(decision), decision)
}

function headersOf({ code, until, remedy, source }: Decision): Record<string, string> {
  return {
    'cache-control': 'no-store', 'x-license-code': code, 'x-license-source': source,
    ...(isStatus(code) ? { 'x-license-status': code } : {}), ...(until === null ? {} : { 'x-license-until': until }),
    ...(remedy === null ? {} : { 'x-license-remedy': remedy }),
  }
}

/** A refusal in one of the two statuses that every gateway understands. */
export function refused(problem: Problem, decision: Decision | null): Response {
  const status = problem.status === 401 ? 401 : 403
  return new Response(JSON.stringify({ ...problem.body(), status }), {
    status,
    headers: {
      'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff', ...problem.headers,
      ...(decision === null ? { 'cache-control': 'no-store' } : headersOf(decision)), 'x-license-code': problem.code,
    },
  })
}

import { zValidator } from '@hono/zod-validator'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import type { Database } from '../db/database.ts'
import type { BffPolicy } from '../policy.ts'
import { WORKSPACE_ROLES, type WorkspaceRole } from '../rules/lists.ts'
import { holds } from '../rules/view.ts'
import { json, KEPT_BY_NOBODY, runChange } from './change.ts'
import { BODY_LIMIT, readBody, readRows, refuse, refuseQuery } from './checks.ts'
import type { Keyring } from './keyring.ts'
import { Problem } from './problem.ts'
import { type Ask, type Gates, type Hooks, type Live, type Route, WithHeaders } from './route.ts'
import type { Traffic } from './traffic.ts'
import { isGateway, type Principal } from './who.ts'

/** What every route is answered with. */
export interface MountOptions {
  database: Database
  policy: BffPolicy
  keyring: Keyring
  /** The address that people reach the BFF by; the one that was asked if left out. */
  publicUrl?: string | undefined
  now: () => number
  who: (request: Request, now: number) => Promise<Principal>
  hooks: Hooks
  live: Live | null
  gates: Gates
  /** Counts answers; left out = nobody does. */
  traffic?: Traffic
}

declare module 'hono' {
  interface ContextVariableMap {
    who: Principal
    now: number
    text: string
  }
}

/** A Hono path of ours: `{id}` as `:id`. What stands behind it, such as `.ics`, comes with it, for the handler to look at. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}[^/]*/g, ':$1')
}

/** Puts routes into an application, each with the same steps: who, media type, size, bytes, JSON, schemas, meaning. */
export function mount(app: Hono, routes: readonly Route[], options: MountOptions): void {
  const running = new Set<string>()
  for (const route of routes) {
    const steps: MiddlewareHandler[] = options.traffic === undefined ? [] : [options.traffic.at(route.path)]
    steps.push(authorize(route, options))
    if (route.rows !== undefined) steps.push(readRows(route.rows, route.limit ?? BODY_LIMIT))
    else if (route.method !== 'get') steps.push(readBody(route))
    steps.push(refuseQuery(route.query === undefined ? 'any' : 'nameless'))
    if (route.query !== undefined) steps.push(zValidator('query', route.query as z.ZodType, refuse) as MiddlewareHandler)
    if (route.body !== undefined) steps.push(zValidator('json', route.body as z.ZodType, refuse) as MiddlewareHandler)
    const handler = 'stream' in route
      ? async (c: Context): Promise<Response> => streamOf(c, route, options)
      : 'read' in route ? async (c: Context): Promise<Response> => answered(await route.read(askOf(c, route, options), options.database.db), route.media)
      : async (c: Context): Promise<Response> => runChange(c, askOf(c, route, options), route, options.database, running)
    app.on(route.method.toUpperCase(), [honoPath(route.path)], ...steps, handler)
  }
}

function answered(answer: unknown, media: string | undefined): Response {
  const { body, headers } = answer instanceof WithHeaders ? answer : { body: answer, headers: {} }
  return media === undefined ? json(200, body, headers) : new Response(String(body), { headers: { ...KEPT_BY_NOBODY, 'content-type': `${media}; charset=utf-8`, ...headers } })
}

async function streamOf(c: Context, route: Extract<Route, { stream: unknown }>, options: MountOptions): Promise<Response> {
  if (options.live === null) throw new Problem('not-found')
  return route.stream(askOf(c, route, options) as Parameters<typeof route.stream>[0], options.live, c.req.raw)
}

/** The workspace of who asks; a gateway names one. */
function workspaceOf(who: Principal, route: Route, query: unknown): string {
  if (route.gateway !== true) return who.workspace ?? ''
  const { workspace } = (query ?? {}) as { workspace?: string }
  const gateway = isGateway(who)
  if (gateway && workspace !== undefined) return workspace
  if (!gateway && workspace === undefined) return who.workspace ?? ''
  throw new Problem('invalid', undefined, {
    errors: [{ pointer: '/workspace', detail: gateway ? 'A key of the role gateway names a workspace.' : 'Only a key of the role gateway names a workspace.' }],
  })
}

function askOf(c: Context, route: Route, { policy, keyring, publicUrl, hooks, gates }: MountOptions): Ask {
  const { req } = c
  const who = c.get('who')
  return {
    who,
    workspace: workspaceOf(who, route, req.valid('query' as never)),
    now: c.get('now'),
    params: req.param(),
    query: req.valid('query' as never),
    body: req.valid('json' as never),
    policy,
    keyring,
    // Read by few routes; finding it out takes a twentieth of a licence's answer.
    get publicUrl() { return (publicUrl ?? new URL(req.url).origin).replace(/\/+$/, '') },
    text: c.get('text') ?? '',
    hooks,
    gates,
  }
}

/** Refuses who is nobody, and whose role is too low (R31). */
function authorize(route: Route, { who, now, policy }: MountOptions): MiddlewareHandler {
  const role = route.roleBy?.(policy) ?? route.role
  const ofWorkspace = (WORKSPACE_ROLES as readonly string[]).includes(role)
  return async (c, next) => {
    const at = now()
    const principal = await who(c.req.raw, at)
    const may = role === 'anyone' || (route.gateway === true && isGateway(principal)) || (ofWorkspace
      ? principal.workspace !== null && holds(principal.roles, role as WorkspaceRole)
      : (principal.roles as readonly string[]).includes(role))
    if (!may) throw new Problem('role-required', `This needs the role ${role}.`, { reason: role })
    c.set('who', principal)
    c.set('now', at)
    await next()
  }
}

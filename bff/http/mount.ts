import { zValidator } from '@hono/zod-validator'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { type Connection, type Database, inTransaction, type Trx } from '../db/database.ts'
import type { BffPolicy } from '../policy.ts'
import { WORKSPACE_ROLES, type WorkspaceRole } from '../rules/lists.ts'
import { holds } from '../rules/view.ts'
import { assertText, parseStrictJson, readText } from './body.ts'
import { findAnswer, keepAnswer, type RequestKey } from './idempotency.sql.ts'
import type { Keyring } from './keyring.ts'
import { Problem } from './problem.ts'
import type { Answer, Ask, ChangeRoute, Hooks, Route } from './route.ts'
import type { Principal } from './who.ts'

/** What every route is answered with. */
export interface MountOptions {
  database: Database
  policy: BffPolicy
  keyring: Keyring
  now: () => number
  who: (request: Request, now: number) => Promise<Principal>
  hooks: Hooks
}

/** Bytes of a JSON body, where a route says nothing else. */
export const BODY_LIMIT = 16_384

/** Signs of an address that are kept of a request with an Idempotency-Key. */
const MAX_ROUTE = 400

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const JSON_MEDIA = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i
const ROWS_MEDIA = { 'text/csv': /^text\/csv\s*(;.*)?$/i, 'application/x-ndjson': /^application\/(x-)?ndjson\s*(;.*)?$/i }

declare module 'hono' {
  interface ContextVariableMap {
    who: Principal
    now: number
    text: string
  }
}

/** A Hono path of ours: `{id}` as `:id`. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** Puts routes into an application, each with the same steps: who, media type, size, bytes, JSON, schema, meaning. */
export function mount(app: Hono, routes: readonly Route[], options: MountOptions): void {
  const running = new Set<string>()
  for (const route of routes) {
    const steps: MiddlewareHandler[] = [authorize(route, options)]
    if (route.query !== undefined) steps.push(zValidator('query', route.query as z.ZodType, refuseQuery) as MiddlewareHandler)
    else steps.push(refuseAnyQuery)
    if (route.method !== 'get' && route.rows === undefined) steps.push(readBody(route))
    if (route.rows !== undefined) steps.push(readRows(route.rows, route.limit ?? BODY_LIMIT))
    if (route.body !== undefined) steps.push(zValidator('json', route.body as z.ZodType, refuse) as MiddlewareHandler)
    const handler = 'read' in route
      ? async (c: Context): Promise<Response> => json(200, await route.read(askOf(c, options), options.database.db))
      : async (c: Context): Promise<Response> => runChange(c, route, options, running)
    app.on(route.method.toUpperCase(), [honoPath(route.path)], ...steps, handler)
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: JSON_HEADERS })
}

function askOf(c: Context, { policy, keyring, hooks }: MountOptions): Ask {
  const { req } = c
  const who = c.get('who')
  return {
    who,
    workspace: who.workspace ?? '',
    now: c.get('now'),
    params: req.param(),
    query: req.valid('query' as never),
    body: req.valid('json' as never),
    policy,
    keyring,
    text: c.get('text') ?? '',
    hooks,
  }
}

/** Refuses who is nobody, and whose role is too low (R31). */
function authorize({ role }: Route, { who, now }: MountOptions): MiddlewareHandler {
  const ofWorkspace = (WORKSPACE_ROLES as readonly string[]).includes(role)
  return async (c, next) => {
    const at = now()
    const principal = await who(c.req.raw, at)
    const may = role === 'anyone' || (ofWorkspace
      ? principal.workspace !== null && holds(principal.roles, role as WorkspaceRole)
      : (principal.roles as readonly string[]).includes(role))
    if (!may) throw new Problem('role-required', `This needs the role ${role}.`, { reason: role })
    c.set('who', principal)
    c.set('now', at)
    await next()
  }
}

interface Checked {
  success: boolean
  error?: { issues: readonly { path: readonly PropertyKey[]; message: string; code?: string | undefined; keys?: string[] }[] }
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function refuse(result: Checked): void {
  if (result.success) return
  const errors = result.error?.issues.slice(0, 50).flatMap((issue) => issue.code === 'unrecognized_keys' && issue.keys !== undefined
    ? issue.keys.slice(0, 50).map((key) => ({ pointer: pointerOf([...issue.path, key.slice(0, 64)]), detail: 'This member is not known here.' }))
    : [{ pointer: pointerOf(issue.path), detail: issue.message }])
  throw new Problem('invalid', undefined, { errors: errors ?? [] })
}

function refuseQuery(result: Checked): void {
  refuse(result)
}

const refuseAnyQuery: MiddlewareHandler = async (c, next) => {
  if (c.req.url.includes('?')) {
    const names = [...new URL(c.req.url).searchParams.keys()]
    if (names.length > 0) {
      throw new Problem('invalid', undefined, {
        errors: names.slice(0, 50).map((name) => ({ pointer: pointerOf([name.slice(0, 64)]), detail: 'This parameter is not known here.' })),
      })
    }
  }
  await next()
}

/** Whether a body is compressed: none is unpacked here (RFC 9110 §15.5.16). */
function isEncoded(c: Context): boolean {
  return !/^(identity)?$/i.test(c.req.header('content-encoding') ?? '')
}

/** Media type, size, bytes and JSON of a body, before its schema. */
function readBody({ body, limit = BODY_LIMIT }: Route): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header('content-type')
    if (isEncoded(c) || (type !== undefined && !JSON_MEDIA.test(type))) throw new Problem('unsupported-media-type')
    const text = await readText(c.req.raw, limit)
    if (text !== '' && type === undefined) throw new Problem('unsupported-media-type')
    if (text !== '' || body !== undefined) {
      const value = parseStrictJson(text)
      if (body === undefined && JSON.stringify(value) !== '{}') throw new Problem('invalid', 'This route takes no body.', { errors: [{ pointer: '', detail: 'No member is known here.' }] })
    }
    c.set('text', text)
    c.req.bodyCache.text = Promise.resolve(text) as never
    await next()
  }
}

/** Media type, size and bytes of a body of rows; the handler reads the rows. */
function readRows(media: keyof typeof ROWS_MEDIA, limit: number): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header('content-type') ?? ''
    if (isEncoded(c) || !ROWS_MEDIA[media].test(type) || /charset=(?!"?utf-?8"?)/i.test(type)) throw new Problem('unsupported-media-type', `Send ${media} in UTF-8.`)
    c.set('text', await readText(c.req.raw, limit))
    await next()
  }
}

/** Another server answered the same request while this one was at it. */
class AnsweredElsewhereError extends Error {}

async function runChange(c: Context, route: ChangeRoute, options: MountOptions, running: Set<string>): Promise<Response> {
  const ask = askOf(c, options)
  const key = route.idempotent === false ? null : requestKey(c, ask.who)
  if (key === null) return toResponse(await perform(ask, route, options, async () => {}))
  const slot = JSON.stringify(key)
  if (running.has(slot)) throw new Problem('idempotency-in-progress')
  running.add(slot)
  try {
    return await runOnce(ask, route, options, key, `${ask.workspace}\n${new URL(c.req.url).search}\n${ask.text}`)
  } finally {
    running.delete(slot)
  }
}

function requestKey(c: Context, who: Principal): RequestKey | null {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return null
  assertText(key)
  if (key.length < 1 || key.length > 255) {
    throw new Problem('invalid', 'An Idempotency-Key has 1 to 255 signs.', { errors: [{ pointer: '/Idempotency-Key', detail: '1 to 255 signs' }] })
  }
  // Longer addresses name nothing: ids have 64 signs at most, and the index that holds this has its limit.
  return { caller: who.id, route: `${c.req.method} ${c.req.path}`.slice(0, MAX_ROUTE), key }
}

/** Answers a request with an Idempotency-Key: what was kept, or what is done now and kept in the change's own transaction.
 * `said` is its workspace, query and body, which have to be the same again. */
async function runOnce(ask: Ask, route: ChangeRoute, options: MountOptions, key: RequestKey, said: string): Promise<Response> {
  const { db } = options.database
  const hashes = await options.keyring.hashes('body', said)
  const [bodyHash = ''] = hashes
  const keep = async (connection: Connection, result: Answer | Problem): Promise<void> => {
    const kept = keptOf(result)
    if (kept === null) return
    if (!(await keepAnswer(connection, key, { bodyHash, ...kept }, ask.now))) throw new AnsweredElsewhereError()
  }
  const replayed = await replay(db, key, hashes, ask.now)
  if (replayed !== null) return replayed
  try {
    return toResponse(await perform(ask, route, options, keep))
  } catch (error) {
    const elsewhere = error instanceof Problem ? await isAnswered(keep(db, error)) : error instanceof AnsweredElsewhereError
    // In a transaction, because that answer may wait for its commit, and this one then waits for it too.
    const answer = elsewhere ? await inTransaction(options.database, (trx) => replay(trx, key, hashes, ask.now)) : null
    if (answer !== null) return answer
    throw error
  }
}

/** Whether another server kept an answer first, so that this one gives the same. */
async function isAnswered(keeping: Promise<void>): Promise<boolean> {
  try {
    await keeping
    return false
  } catch (error) {
    if (error instanceof AnsweredElsewhereError) return true
    throw error
  }
}

async function replay(db: Connection, key: RequestKey, hashes: readonly string[], now: number): Promise<Response | null> {
  const found = await findAnswer(db, key, now)
  if (found === null) return null
  if (!hashes.includes(found.bodyHash)) throw new Problem('idempotency-key-reused')
  const type = found.status >= 400 ? 'application/problem+json' : 'application/json'
  return new Response(found.answer, { status: found.status, headers: { ...JSON_HEADERS, 'content-type': type, 'idempotency-replayed': 'true' } })
}

/** What is kept of a result: not of 401, 429 and 5xx; of secrets that are shown once, how to name them. */
function keptOf(result: Answer | Problem): { status: number; answer: string } | null {
  if (result instanceof Problem) {
    const { status } = result
    return status === 401 || status === 429 || status >= 500 ? null : { status, answer: JSON.stringify(result.body()) }
  }
  if (result.once === undefined) return { status: result.status, answer: JSON.stringify(result.body) }
  const problem = new Problem('already-issued', undefined, result.once)
  return { status: problem.status, answer: JSON.stringify(problem.body()) }
}

async function perform(
  ask: Ask, route: ChangeRoute, { database }: MountOptions, keep: (trx: Trx, result: Answer | Problem) => Promise<void>,
): Promise<Answer | Problem> {
  const before = await route.before?.(ask, database.db, (work) => inTransaction(database, work))
  return inTransaction(database, async (trx) => {
    const result = await route.change(ask, trx, before)
    await keep(trx, result)
    return result
  }, { long: route.rows !== undefined })
}

function toResponse(result: Answer | Problem): Response {
  return result instanceof Problem ? result.response() : json(result.status, result.body)
}

import type { Context } from 'hono'
import type { Connection, Database, Trx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { assertText } from './body.ts'
import { findAnswer, keepAnswer, type RequestKey } from './idempotency.sql.ts'
import { Problem } from './problem.ts'
import type { Answer, Ask, ChangeRoute, Transact } from './route.ts'
import type { Principal } from './who.ts'

/** Signs of an address that are kept of a request with an Idempotency-Key. */
const MAX_ROUTE = 400

/** Headers of an answer that nobody on the way keeps, and no browser takes for something else. */
export const KEPT_BY_NOBODY = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const JSON_HEADERS = { 'content-type': 'application/json', ...KEPT_BY_NOBODY }

/** An answer in JSON, never kept by anybody on the way. */
export function json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Response {
  return new Response(JSON.stringify(body), { status, headers: headers === undefined ? JSON_HEADERS : { ...JSON_HEADERS, ...headers } })
}

/** Another server answered the same request while this one was at it. */
class AnsweredElsewhereError extends Error {}

/** Runs a change in one transaction; with an Idempotency-Key at most once, in all processes. `running`: the keyed requests
 * of this process that are under way. */
export async function runChange(c: Context, ask: Ask, route: ChangeRoute, database: Database, running: Set<string>): Promise<Response> {
  const key = requestKey(c, ask.who)
  if (key === null || route.idempotent === false) return toResponse(await perform(ask, route, database, async () => {}))
  const slot = JSON.stringify(key)
  if (running.has(slot)) throw new Problem('idempotency-in-progress')
  running.add(slot)
  try {
    return await runOnce(ask, route, database, key, `${ask.workspace}\n${new URL(c.req.url).search}\n${ask.text}`)
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
async function runOnce(ask: Ask, route: ChangeRoute, database: Database, key: RequestKey, said: string): Promise<Response> {
  const { db } = database
  const hashes = await ask.keyring.hashes('body', said)
  const [bodyHash = ''] = hashes
  const keep = async (connection: Connection, result: Answer | Problem): Promise<void> => {
    const kept = keptOf(result)
    if (kept === null) return
    if (!(await keepAnswer(connection, key, { bodyHash, ...kept }, ask.now))) throw new AnsweredElsewhereError()
  }
  const replayed = await replay(db, key, hashes, ask.now)
  if (replayed !== null) return replayed
  try {
    return toResponse(await perform(ask, route, database, keep))
  } catch (error) {
    // A refusal that is not kept, such as a pause, may have come after another server's answer.
    const elsewhere = error instanceof Problem ? keptOf(error) === null || await isAnswered(keep(db, error)) : error instanceof AnsweredElsewhereError
    // In a transaction, because that answer may wait for its commit, and this one then waits for it too.
    const answer = elsewhere ? await inTransaction(database, (trx) => replay(trx, key, hashes, ask.now)) : null
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
  ask: Ask, route: ChangeRoute, database: Database, keep: (trx: Trx, result: Answer | Problem) => Promise<void>,
): Promise<Answer | Problem> {
  const transact: Transact = (work) => inTransaction(database, work)
  const before = await route.before?.(ask, database.db, transact)
  try {
    return await inTransaction(database, async (trx) => {
      const result = await route.change(ask, trx, before)
      await keep(trx, result)
      return result
    }, { long: route.rows !== undefined })
  } catch (error) {
    await abandon(route, before, transact, database, error)
    throw error
  }
}

/** Takes back what `before` committed for a change that was rolled back. What hinders that is not told: the change's own error is. */
async function abandon(route: ChangeRoute, before: unknown, transact: Transact, { failure }: Database, error: unknown): Promise<void> {
  const done = route.abandon?.(before, transact).catch(() => {})
  // Nobody is kept waiting for a database that is away.
  if (failure(error) !== 'unavailable') await done
}

function toResponse(result: Answer | Problem): Response {
  return result instanceof Problem ? result.response() : json(result.status, result.body)
}

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Listening } from '../../../bff/node/index.ts'
import { ProblemView } from '../../../bff/http/openapi.ts'
import { PROBLEMS } from '../../../bff/http/problem.ts'
import type { World } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { ask, type Raw, serve } from './wire.ts'

/** Who came last, and as what, is written of everybody who may come in. */
const VISITS = ['memberships'] as const

/** Headers that say who asks; and the Host. */
export const HOST = 'Host: bff.test'
export const ADMIN = `${HOST}\r\nx-test-as: ${JSON.stringify({ subject: 'admin', roles: ['admin'], workspace: 'acme' })}`
export const KEY_HOST = `${HOST}\r\nx-test-as: ${JSON.stringify({ subject: 'host', roles: ['host'], workspace: null })}`
export const VENDOR = `${HOST}\r\nx-test-as: ${JSON.stringify({ subject: 'vendor', roles: ['vendor'], workspace: null })}`
export const JSON_TYPE = 'Content-Type: application/json'

/** One hostile request: its head without the empty line, its body, and what it gets. */
export interface Hostile {
  name: string
  head: string
  body?: string | Uint8Array
  status: number
  code?: string
}

/** A request with a body and its right length. */
export function withBody(start: string, headers: string, body: string | Uint8Array): { head: string; body: string | Uint8Array } {
  return { head: `${start} HTTP/1.1\r\n${headers}\r\nContent-Length: ${Buffer.byteLength(body)}`, body }
}

/** Fails unless an answer from 400 up is a problem, and none that tells of a bug. */
export function assertRefusal({ status, headers, text }: Raw): void {
  assert.ok(status < 500, `${status} ${text}`)
  assert.equal(headers.get('content-type'), 'application/problem+json', `${status} ${text}`)
  const problem = ProblemView.parse(JSON.parse(text))
  assert.deepEqual([problem.status, PROBLEMS[problem.code][0]], [status, status])
  assert.equal(problem.type, `/problems/${problem.code}`)
}

/** What every object inherits: a request must not add to it. */
function inherited(): string[] {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype].flatMap((one) => Reflect.ownKeys(one).map(String))
}

/** A server for a suite, over its world with one device. */
export function served(world: () => World): () => Listening {
  let listening: Listening | null = null
  before(async () => {
    await world().setUp()
    // People are remembered at their first visit.
    for (const role of ['admin', 'host', 'vendor'] as const) await world().ask({ role }, 'GET', '/v1/me')
    listening = await serve(world())
  })
  after(async () => { await listening?.close() })
  return () => {
    if (listening === null) throw new Error('the suite has not begun')
    return listening
  }
}

/** A test per hostile request: it is refused as told, nothing is stored, no prototype is changed, and no bug is told of. */
export function refuseAll(world: () => World, server: () => Listening, rows: readonly Hostile[]): void {
  for (const { name, head, body, status, code } of rows) {
    test(name, async () => {
      const [before, own] = [await dump(world().database, VISITS), inherited()]
      const answer = await ask(server().port, head, body)
      assert.deepEqual([answer.status, answer.status < 400 ? undefined : (JSON.parse(answer.text) as { code: string }).code], [status, code])
      if (status >= 400) assertRefusal(answer)
      assert.deepEqual(await dump(world().database, VISITS), before)
      assert.deepEqual(inherited(), own)
      assert.deepEqual(world().errors, [])
    })
  }
}

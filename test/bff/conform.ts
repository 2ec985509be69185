import assert from 'node:assert/strict'
import { z } from 'zod'
import { publicRoutes, routes } from '../../bff/index.ts'
import { problemsOf, ProblemView, publicProblemsOf } from '../../bff/http/openapi.ts'
import { PROBLEMS } from '../../bff/http/problem.ts'
import type { Route } from '../../bff/http/route.ts'

/** What answers at an address that is no route of the interface's own list. */
const OF_NO_ROUTE = ['not-found', 'method-not-allowed', 'invalid-encoding', 'origin-forbidden', 'storage-unavailable', 'internal']

/** Headers that go with a status (RFC 9110). */
const HEADERS: Record<number, string> = { 401: 'www-authenticate', 405: 'allow', 429: 'retry-after', 503: 'retry-after' }

/** An answer as it came over the wire. */
export interface Wire {
  status: number
  headers: Headers
  text: string
}

function leadsTo(path: string, pattern: string): boolean {
  const [given, wanted] = [(path.split('?', 1)[0] ?? '').split('/'), pattern.split('/')]
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index])
}

/** The route that answers a method at a path, if there is one. */
export function routeOf(method: string, path: string): Route | undefined {
  return routes.find((route) => route.method === method.toLowerCase() && leadsTo(path, route.path))
}

/** What a route answers in. */
export function mediaOf(route: Route): string {
  return ('media' in route ? route.media : undefined) ?? 'application/json'
}

/** The problems that a method at a path may be answered. */
function codesOf(method: string, path: string): readonly string[] {
  const route = routeOf(method, path)
  if (route !== undefined) return problemsOf(route)
  const open = publicRoutes.find((one) => (one.method ?? 'get') === method.toLowerCase() && leadsTo(path, one.path))
  return open === undefined ? OF_NO_ROUTE : publicProblemsOf(open)
}

/** Fails unless an answer is one that the interface's document promises for its route and status. */
export function assertConforms(method: string, path: string, { status, headers, text }: Wire): void {
  const route = routeOf(method, path)
  const at = `${method} ${route?.path ?? path.split('?', 1)[0]} answered ${status}`
  if (status >= 400) assertProblem(at, codesOf(method, path), { status, headers, text })
  else if (route !== undefined) {
    assert.ok(status === (route.status ?? 200) || (route.method === 'put' && status === 201), `${at}, which is not documented`)
    assert.equal(headers.get('content-type')?.replace('; charset=utf-8', ''), mediaOf(route), at)
    if (route.answer !== undefined) assertShape(`${at} in another shape than documented`, route.answer, mediaOf(route) === 'application/json' ? JSON.parse(text) : text)
  }
  assert.equal(headers.get('cache-control'), status < 400 && route === undefined ? headers.get('cache-control') : 'no-store', `${at} and may be cached`)
  const needed = HEADERS[status]
  assert.ok(needed === undefined || headers.has(needed), `${at} without ${needed}`)
}

function assertProblem(at: string, codes: readonly string[], { status, headers, text }: Wire): void {
  assert.equal(headers.get('content-type'), 'application/problem+json', at)
  const body = JSON.parse(text) as z.output<typeof ProblemView>
  assertShape(`${at} with a problem in another shape than documented`, ProblemView, body)
  assert.ok(codes.includes(body.code), `${at} with ${body.code}, which is not documented`)
  assert.deepEqual(
    { status: body.status, type: body.type, title: body.title, listed: PROBLEMS[body.code][0] },
    { status, type: `/problems/${body.code}`, title: PROBLEMS[body.code][1], listed: status }, at,
  )
}

function assertShape(what: string, schema: z.ZodType, value: unknown): void {
  const { error } = schema.safeParse(value)
  assert.equal(error === undefined ? '' : z.prettifyError(error), '', what)
}

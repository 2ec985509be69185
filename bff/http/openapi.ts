import { z } from 'zod'
import { DECISION_SOURCES, STATUSES } from '../rules/lists.ts'
import { schema } from './json-schema.ts'
import { type ProblemCode, type ProblemFields, PROBLEMS } from './problem.ts'
import type { GateRoute, PublicRoute, Route } from './route.ts'

type Json = Record<string, unknown>

/** A problem as it is answered (RFC 9457 §3), with the members of its own (§3.2). */
export const ProblemView = z.strictObject({
  type: z.string(), code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]), title: z.string(), status: z.int(), detail: z.string(),
  retryAt: z.iso.datetime().optional(), triesLeft: z.int().optional(), reason: z.string().optional(), remedy: z.string().nullable().optional(),
  errors: z.array(z.strictObject({
    pointer: z.string().optional(), line: z.int().optional(), column: z.string().optional(), detail: z.string().optional(), reason: z.string().optional(),
  })).optional(),
  licenseStatus: z.enum(STATUSES).optional(), until: z.iso.datetime().nullable().optional(), source: z.enum(DECISION_SOURCES).optional(),
  ids: z.array(z.string()).optional(), deviceId: z.string().optional(), instance: z.string().optional(), batch: z.string().optional(),
} satisfies Record<keyof ProblemFields | 'type' | 'code' | 'title' | 'status' | 'detail', z.ZodType>).meta({ id: 'Problem' })

/** Every problem that a route can answer, from its shape and its own list. */
export function problemsOf(route: Route): ProblemCode[] {
  const codes = new Set<ProblemCode>([
    'invalid-request', 'invalid-encoding', 'unauthenticated', 'workspace-unknown', 'not-found', 'method-not-allowed', 'invalid', 'internal',
    'storage-unavailable', 'identity-unavailable',
  ])
  if (route.role !== 'anyone') codes.add('role-required')
  if (route.method !== 'get') for (const code of ['origin-forbidden', 'too-large', 'unsupported-media-type', 'invalid-json'] as const) codes.add(code)
  if ('change' in route && route.idempotent !== false) for (const code of ['idempotency-in-progress', 'idempotency-key-reused'] as const) codes.add(code)
  for (const code of route.problems ?? []) codes.add(code)
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => codes.has(code))
}

/** Every problem that a public route can answer. */
export function publicProblemsOf({ method = 'get', versioned = false, problems = [] }: PublicRoute): ProblemCode[] {
  const codes = new Set<ProblemCode>(['invalid-request', 'invalid-encoding', 'method-not-allowed', 'internal', ...problems])
  if (method === 'post') for (const code of ['origin-forbidden', 'too-large'] as const) codes.add(code)
  if (!versioned) codes.add('invalid')
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => codes.has(code))
}

/** The OpenAPI 3.1 document of all routes, from the schemas that validate. */
export function openApi(routes: readonly Route[], publicRoutes: readonly PublicRoute[], gateRoutes: readonly GateRoute[], version: string): Json {
  const schemas = new Map<string, Json>()
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) }
  }
  for (const route of publicRoutes) paths[route.path] = { ...paths[route.path], [route.method ?? 'get']: publicOperation(route, schemas) }
  for (const route of gateRoutes) {
    paths[route.path] = Object.fromEntries(route.methods.map((method) => [method, gateOperation(method, route)]))
  }
  schema(ProblemView, 'output', schemas)
  return {
    openapi: '3.1.1',
    info: {
      title: 'license-elements', version, license: { name: 'MIT', identifier: 'MIT' },
      description: 'Licences per device: vouchers redeemed, features enforced. Errors are problems (RFC 9457); their help stands under /problems/{code}.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set([...routes.map(tagOf), ...gateRoutes.map(() => 'gateway' as const), ...publicRoutes.map(() => 'public' as const)])].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A session token, an API key, or a JWT of the host.' },
        ...Object.fromEntries(Object.entries(SECURED).map(([name, description]) => [name, { type: 'http', scheme: 'bearer', description }])),
      },
    },
  }
}

/** Whom routes are for. */
const TAGS = {
  portal: 'For people of a workspace, by the portal and its pages.',
  host: "For the host's server, with a key of the role host.",
  gateway: 'For gateways, and in front of servers of the host.',
  vendor: 'For the seller, across workspaces.',
  public: 'For everybody, without being signed in.',
} as const

/** Keys that public routes want. */
const SECURED = { metrics: 'LICENSE_METRICS_KEY of the server; without it the route answers 404.' } as const satisfies Record<NonNullable<PublicRoute['secured']>, string>

function tagOf({ path }: Route): keyof typeof TAGS {
  const [, , first = ''] = path.split('/')
  return first === 'host' || first === 'vendor' ? first : 'portal'
}

function operation(route: Route, schemas: Map<string, Json>): Json {
  const status = route.status ?? 200
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: route.role === 'anyone' ? 'For everyone who is signed in.'
      : `For the role ${route.role}${route.roleBy === undefined ? '' : ', or a higher one where the policy says so'}${route.gateway === true ? ', and for gateways, which name a workspace' : ''}.`,
    tags: [tagOf(route)],
    parameters: parametersOf(route, schemas),
    ...bodyOf(route, schemas),
    responses: {
      [status]: { description: 'Done.', content: contentOf(route, schemas) },
      ...(route.method === 'put' && status === 200 && route.answer !== undefined ? { 201: { description: 'Created.', content: { 'application/json': { schema: schema(route.answer, 'output', schemas) } } } } : {}),
      ...problemResponses(problemsOf(route)),
    },
  }
}

function contentOf(route: Route, schemas: Map<string, Json>): Json {
  if ('stream' in route) return { [route.media]: { schema: { type: 'string' } } }
  return { [('media' in route ? route.media : undefined) ?? 'application/json']: { schema: schema(route.answer, 'output', schemas) } }
}

function publicOperation(route: PublicRoute, schemas: Map<string, Json>): Json {
  return {
    operationId: operationId({ method: route.method ?? 'get', path: route.path }),
    summary: route.summary,
    description: route.secured === undefined ? 'For everybody.' : `For whoever has the key: ${SECURED[route.secured]}`,
    tags: ['public'],
    security: route.secured === undefined ? [] : [{ [route.secured]: [] }],
    parameters: [...pathParameters(route), ...queryParameters(route, schemas)],
    responses: {
      200: { description: 'Done.', content: { [route.media]: { schema: route.schema === undefined ? { type: 'string' } : schema(route.schema, 'output', schemas) } } },
      ...(route.versioned === true || route.tagged === true ? { 304: { description: 'The reader has this version.' } } : {}),
      ...problemResponses(publicProblemsOf(route)),
    },
  }
}

function gateOperation(method: string, route: GateRoute): Json {
  return {
    operationId: operationId({ ...route, method }),
    summary: route.summary,
    description: route.description,
    tags: ['gateway'],
    parameters: [...pathParameters(route), ...route.parameters.map(({ name, description }) => ({ name, in: 'query', required: false, description, schema: { type: 'string' } }))],
    responses: { ...Object.fromEntries(Object.entries(route.answers).map(([status, description]) => [status, { description }])), ...problemResponses(route.problems) },
  }
}

function operationId({ method, path }: { method: string; path: string }): string {
  const words = path.replace('/v1/', '').split(/[/{}.-]+/).filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function pathParameters({ path }: { path: string }): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name, in: 'path', required: true, schema: { type: 'string', minLength: 1, maxLength: 64 },
  }))
}

function queryParameters({ query: asked }: { query?: z.ZodType | undefined }, schemas: Map<string, Json>): Json[] {
  const query = asked === undefined ? {} : schema(asked, 'input', schemas)
  return Object.entries((query['properties'] ?? {}) as Record<string, Json>).map(([name, one]) => ({
    name, in: 'query', required: ((query['required'] ?? []) as string[]).includes(name), schema: one,
  }))
}

function parametersOf(route: Route, schemas: Map<string, Json>): Json[] {
  const key = 'change' in route && route.idempotent !== false
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 },
      description: 'The same key and body replay the first answer for 24 hours.' }]
    : []
  return [...pathParameters(route), ...queryParameters(route, schemas), ...key]
}

function bodyOf(route: Route, schemas: Map<string, Json>): Json {
  if (route.rows !== undefined) return { requestBody: { required: true, content: { [route.rows]: { schema: { type: 'string' } } } } }
  if (route.body === undefined) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: schema(route.body, 'input', schemas) } } } }
}

function problemResponses(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code][0])
  return Object.fromEntries([...byStatus].map(([status, list]) => [status, {
    description: list.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}.`).join(' '),
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { type: 'string', enum: list } } }] },
      },
    },
  }]))
}

import { z } from 'zod'
import { type ProblemCode, type ProblemFields, PROBLEMS } from './problem.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

/** A problem as it is answered (RFC 9457 §3), with the members of its own (§3.2). */
export const ProblemView = z.strictObject({
  type: z.string(), code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]), title: z.string(), status: z.int(), detail: z.string(),
  retryAt: z.iso.datetime().optional(), triesLeft: z.int().optional(), reason: z.string().optional(), remedy: z.string().nullable().optional(),
  errors: z.array(z.strictObject({
    pointer: z.string().optional(), line: z.int().optional(), column: z.string().optional(), detail: z.string().optional(), reason: z.string().optional(),
  })).optional(),
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

/** The OpenAPI 3.1 document of some routes, from the schemas that validate. */
export function openApi(routes: readonly Route[], version: string): Json {
  const schemas = new Map<string, Json>()
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) }
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
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A session token, an API key, or a JWT of the host.' } },
    },
  }
}

/** Whom routes are for. */
const TAGS = {
  portal: 'For people of a workspace, by the portal and its pages.',
  host: "For the host's server, with a key of the role host.",
  vendor: 'For the seller, across workspaces.',
} as const

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
      : `For the role ${route.role}${route.roleBy === undefined ? '' : ', or a higher one where the policy says so'}.`,
    tags: [tagOf(route)],
    parameters: parametersOf(route, schemas),
    ...bodyOf(route, schemas),
    responses: {
      [status]: { description: 'Done.', content: { 'application/json': { schema: schema(route.answer, 'output', schemas) } } },
      ...(route.method === 'put' && status === 200 ? { 201: { description: 'Created.', content: { 'application/json': { schema: schema(route.answer, 'output', schemas) } } } } : {}),
      ...problemResponses(problemsOf(route)),
    },
  }
}

function operationId({ method, path }: Route): string {
  const words = path.replace('/v1/', '').split(/[/{}.-]+/).filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function parametersOf(route: Route, schemas: Map<string, Json>): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name, in: 'path', required: true, schema: { type: 'string', minLength: 1, maxLength: 64 },
  }))
  const query = route.query === undefined ? {} : schema(route.query, 'input', schemas)
  const inQuery = Object.entries((query['properties'] ?? {}) as Record<string, Json>).map(([name, one]) => ({
    name, in: 'query', required: ((query['required'] ?? []) as string[]).includes(name), schema: one,
  }))
  const key = 'change' in route && route.idempotent !== false
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 },
      description: 'The same key and body replay the first answer for 24 hours.' }]
    : []
  return [...inPath, ...inQuery, ...key]
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

/** A JSON Schema; those with an id are put aside and referred to. */
function schema(type: z.ZodType, io: 'input' | 'output', schemas: Map<string, Json>): Json {
  const made = z.toJSONSchema(type, {
    io, unrepresentable: 'any', reused: 'inline',
    // A number in a query is checked as text, and documented as what it is.
    override: ({ jsonSchema }) => { if (jsonSchema.type === 'integer') delete jsonSchema.pattern },
  }) as Json
  const { $schema: _schema, $defs: definitions, id, ...own } = made
  for (const [name, definition] of Object.entries((definitions ?? {}) as Record<string, Json>)) schemas.set(name, referring(definition))
  if (typeof id !== 'string') return referring(own)
  schemas.set(id, referring(own))
  return { $ref: `#/components/schemas/${id}` }
}

/** The same schema with references into the document, and without ids. */
function referring(value: Json): Json {
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).flatMap(([key, inner]) => {
      if (key === 'id' && typeof inner === 'string') return []
      return [[key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : walk(inner)]]
    }))
  }
  return walk(value) as Json
}

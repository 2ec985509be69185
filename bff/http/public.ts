import { zValidator } from '@hono/zod-validator'
import type { Hono } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import { z } from 'zod'
import type { BffPolicy } from '../policy.ts'
import { refuse, refuseQuery } from './checks.ts'
import { answerElements, ELEMENTS_FILES, type ElementsFile, type ReadElements } from './elements.ts'
import type { Keyring } from './keyring.ts'
import { type Metered, metricsRoute } from './metrics.ts'
import { honoPath } from './mount.ts'
import { docsPage, PAGE_POLICY, PAGE_STYLE, problemPage, problemsPage } from './pages.ts'
import { Problem, type ProblemCode, PROBLEMS } from './problem.ts'
import type { GateRoute, PublicRoute, Route } from './route.ts'

/** What public routes answer from. */
export interface Site extends Metered {
  policy: BffPolicy
  publicRoutes: readonly PublicRoute<Site>[]
  /** The routes of the interface. */
  routes: readonly Route[]
  gateRoutes: readonly GateRoute[]
  /** Its OpenAPI document. */
  document: () => Record<string, unknown>
  /** Whether the database can be reached and every migration has run. */
  isReady: () => Promise<boolean>
  elements: ReadElements | undefined
  /** Public keys of entitlements. */
  keyring: Keyring
}

const NOSNIFF = { 'x-content-type-options': 'nosniff' }

/** A page of ours as an answer. */
export async function html(page: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<Response> {
  return new Response(`${await page}`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'no-referrer', ...NOSNIFF },
  })
}

function text(body: string, type: string): Response {
  return new Response(body, { headers: { 'content-type': type, ...NOSNIFF } })
}

/** Health, the interface's document, help, and the elements: answered without asking who asks. */
export const siteRoutes: readonly PublicRoute<Site>[] = [
  {
    path: '/healthz', summary: 'Whether the process is alive', media: 'application/json', schema: z.strictObject({ status: z.literal('alive') }),
    answer: () => text(JSON.stringify({ status: 'alive' }), 'application/json'),
  },
  {
    path: '/readyz', summary: 'Whether the database can be reached and every migration has run; when reminders ran last, and how late they are', media: 'application/json',
    schema: z.strictObject({ status: z.literal('ready'), reminders: z.strictObject({ lastRunAt: z.iso.datetime({ precision: 3 }).nullable(), behindSeconds: z.int().min(0) }) }),
    problems: ['storage-unavailable'],
    answer: async ({ isReady, progress }) => {
      if (!(await isReady())) throw new Problem('storage-unavailable', 'Migrations have to run first.', {}, { 'retry-after': '5' })
      // Portals go on without reminders: a server is ready whatever they are.
      const { ranAt, behindMs } = await progress.reminders()
      const reminders = { lastRunAt: ranAt === null ? null : new Date(ranAt).toISOString(), behindSeconds: Math.floor(behindMs / 1_000) }
      return text(JSON.stringify({ status: 'ready', reminders }), 'application/json')
    },
  },
  metricsRoute,
  {
    path: '/.well-known/jwks.json', summary: 'Public keys that verify entitlements (JWK Set, RFC 7517 §5)', media: 'application/json',
    schema: z.strictObject({ keys: z.array(z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string(), alg: z.literal('EdDSA'), use: z.literal('sig') })) }),
    answer: async ({ keyring }) => {
      const keys = (await keyring.signingKeys()).map(({ publicJwk }) => publicJwk)
      return new Response(JSON.stringify({ keys }), { headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*', ...NOSNIFF } })
    },
  },
  {
    path: '/v1/openapi.json', summary: 'This document', media: 'application/json', schema: z.record(z.string(), z.unknown()),
    answer: ({ document }) => text(JSON.stringify(document()), 'application/json'),
  },
  { path: '/docs', summary: 'This document as a page, without script', media: 'text/html', answer: ({ routes, publicRoutes, gateRoutes, document }) => html(docsPage({ routes, publicRoutes, gateRoutes }, document())) },
  { path: '/docs.css', summary: 'The style sheet of the pages', media: 'text/css', answer: () => text(PAGE_STYLE, 'text/css; charset=utf-8') },
  { path: '/problems', summary: 'Every problem', media: 'text/html', answer: () => html(problemsPage()) },
  {
    path: '/problems/{code}', summary: 'What a problem means, and what to do about it', media: 'text/html', problems: ['not-found'],
    answer: (_site, _request, { code = '' }) => {
      if (!Object.hasOwn(PROBLEMS, code)) throw new Problem('not-found')
      return html(problemPage(code as ProblemCode))
    },
  },
  ...(Object.entries(ELEMENTS_FILES) as [ElementsFile, string][]).map(([file, summary]): PublicRoute<Site> => ({
    path: `/${file}`, summary, media: 'text/javascript', versioned: true, problems: ['not-found'], answer: ({ elements }, request) => answerElements(request, elements, file),
  })),
]

/** Puts the public routes into an application. */
export function servePublic(app: Hono, site: Site): void {
  for (const { method = 'get', path, versioned = false, query, answer } of site.publicRoutes) {
    app[method](honoPath(path), site.traffic.at(path))
    if (!versioned) app[method](honoPath(path), refuseQuery(query === undefined ? 'any' : 'nameless'))
    if (query !== undefined) app[method](honoPath(path), zValidator('query', query, refuse))
    app[method](honoPath(path), (c) => answer(site, c.req.raw, c.req.param()))
  }
}

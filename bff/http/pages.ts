import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { type ProblemCode, PROBLEMS } from './problem.ts'
import { problemsOf, publicProblemsOf } from './openapi.ts'
import type { GateRoute, PublicRoute, Route } from './route.ts'

type Json = Record<string, unknown>

/** A piece of a page. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What every page of the BFF may load: nothing but its own style sheet (CSP Level 3). */
export const PAGE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
  + "require-trusted-types-for 'script'; trusted-types lit-html"

/** The style sheet of the BFF's own pages. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --muted: #59636e; --line: #dfe3e8; --surface: #fff; --accent: #1f5fd6; --code: #eceff2 }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --muted: #9aa5b1; --line: #2c333b; --surface: #171b20; --accent: #6ea6ff; --code: #232a31 } }
* { box-sizing: border-box }
body { margin: 0; color: var(--text); background: var(--surface); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 64rem; margin: 0 auto; padding: 24px 16px 64px }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px } h2 { font-size: 20px; margin: 40px 0 8px } h3 { font-size: 16px; margin: 0 }
p { margin: 0 0 12px } a { color: var(--accent) } .muted { color: var(--muted) }
code { font: 14px/1.4 ui-monospace, monospace; background: var(--code); border-radius: 4px; padding: 1px 4px; overflow-wrap: anywhere }
article { border-top: 1px solid var(--line); padding: 12px 0 } ul { margin: 4px 0; padding-inline-start: 20px }
dl { display: grid; grid-template-columns: minmax(6rem, 10rem) 1fr; gap: 4px 12px; margin: 8px 0; font-size: 14px } dt { color: var(--muted) } dd { margin: 0 }
button { font: inherit; color: var(--surface); background: var(--accent); border: 0; border-radius: 8px; padding: 8px 16px; cursor: pointer }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: 8px } }
`

/** A page of the BFF's own. */
export function page(title: string, content: Html, language = 'en'): Html {
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<link rel="stylesheet" href="/docs.css"></head><body><main>${content}</main></body></html>`
}

/** The help page of one problem: what its `type` points to. */
export function problemPage(code: ProblemCode): Html {
  const [status, title, remedy] = PROBLEMS[code]
  return page(title, html`<p class="muted">Problem <code>${code}</code>, HTTP status ${status}</p><h1>${title}</h1><p>${remedy}</p>
<p><a href="/problems">All problems</a> · <a href="/docs">All routes</a></p>`)
}

/** Every problem. */
export function problemsPage(): Html {
  return page('Problems', html`<h1>Problems</h1><p>Every refusal is <code>application/problem+json</code> (RFC 9457).</p>
${Object.entries(PROBLEMS).map(([code, [status, title, remedy]]) =>
    html`<article><h3><a href="/problems/${code}">${code}</a></h3><p class="muted">${status} · ${title}</p><p>${remedy}</p></article>`)}`)
}

/** What a schema of the document says, in the way of TypeScript; what has a name of its own is a link to it. */
function shapeOf(schema: Json): Html {
  const { $ref, enum: values, type, items, properties, anyOf, allOf, additionalProperties } = schema as Schema
  if ($ref !== undefined) return html`<a href="#${nameOf($ref)}">${nameOf($ref)}</a>`
  if (values !== undefined) return html`${values.map((value) => JSON.stringify(value)).join(' | ')}`
  const parts = anyOf ?? allOf
  if (parts !== undefined) return html`${parts.map((part, index) => html`${index === 0 ? '' : ' | '}${shapeOf(part)}`)}`
  if (items !== undefined) return html`${shapeOf(items)}[]`
  if (properties !== undefined) return membersOf(schema as Schema)
  if (typeof additionalProperties === 'object') return html`{ [name]: ${shapeOf(additionalProperties)} }`
  return html`${(schema as Schema).format ?? (Array.isArray(type) ? type.join(' | ') : type ?? 'any')}`
}

interface Schema {
  $ref?: string
  enum?: unknown[]
  type?: string | string[]
  format?: string
  items?: Json
  properties?: Record<string, Json>
  required?: string[]
  anyOf?: Json[]
  allOf?: Json[]
  additionalProperties?: Json | false
}

function nameOf(reference: string): string {
  return reference.split('/').at(-1) ?? ''
}

function membersOf({ properties = {}, required = [] }: Schema): Html {
  const members = Object.entries(properties).map(([name, one], index) =>
    html`${index === 0 ? '' : ', '}${name}${required.includes(name) ? '' : '?'}: ${shapeOf(one)}`)
  return html`{ ${members} }`
}

interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: Json }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { content: Record<string, { schema: Json }> }>
}

/** The OpenAPI document as plain HTML, without script. */
export function docsPage(
  { routes, publicRoutes, gateRoutes }: { routes: readonly Route[]; publicRoutes: readonly PublicRoute[]; gateRoutes: readonly GateRoute[] }, document: Json,
): Html {
  const groups = Map.groupBy(routes, ({ path }) => (path.startsWith('/v1/host/') ? 'For the host’s server' : path.startsWith('/v1/vendor/') ? 'For the seller' : 'For portals'))
  const common = problemsOf(routes[0] as Route).filter((code) => routes.every((route) => problemsOf(route).includes(code)))
  const paths = document['paths'] as Record<string, Record<string, Operation>>
  const { schemas } = document['components'] as { schemas: Record<string, Json> }
  return page('license-elements API', html`<h1>license-elements API</h1>
<p>JSON over HTTP, with <code>Authorization: Bearer …</code>. The same as <a href="/v1/openapi.json">OpenAPI 3.1</a>; refusals are <a href="/problems">problems</a>.</p>
<p class="muted">Every route can also answer ${problemLinks(common)}</p>
${[...groups].map(([title, list]) => html`<h2>${title}</h2>${list.map((route) => routeEntry(route, paths[route.path]?.[route.method], common))}`)}
<h2>For gateways</h2>${gateRoutes.map((route) => gateEntry(route, common))}
<h2>For everybody</h2>${publicRoutes.map((route) => publicEntry(route, common))}
<h2>Schemas</h2>${Object.entries(schemas).map(([name, schema]) => html`<article id="${name}"><h3>${name}</h3><p><code>${shapeOf(schema)}</code></p></article>`)}`)
}

function gateEntry({ path, summary, description, answers, problems }: GateRoute, common: readonly ProblemCode[]): Html {
  const own = problems.filter((code) => !common.includes(code))
  return html`<article><h3><code>ALL ${path}</code></h3><p>${summary}. ${description}</p><dl>
${Object.entries(answers).map(([status, text]) => html`<dt>Answer ${status}</dt><dd>${text}</dd>`)}
${own.length > 0 ? html`<dt>Problems</dt><dd>${problemLinks(own)}</dd>` : raw('')}</dl></article>`
}

function publicEntry(route: PublicRoute, common: readonly ProblemCode[]): Html {
  const own = publicProblemsOf(route).filter((code) => !common.includes(code))
  return html`<article><h3><code>${(route.method ?? 'get').toUpperCase()} ${route.path}</code></h3><p>${route.summary}</p><dl>
<dt>Role</dt><dd>${route.secured === undefined ? 'none' : `none; a key for ${route.secured}`}</dd><dt>Answer 200</dt><dd><code>${route.media}</code></dd>
${own.length > 0 ? html`<dt>Problems</dt><dd>${problemLinks(own)}</dd>` : raw('')}</dl></article>`
}

function problemLinks(codes: readonly ProblemCode[]): Html {
  return html`${codes.map((code) => html`<a href="/problems/${code}">${code}</a> `)}`
}

function routeEntry(route: Route, operation: Operation | undefined, common: readonly ProblemCode[]): Html {
  const { parameters = [], requestBody, responses = {} } = operation ?? {}
  const asked = parameters.filter((parameter) => parameter.in === 'query')
  const own = problemsOf(route).filter((code) => !common.includes(code))
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  return html`<article><h3><code>${route.method.toUpperCase()} ${route.path}</code></h3><p>${route.summary}</p><dl>
<dt>Role</dt><dd>${route.role}</dd>
${asked.length > 0 ? html`<dt>Query</dt><dd><code>${membersOf({
    properties: Object.fromEntries(asked.map((one) => [one.name, one.schema])), required: asked.filter((one) => one.required).map((one) => one.name),
  })}</code></dd>` : raw('')}
${Object.entries(requestBody?.content ?? {}).map(([media, { schema }]) =>
    html`<dt>Body</dt><dd><code>${media === 'application/json' ? shapeOf(schema) : media}</code></dd>`)}
${answers.flatMap(([status, { content }]) => Object.entries(content).map(([media, { schema }]) =>
    html`<dt>Answer ${status}</dt><dd><code>${media === 'application/json' ? shapeOf(schema) : media}</code></dd>`))}
${own.length > 0 ? html`<dt>Problems</dt><dd>${problemLinks(own)}</dd>` : raw('')}</dl></article>`
}

import { html, raw } from 'hono/html'
import type { Me } from './api.ts'
import { type Html, icon, type Icon } from './icons.ts'
import { type Language, LANGUAGES, TEXTS } from './language.ts'
import type { Message } from './texts.en.ts'

/** What every page is drawn for. */
export interface PageContext {
  language: Language
  /** Who looks; null where that could not be told. */
  me: Me | null
  /** The page's own address and query, for links and forms that come back to it. */
  path: string
  query?: Readonly<Record<string, string | undefined>>
  clock: { now: number; movedDays: number }
}

const PRODUCT = 'Velthorn Connect'

/** What the clock can be moved by (days). */
const STEPS = [1, 30, 151] as const

/** A whole page. */
export function page(context: PageContext, title: string, content: Html): Html {
  const { language: { code, texts } } = context
  return html`<!doctype html>
<html lang="${code}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · ${PRODUCT}</title>
<link rel="icon" href="/demo.svg" type="image/svg+xml"><link rel="stylesheet" href="/demo.css">
</head>
<body>
<a class="skip" href="#main">${texts.skip}</a>
${header(context)}
<main id="main" tabindex="-1">${content}</main>
${footer(context)}
${clockBar(context)}
</body>
</html>`
}

function header({ language, me, path, query }: PageContext): Html {
  const { code, texts, link } = language
  const switches = LANGUAGES.map((other) => html`<a href="${addressIn(other, path, query)}" lang="${other}" hreflang="${other}"
 ${other === code ? raw('aria-current="true"') : ''}>${other.toUpperCase()}<span class="hidden"> ${TEXTS[other].language}</span></a>`)
  return html`<header class="top"><a class="brand" href="${link('/')}">${BRAND_SIGN}${PRODUCT}</a>
<nav aria-label="${texts.mainNavigation}"><a href="${link('/')}" aria-current="${path === '/' ? 'page' : 'true'}">${texts.assets}</a></nav>
${me === null ? '' : html`<p class="who"><bdi>${me.workspace.name}</bdi> · ${cityOf(me.workspace.timeZone)}</p>`}
<nav class="languages" aria-label="${texts.languages}">${switches}</nav></header>`
}

const BRAND_SIGN = raw(`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
<rect width="24" height="24" rx="6" class="sign"/><path d="m7 8 5 9 5-9" class="sign-stroke"/></svg>`)

function addressIn(lang: string, path: string, query: PageContext['query'] = {}): string {
  const pairs = Object.entries({ ...query, lang }).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return `${path}?${new URLSearchParams(pairs)}`
}

/** The city that a time zone is named after. */
export function cityOf(timeZone: string): string {
  return timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
}

function footer({ language: { texts } }: PageContext): Html {
  const { docs, openapi, problems } = texts.documents
  return html`<footer><p>${texts.footer}</p>
<p><a href="/docs">${docs}</a> <a href="/v1/openapi.json">${openapi}</a> <a href="/problems">${problems}</a></p></footer>`
}

function clockBar({ language, me, path, query, clock }: PageContext): Html {
  const { texts, formats, link } = language
  const zone = me?.workspace.timeZone ?? 'UTC'
  const moved = clock.movedDays === 0 ? '' : html` <span class="pill info">${texts.clockMoved(formats.signedDays(clock.movedDays))}</span>`
  return html`<section class="clock" aria-label="${texts.clock}">
<p><strong>${texts.clock}</strong> <time datetime="${new Date(clock.now).toISOString()}">${formats.time(clock.now, zone)}</time>${moved}</p>
<form method="post" action="${link('/clock')}"><input type="hidden" name="back" value="${link(path, query)}">
${STEPS.map((days) => html`<button name="addDays" value="${days}">${texts.clockAdd(formats.days(days))}</button>`)}
<button name="addDays" value="">${texts.clockBack}</button></form></section>`
}

const ROLES = { ok: 'status', info: 'status', warn: 'alert', bad: 'alert' } as const

/** What happened, what it means, what to do: read out where it is news. */
export function notice(tone: keyof typeof ROLES, name: Icon, [title, detail]: Message, more: Html | string = ''): Html {
  return html`<div class="notice ${tone}" id="notice" role="${ROLES[tone]}">${icon(name)}<p><strong>${title}</strong> ${detail} ${more}</p></div>`
}

/** A page that says only what went wrong. */
export function errorPage(context: PageContext, [title, detail]: Message, more = ''): Html {
  const { texts, link } = context.language
  return page(context, `${texts.error}: ${title}`, html`<div class="lost"><h1>${title}</h1><p>${detail}</p>
${more === '' ? '' : html`<p class="muted">${more}</p>`}<p><a class="button" href="${link('/')}">${texts.back}</a></p></div>`)
}

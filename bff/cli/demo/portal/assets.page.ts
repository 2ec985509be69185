import { html, raw } from 'hono/html'
import { type Status, STATUSES } from '../../../rules/lists.ts'
import type { DevicePage, Me, Summary } from './api.ts'
import { deviceTable, type Listing } from './device-table.ts'
import { type Html, icon, STATUS_ICONS } from './icons.ts'
import type { Language } from './language.ts'
import { page, type PageContext } from './layout.ts'
import { STATUS_TONES } from './license-words.ts'
import type { Message } from './texts.en.ts'

/** What the page of all devices shows. */
export interface Assets {
  me: Me
  summary: Summary
  list: DevicePage
  /** The licence that ends first of those that end soon. */
  first: { name: string; daysRemaining: number | null } | null
  listing: Listing
}

/** Every device of the workspace with its licence, what needs care first. */
export function assetsPage(context: PageContext, assets: Assets): Html {
  const { language } = context
  const { texts, link } = language
  const { summary, list, listing } = assets
  const next = list.nextCursor === null ? '' : link('/', { ...listing, cursor: list.nextCursor })
  return page(context, texts.assets, html`<div class="head"><h1>${texts.assets}</h1><p class="muted">${count(language, assets)}</p></div>
${warnings(language, assets)}
${tiles(language, summary, listing)}
${list.items.length === 0 ? html`<p class="empty card">${texts.noDevices}</p>` : deviceTable(language, list.items, listing)}
${next === '' ? '' : html`<p class="more"><a class="button" href="${next}">${texts.nextPage}</a></p>`}`)
}

/** How many devices there are, or how many of them the filter shows. */
function count({ texts, formats, link }: Language, { summary: { total, byStatus, alerts }, list, listing }: Assets): Html | string {
  const { status, alert, sort } = listing
  if (status === undefined && alert === undefined) return texts.devices(formats.number(total), formats.plural(total))
  const oneStatus = STATUSES.find((one) => one === status)
  const shown = alert === undefined && oneStatus !== undefined ? byStatus[oneStatus]
    : status === undefined && (alert === 'expired' || alert === 'expiring') ? alerts[alert] : list.items.length
  return html`${texts.filtered(formats.number(shown), formats.number(total))} <a href="${link('/', { sort })}">${texts.showAll}</a>`
}

function warnings(language: Language, { me, summary: { alerts }, first }: Assets): Html | string {
  const { texts, formats } = language
  const rows: Html[] = []
  if (alerts.expired > 0) {
    rows.push(warning(language, 'expired', alerts.expired,
      texts.warning.expired(formats.number(alerts.expired), formats.plural(alerts.expired)), contactLink(language, me, alerts.expired)))
  }
  if (alerts.expiring > 0) {
    const [title] = texts.warning.expiring(
      formats.number(alerts.expiring), formats.days(me.policy.expiringWithinDays), formats.plural(alerts.expiring))
    const days = first?.daysRemaining ?? 0
    const which = first === null ? '' : texts.first(isolated(first.name), days === 0 ? null : formats.days(days))
    rows.push(warning(language, 'expiring', alerts.expiring, [title, which], null))
  }
  return rows.length === 0 ? '' : html`<section class="card warnings" aria-label="${texts.warnings}">${rows}</section>`
}

/** A name inside a sentence: its direction stays its own (Unicode UAX 9, isolates). */
function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** One row: a sentence, one action and one quiet link. Without a contact the list is the action. */
function warning({ texts, formats, link }: Language, alert: 'expired' | 'expiring', count: number, [title, detail]: Message, contact: Html | null): Html {
  const show = texts.show(formats.number(count), formats.plural(count))
  const list = html`<a class="${contact === null ? 'action' : 'quiet'}" href="${link('/', { alert })}">${show}</a>`
  return html`<div class="warning ${STATUS_TONES[alert]}">${icon(STATUS_ICONS[alert])}<p><strong>${title}</strong> <span class="muted">${detail}</span></p>
<p class="links">${contact ?? ''} ${list}</p></div>`
}

function contactLink({ texts, formats }: Language, { contact: { support } }: Me, expired: number): Html | null {
  if (support.email === undefined) return null
  const subject = encodeURIComponent(texts.mailSubjectExpired(formats.number(expired)))
  return html`<a class="action" href="mailto:${support.email}?subject=${subject}">${texts.contactSupport}</a>`
}

/** Counts that filter the list; the one that does so is pressed, and its address lets go of it. */
function tiles({ texts, formats, link }: Language, { byStatus }: Summary, { status, sort }: Listing): Html {
  const tile = (one: Status): Html => {
    const pressed = status === one
    const address = link('/', { status: pressed ? undefined : one, sort })
    return html`<li><a class="tile ${STATUS_TONES[one]}" href="${address}" ${pressed ? raw('aria-current="true"') : ''}>
<strong>${formats.number(byStatus[one])}</strong><span>${icon(STATUS_ICONS[one])}${texts.status[one]}</span></a></li>`
  }
  const shown = STATUSES.toSorted((a, b) => TILE_ORDER.indexOf(a) - TILE_ORDER.indexOf(b))
  return html`<nav aria-label="${texts.byStatus}"><ul class="tiles">${shown.map(tile)}</ul></nav>`
}

const TILE_ORDER: readonly Status[] = ['active', 'expiring', 'grace', 'expired', 'none']

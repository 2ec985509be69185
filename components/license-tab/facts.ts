import { html, nothing, type TemplateResult } from 'lit'
import { cityOf, formatDay, formatSpan } from '../shared/dates.ts'
import { daysSince } from '../shared/formats.ts'
import { statusIcon, statusShape } from '../shared/icons.ts'
import type { Localize } from '../shared/localize.ts'
import type { Kind, LicenseView } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

type Words = Localize<TabText>

/** Whether a licence is on its last day, on which hours and minutes count (R3). */
export function onLastDay({ status, daysRemaining }: LicenseView): boolean {
  return daysRemaining === 0 && status !== 'expired'
}

/** What a kind of licence is called. */
export function kindWord(words: Words, kind: Kind): string {
  return words.text(kind === 'standard' ? 'tab.standard' : `badge.${kind}`)
}

/** Until when a licence holds, in words; that it never was active where there is no end. */
export function untilWords(words: Words, { lastDay }: LicenseView): string {
  return lastDay === null ? words.text('tab.never') : words.text('tab.until', { day: formatDay(words.formats, lastDay) })
}

/** Status, Expiration, Days remaining and Type. `left`: what is left of the last day (ms); null on any other. `calendar`: the way into one. */
export function facts(words: Words, license: LicenseView, left: number | null, calendar: TemplateResult | typeof nothing): TemplateResult {
  const { status, type, lastDay, timeZone, daysRemaining, expiringWithinDays } = license
  const ring = daysRemaining === null || !(expiringWithinDays > 0) ? 1 : daysRemaining / expiringWithinDays
  return html`<dl class="facts" part="facts">
    ${fact(words.text('tab.status'), html`<span class="pill ${statusShape(status).tone}" part="status">${statusIcon(status, ring)}<span
      >${words.text(`badge.${status}`)}</span></span>`)}
    ${fact(words.text('tab.expiration'), untilWords(words, license), lastDay === null ? nothing : html`<span>${words.text('tab.zone', { city: cityOf(timeZone) })}</span> ${calendar}`)}
    ${remaining(words, license, left)}
    ${fact(words.text('tab.type'), type === null ? absent(words) : kindWord(words, type))}
  </dl>`
}

function remaining(words: Words, license: LicenseView, left: number | null): TemplateResult {
  const { status, type, daysRemaining, lastDay, now, timeZone } = license
  const term = words.text('tab.remaining')
  if (daysRemaining === null) return fact(term, absent(words))
  if (left !== null) {
    return fact(term, html`<span role="timer" part="timer">${formatSpan(words.formats, left)}</span>`, words.text(`badge.today-${type === 'trial' || type === 'grace' ? type : 'expiring'}`))
  }
  return fact(term, words.formats.days(daysRemaining),
    status === 'expired' && lastDay !== null ? words.formats.ago(daysSince(lastDay, now, timeZone)) : nothing)
}

function fact(term: string, value: unknown, more: unknown = nothing): TemplateResult {
  return html`<div><dt>${term}</dt><dd><span>${value}</span>${more === nothing ? nothing : html`<span class="muted small">${more}</span>`}</dd></div>`
}

function absent(words: Words): TemplateResult {
  return html`<span aria-hidden="true">–</span><span class="hidden">${words.text('badge.none')}</span>`
}

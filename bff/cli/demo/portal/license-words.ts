import { html } from 'hono/html'
import type { LicenseView } from '../../../ledger/view.ts'
import { dayOf, parseDay } from '../../../rules/calendar.ts'
import type { Status } from '../../../rules/lists.ts'
import { type Html, icon, STATUS_ICONS } from './icons.ts'
import type { Language } from './language.ts'

/** The colours of each status. */
export const STATUS_TONES = { none: 'neutral', active: 'ok', expiring: 'warn', grace: 'info', expired: 'bad' } as const satisfies Record<Status, string>

/** Dates since the last valid one. */
export function daysSince(license: LicenseView): number {
  const lastDay = parseDay(license.lastDay ?? '')
  return lastDay === null ? 0 : dayOf(Date.parse(license.now), license.timeZone) - lastDay
}

/** Time until the end, in hours and minutes: what people see on the last day (R3). */
export function timeLeft(license: LicenseView, { formats }: Language): string {
  return formats.hoursAndMinutes(Date.parse(license.expiresAt ?? license.now) - Date.parse(license.now))
}

function onLastDay({ status, daysRemaining }: LicenseView): boolean {
  return daysRemaining === 0 && status !== 'expired'
}

/** What a pill says: the status, and the days that go with it. */
export function statusWords(license: LicenseView, language: Language): string {
  const { texts, formats } = language
  const { status, daysRemaining } = license
  if (status === 'none' || daysRemaining === null) return texts.status.none
  if (status === 'expired') return `${texts.status.expired} · ${formats.daysAgo(daysSince(license))}`
  if (onLastDay(license)) return `${texts.lastDayOf[status]} · ${timeLeft(license, language)}`
  return `${texts.status[status]} · ${formats.days(daysRemaining)}`
}

/** The days remaining as a fact: a count, the last day's hours, or how long it has been over. */
export function remainingWords(license: LicenseView, language: Language): { main: string; more: string } {
  const { texts, formats } = language
  const { status, daysRemaining } = license
  if (status === 'none' || daysRemaining === null) return { main: '–', more: '' }
  if (status === 'expired') return { main: formats.days(0), more: formats.daysAgo(daysSince(license)) }
  if (onLastDay(license)) return { main: texts.lastDayOf[status], more: texts.hoursLeft(timeLeft(license, language)) }
  return { main: formats.days(daysRemaining), more: '' }
}

/** A status as icon and words; colour comes last. */
export function pill(status: Status, words: string): Html {
  return html`<span class="pill ${STATUS_TONES[status]}">${icon(STATUS_ICONS[status])}<span>${words}</span></span>`
}

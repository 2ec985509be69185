import { dateFormat, daysSince, type Formats, formatsOf } from './formats.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const DAY = { day: 'numeric', year: 'numeric' } as const

/** "25 November 2026" of `2026-11-25`; `short`: "25 Nov 2026". What is no date comes back as it is. */
export function formatDay(formats: Formats, date: string, length: 'long' | 'short' = 'long'): string {
  return formatInstant(formats, date, 'UTC', { ...DAY, month: length })
}

/** "25 Nov 2026" of an instant (ISO 8601 or ms), in a time zone. */
export function formatDayOf(formats: Formats, instant: string | number, timeZone: string): string {
  return formatInstant(formats, instant, timeZone, { ...DAY, month: 'short' })
}

/** "14:05" of an instant, in a time zone. */
export function formatClockOf(formats: Formats, instant: string | number, timeZone: string): string {
  return formatInstant(formats, instant, timeZone, { hour: 'numeric', minute: '2-digit' })
}

/** "25 Nov 2026, 14:05" of an instant, in a time zone. */
export function formatTimeOf(formats: Formats, instant: string | number, timeZone: string): string {
  return formatInstant(formats, instant, timeZone, { ...DAY, month: 'short', hour: 'numeric', minute: '2-digit' })
}

function formatInstant(formats: Formats, instant: string | number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return String(instant)
  return formats.cached(timeZone + JSON.stringify(options), (locale) => dateFormat(locale, timeZone, options)).format(date)
}

/** "13 hr 24 min" of a span (ms), rounded up to whole minutes, so that it is 0 only at the end. */
export function formatSpan(formats: Formats, ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  const parts = [hours > 0 ? formats.unit(hours, 'hour') : '', hours === 0 || minutes % 60 > 0 ? formats.unit(minutes % 60, 'minute') : '']
  return parts.filter((part) => part !== '').join(' ')
}

/** "2 hours ago" of a span (ms); "now" of less than a minute. */
export function formatAgo(formats: Formats, ms: number): string {
  const [unit, size] = ms < MINUTE_MS ? ['second', Number.POSITIVE_INFINITY] as const : ms < HOUR_MS ? ['minute', MINUTE_MS] as const
    : ms < DAY_MS ? ['hour', HOUR_MS] as const : ['day', DAY_MS] as const
  return formats.ago(Math.floor(ms / size), unit)
}

/** "A, B and C". */
export function formatList(formats: Formats, items: readonly string[]): string {
  return formats.cached('list', (locale) => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items)
}

/** The city that a time zone is named after. */
export function cityOf(timeZone: string): string {
  return timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
}

/** The last valid date of a term that begins at an instant (ms), `2026-11-25` (R2). */
export function lastDayOf(instant: number, days: number, timeZone: string): string {
  return new Date((daysSince('1970-01-01', instant, timeZone) + days) * DAY_MS).toISOString().slice(0, 10)
}

/** When the next local date begins (ms), give or take the hour by which clocks are changed that day. */
export function nextMidnight(instant: number, timeZone: string): number {
  const time = formatsOf('en-GB').cached(`time ${timeZone}`, (locale) => dateFormat(locale, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }))
    .format(new Date(instant))
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return instant + DAY_MS - ((hours * 60 + minutes) * 60 + seconds) * 1_000
}

import { Temporal } from 'temporal-polyfill'

/** Milliseconds of a UTC day; local days may be shorter or longer. */
const DAY_MS = 86_400_000
/** Dates that are remembered per zone before their memory starts afresh. */
const MEMO_SIZE = 20_000

const starts = new Map<string, Map<number, number>>()

/**
 * The first instant (ms since 1970 UTC) of a local date, which is not midnight where DST skips midnight (R2).
 * A date is a number of days since 1970-01-01; a date that the zone left out begins where the next one does.
 */
export function startOfDay(day: number, zone: string): number {
  if (zone === 'UTC') return day * DAY_MS
  let known = starts.get(zone)
  if (known === undefined || known.size > MEMO_SIZE) starts.set(zone, (known = new Map<number, number>()))
  let start = known.get(day)
  if (start === undefined) {
    const date = new Temporal.PlainDate(1970, 1, 1).add({ days: day })
    start = date.toZonedDateTime({ timeZone: zone }).startOfDay().epochMilliseconds
    known.set(day, start)
  }
  return start
}

/** The instant (ms) of a local time `HH:MM` on a date; where DST skips it, that much later. */
export function timeOfDay(day: number, time: string, zone: string): number {
  return new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
}

/** The local date, in days since 1970-01-01, that holds an instant (ms). */
export function dayOf(instant: number, zone: string): number {
  // A local date is at most a day ahead of the UTC date, so two or three memoised starts decide.
  let day = Math.floor(instant / DAY_MS) + 1
  while (startOfDay(day, zone) > instant) day -= 1
  return day
}

const formatted = new Map<number, string>()

/** `2026-11-21` for a number of days since 1970-01-01. */
export function formatDay(day: number): string {
  let text = formatted.get(day)
  if (text === undefined) {
    if (formatted.size > MEMO_SIZE) formatted.clear()
    text = new Date(day * DAY_MS).toISOString().slice(0, -14)
    formatted.set(day, text)
  }
  return text
}

/** `2026-11-21T09:30:00.000Z` for an instant (ms): what `Date` says, from memoised dates, as views are full of instants. */
export function formatInstant(instant: number): string {
  const day = Math.floor(instant / DAY_MS)
  const ms = instant - day * DAY_MS
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
  const fraction = String(ms % 1_000).padStart(3, '0')
  return `${formatDay(day)}T${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1_000) % 60)}.${fraction}Z`
}

/** Days since 1970-01-01 of `2026-11-21`; null if that is no date of the calendar. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const instant = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(instant) || formatDay(instant / DAY_MS) !== text ? null : instant / DAY_MS
}

/** The last day that a licence can have, in days since 1970-01-01: its instants have years of four digits in every zone. */
export const LAST_DAY = Date.UTC(9998, 11, 31) / DAY_MS

/** Whether a name is an IANA time zone that this runtime knows; fixed offsets such as `+01:00` are none (R1). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

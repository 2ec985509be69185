/** Dates, numbers and spans as people of one locale write them. Bad input comes back as it is; nothing throws. */
export class Formats {
  readonly locale: string
  readonly #made = new Map<string, { format: (value: never) => string }>()

  /** A locale that the browser does not know is taken as English. */
  constructor(locale: string) {
    this.locale = isLocale(locale) ? locale : 'en-GB'
  }

  /** "25 November 2026" of `2026-11-25`; `short`: "25 Nov 2026". */
  day(date: string, length: 'long' | 'short' = 'long'): string {
    return this.#date(`${date}T00:00:00Z`, date, { day: 'numeric', month: length, year: 'numeric', timeZone: 'UTC' })
  }

  /** "25 Nov 2026" of an instant, in a time zone. */
  dayOf(instant: string | number, timeZone: string): string {
    return this.#date(instant, String(instant), { day: 'numeric', month: 'short', year: 'numeric', timeZone: zoneOf(timeZone) })
  }

  /** "25 Nov 2026, 14:05" of an instant, in a time zone. */
  timeOf(instant: string | number, timeZone: string): string {
    return this.#date(instant, String(instant), {
      day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: zoneOf(timeZone),
    })
  }

  /** "1,234". */
  number(value: number): string {
    return this.#cached('number', () => new Intl.NumberFormat(this.locale)).format(value)
  }

  /** "4 days". */
  days(count: number): string {
    return this.#unit('day', 'long', count)
  }

  /** "9 days ago"; "yesterday" of 1. */
  daysAgo(count: number): string {
    return this.#cached('ago', () => {
      const format = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' })
      return { format: (days: number) => format.format(-days, 'day') }
    }).format(count)
  }

  /** "13 hr 24 min" of a span (ms), rounded up to whole minutes, so that it is 0 only at the end. */
  hoursAndMinutes(ms: number): string {
    const minutes = Math.max(0, Math.ceil(ms / 60_000))
    const hours = Math.floor(minutes / 60)
    const parts = [hours > 0 ? this.#unit('hour', 'short', hours) : '', hours === 0 || minutes % 60 > 0 ? this.#unit('minute', 'short', minutes % 60) : '']
    return parts.filter((part) => part !== '').join(' ')
  }

  /** "A, B and C". */
  list(items: readonly string[]): string {
    return this.#cached('list', () => new Intl.ListFormat(this.locale, { type: 'conjunction' })).format(items)
  }

  /** Which form of a text a count takes. */
  plural(count: number): 'one' | 'other' {
    const rules = this.#cached('plural', () => {
      const made = new Intl.PluralRules(this.locale)
      return { format: (value: number) => made.select(value) }
    })
    return rules.format(count) === 'one' ? 'one' : 'other'
  }

  #unit(unit: 'day' | 'hour' | 'minute', unitDisplay: 'long' | 'short', value: number): string {
    return this.#cached(`${unit} ${unitDisplay}`, () => new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay })).format(value)
  }

  #date(at: string | number, fallback: string, options: Intl.DateTimeFormatOptions): string {
    const date = new Date(at)
    if (Number.isNaN(date.getTime())) return fallback
    return this.#cached(JSON.stringify(options), () => new Intl.DateTimeFormat(this.locale, { calendar: 'gregory', ...options })).format(date)
  }

  /** Making a format costs a thousand times its use. */
  #cached<F extends { format: (value: never) => string }>(key: string, make: () => F): F {
    const known = this.#made.get(key)
    if (known !== undefined) return known as F
    const made = make()
    this.#made.set(key, made)
    return made
  }
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}

/** A time zone that this browser knows; UTC for one that it does not. */
function zoneOf(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** The city that a time zone is named after. */
export function cityOf(timeZone: string): string {
  return timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
}

/** Whole days from a date (`2026-11-25`) to the local date of an instant. */
export function daysSince(date: string, instant: string | number, timeZone: string): number {
  const local = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zoneOf(timeZone) }).format(new Date(instant))
  return Math.round((Date.parse(`${local}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / 86_400_000)
}

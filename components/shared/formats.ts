/** What formats numbers of one kind for one locale. */
interface Format<V> {
  format: (value: V) => string
}

/** "day" and "days" in the languages that the elements bring. The browser says the same, but its first number format takes 20 ms. */
const DAYS: Readonly<Record<string, readonly [one: string, other: string]>> = { de: [' Tag', ' Tage'], en: [' day', ' days'] }

/** Numbers and counts as people of one locale write them; `dates.ts` adds dates and spans. */
export class Formats {
  readonly locale: string
  readonly #made = new Map<unknown, unknown>()

  /** A locale that the browser does not know is taken as English. */
  constructor(locale: string) {
    this.locale = isLocale(locale) ? locale : 'en-GB'
  }

  /** "1,234". */
  number(value: number): string {
    return this.cached('number', (locale) => new Intl.NumberFormat(locale)).format(value)
  }

  /** "4 days"; not below 0. */
  days(count: number): string {
    const words = DAYS[this.locale.replace(/-..$/, '')]
    // Many devices share their days, and the browser takes long over each.
    return words === undefined || count > 999 ? this.cached(count, () => this.unit(count, 'day')) : count + words[count === 1 ? 0 : 1]
  }

  /** "4 hr", "5 min"; days in full. */
  unit(value: number, unit: 'day' | 'hour' | 'minute'): string {
    return this.cached(unit, (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' })).format(value)
  }

  /** "9 days ago"; "yesterday" of 1; "in 9 days" of -9. */
  ago(count: number, unit: Intl.RelativeTimeFormatUnit = 'day'): string {
    return this.cached('ago', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(-count, unit)
  }

  /** Which form of a text a count takes. */
  plural(count: number): Intl.LDMLPluralRule {
    return this.cached('plural', (locale) => new Intl.PluralRules(locale)).select(count)
  }

  /** What `make` made before under this key: making a format costs a thousand times its use. */
  cached<F>(key: unknown, make: (locale: string) => F): F {
    const made = this.#made.get(key) ?? make(this.locale)
    this.#made.set(key, made)
    return made as F
  }
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}

/** A format of instants for a time zone; in UTC for a zone that this browser does not know. */
export function dateFormat(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Format<Date> {
  try {
    return new Intl.DateTimeFormat(locale, { calendar: 'gregory', ...options, timeZone })
  } catch {
    return dateFormat(locale, 'UTC', options)
  }
}

const made = new Map<string, Formats>()

/** The formats of a locale, which all elements share. */
export function formatsOf(locale: string): Formats {
  const formats = made.get(locale) ?? new Formats(locale)
  made.set(locale, formats)
  return formats
}

/** Whole days from a date (`2026-11-25`) to the local date of an instant (ISO 8601 or ms). */
export function daysSince(date: string, instant: string | number, timeZone: string): number {
  const local = formatsOf('en-CA').cached(timeZone, (locale) => dateFormat(locale, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }))
    .format(new Date(instant))
  return Math.round((Date.parse(local) - Date.parse(date)) / 86_400_000)
}

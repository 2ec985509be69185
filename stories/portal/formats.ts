/** Forms of a text that English and German have. */
export type Plural = 'one' | 'other'

/** Dates, numbers and spans as people of one locale write them; every instant is a JSON one or ms, every date `2026-11-21`. */
export class Formats {
  readonly locale: string
  readonly #made = new Map<string, unknown>()

  constructor(locale: string) {
    this.locale = locale
  }

  #date(date: Date, options: Intl.DateTimeFormatOptions): string {
    return this.#cached(JSON.stringify(options), () => new Intl.DateTimeFormat(this.locale, { calendar: 'gregory', numberingSystem: 'latn', ...options })).format(date)
  }

  /** What was made before under this key: making a format costs a thousand times its use. */
  #cached<F>(key: string, make: () => F): F {
    const made = this.#made.get(key) ?? make()
    this.#made.set(key, made)
    return made as F
  }

  /** "25 Nov 2026". */
  day(date: string): string {
    return this.#date(new Date(`${date}T00:00:00Z`), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  }

  /** "25 November 2026". */
  longDay(date: string): string {
    return this.#date(new Date(`${date}T00:00:00Z`), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  }

  /** "Fri, 25 Nov" in a time zone. */
  weekday(instant: number, timeZone: string): string {
    return this.#date(new Date(instant), { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  }

  /** "25 Nov" in a time zone. */
  dayAndMonth(instant: number, timeZone: string): string {
    return this.#date(new Date(instant), { day: 'numeric', month: 'short', timeZone })
  }

  /** "Sat 21 Nov 2026, 10:30" in a time zone. */
  time(instant: number, timeZone: string): string {
    return this.#date(new Date(instant), {
      weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone,
    })
  }

  /** "10:30:06" in a time zone. */
  clock(instant: number, timeZone: string): string {
    return this.#date(new Date(instant), { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone })
  }

  /** "1,234.5" with as many digits behind the point. */
  number(value: number, digits = 0): string {
    return this.#cached(`${digits} digits`, () => new Intl.NumberFormat(this.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value)
  }

  /** "4 days", "1 day". */
  days(count: number): string {
    return this.#unit(count, 'day')
  }

  /** "+30 days". */
  signedDays(count: number): string {
    return `${count > 0 ? '+' : '−'}${this.days(Math.abs(count))}`
  }

  /** "2 minutes". */
  minutes(count: number): string {
    return this.#unit(count, 'minute')
  }

  #unit(value: number, unit: 'day' | 'minute'): string {
    return this.#cached(unit, () => new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'long' })).format(value)
  }

  /** Which text a count takes. */
  plural(count: number): Plural {
    return this.#cached('plural', () => new Intl.PluralRules(this.locale)).select(count) === 'one' ? 'one' : 'other'
  }
}

/** The city that a time zone is named after. */
export function cityOf(timeZone: string): string {
  return timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
}

/** Forms of a text that English and German have. */
export type Plural = 'one' | 'other'

/** Dates, numbers and spans as people of one locale write them; every instant is a JSON one, every date `2026-11-21`. */
export class Formats {
  readonly #locale: string
  readonly #brief: 'narrow' | 'short'

  constructor(locale: string) {
    this.#locale = locale
    // German has no letter for minutes: "13h 24 Min." would mix two styles.
    this.#brief = locale.startsWith('en') ? 'narrow' : 'short'
  }

  #date(date: Date, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#locale, { calendar: 'gregory', numberingSystem: 'latn', ...options }).format(date)
  }

  /** "25 Nov 2026". */
  day(date: string): string {
    return this.#date(new Date(`${date}T00:00:00Z`), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  }

  /** "25 November 2026". */
  longDay(date: string): string {
    return this.#date(new Date(`${date}T00:00:00Z`), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  }

  /** "25 Nov 2026" in a time zone. */
  dayOf(instant: string | number, timeZone: string): string {
    return this.#date(new Date(instant), { day: 'numeric', month: 'short', year: 'numeric', timeZone })
  }

  /** "Sat 21 Nov 2026, 10:30" in a time zone. */
  time(instant: string | number, timeZone: string): string {
    return this.#date(new Date(instant), {
      weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone,
    })
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#locale).format(value)
  }

  #unit(value: number, unit: 'day' | 'hour' | 'minute', unitDisplay: 'long' | 'narrow' | 'short'): string {
    return new Intl.NumberFormat(this.#locale, { style: 'unit', unit, unitDisplay }).format(value)
  }

  /** "4 days". */
  days(count: number): string {
    return this.#unit(count, 'day', 'long')
  }

  /** "+30 days". */
  signedDays(count: number): string {
    return `${count > 0 ? '+' : '−'}${this.days(Math.abs(count))}`
  }

  /** "9 days ago". */
  daysAgo(count: number): string {
    return new Intl.RelativeTimeFormat(this.#locale).format(-count, 'day')
  }

  /** "13h 24m", from milliseconds; at least a minute. */
  hoursAndMinutes(ms: number): string {
    const minutes = Math.max(1, Math.floor(ms / 60_000))
    const hours = Math.floor(minutes / 60)
    const parts = [hours > 0 ? this.#unit(hours, 'hour', this.#brief) : '', minutes % 60 > 0 ? this.#unit(minutes % 60, 'minute', this.#brief) : '']
    return parts.filter((part) => part !== '').join(' ')
  }

  /** Which text a count takes. */
  plural(count: number): Plural {
    return new Intl.PluralRules(this.#locale).select(count) === 'one' ? 'one' : 'other'
  }
}

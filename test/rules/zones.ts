import fc from 'fast-check'
import { startOfDay } from '../../bff/rules/index.ts'
import { DAY, HOUR, MINUTE } from './build.ts'

/** Runs a property with a fixed seed, which a failure prints with the smallest counterexample. */
export function check<T>(property: fc.IProperty<T>, numRuns: number): void {
  fc.assert(property, { seed: 20_261_121, numRuns })
}

/** Zones where days are odd: midnight skipped or doubled, half and quarter hours, a date left out, DST the other way. */
const ODD_ZONES = [
  'America/Sao_Paulo', 'Africa/Cairo', 'Asia/Beirut', 'America/Santiago', 'America/Havana', 'America/Asuncion', 'Asia/Tehran',
  'Asia/Amman', 'Asia/Gaza', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham', 'Pacific/Apia',
  'Pacific/Fakaofo', 'Africa/Casablanca', 'Europe/Dublin', 'Antarctica/Troll', 'Pacific/Kiritimati', 'Etc/GMT+12', 'UTC',
] as const
/** Every ninth zone that the runtime knows. */
const SAMPLE = Intl.supportedValuesOf('timeZone').filter((_, index) => index % 9 === 0)

const YEAR_2005 = Date.UTC(2005, 0)
const YEAR_2041 = Date.UTC(2041, 0)

export const zones = fc.oneof(fc.constantFrom(...ODD_ZONES), fc.constantFrom(...SAMPLE))
export const days = fc.integer({ min: YEAR_2005 / DAY, max: YEAR_2041 / DAY - 1 })

/** An instant of 2005 to 2040, as often as not at or beside the start of a local date. */
export function instants(zone: string): fc.Arbitrary<number> {
  const beside = fc.constantFrom(-HOUR, -1, 0, 1, MINUTE, HOUR)
  return fc.oneof(
    fc.integer({ min: YEAR_2005, max: YEAR_2041 - 1 }),
    fc.tuple(days, beside).map(([day, offset]) => startOfDay(day, zone) + offset),
  )
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The date that a clock on the wall shows, in days since 1970-01-01, by `Intl` alone. */
export function wallDay(instant: number, zone: string): number {
  let clock = clocks.get(zone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    clocks.set(zone, clock)
  }
  return Date.parse(clock.format(instant)) / DAY
}

/** The first instant whose wall date is a date or later, found by looking every quarter of an hour: since 2005 all
 * clocks change at, and all offsets are, multiples of that (but for a change a minute past, which is no first instant). */
export function wallStart(day: number, zone: string): number {
  let instant = day * DAY - 14 * HOUR
  while (wallDay(instant, zone) < day) instant += 15 * MINUTE
  return instant
}

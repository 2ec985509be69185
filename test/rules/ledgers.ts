import fc from 'fast-check'
import { KINDS, startOfDay, type Grant } from '../../bff/rules/index.ts'
import { DAY, MINUTE } from './build.ts'
import { days, zones } from './zones.ts'

/** A zone, a ledger in it, an instant near or at one of its boundaries, and the days of warning. */
export interface Case {
  zone: string
  grants: Grant[]
  now: number
  within: number
}

/** Where a grant begins: at the end of the one before, at a local midnight, or anywhere (ms after the first date). */
const starts = fc.oneof(
  fc.constant({ at: 'end' as const }),
  fc.record({ at: fc.constant('midnight' as const), days: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ at: fc.constant('anywhere' as const), offset: fc.integer({ min: 0, max: 200 * DAY }) }),
)
const shape = fc.record({
  kind: fc.constantFrom(...KINDS), start: starts, days: fc.integer({ min: 0, max: 100 }),
  odd: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: DAY }) }),
  undone: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

/** Ledgers as redeeming, imports and changes of zone leave them: touching, overlapping, with gaps, ending within a date. */
export const cases: fc.Arbitrary<Case> = fc.record({
  zone: zones, first: days, shapes: fc.array(shape, { maxLength: 6 }), within: fc.constantFrom(31, 31, 14, 0),
  near: fc.integer({ min: -2 * DAY, max: 250 * DAY }),
  exact: fc.boolean(), pick: fc.nat(), beside: fc.constantFrom(-1, 0, 1, 7 * MINUTE),
}).map(({ zone, first, shapes, within, pick, near, exact, beside }) => {
  const grants: Grant[] = []
  for (const { kind, start, days: length, odd, undone } of shapes) {
    const last = grants.at(-1)
    const from = start.at === 'midnight' ? startOfDay(first + start.days, zone)
      : start.at === 'anywhere' ? startOfDay(first, zone) + start.offset : last?.to ?? startOfDay(first, zone)
    const day = Math.floor(from / DAY)
    grants.push({ kind, from, to: Math.max(from, startOfDay(day + length + 1, zone) - odd), undone })
  }
  const edges = grants.flatMap((grant) => [grant.from, grant.to])
  const edge = edges[pick % Math.max(1, edges.length)]
  return { zone, grants, within, now: exact && edge !== undefined ? edge + beside : startOfDay(first, zone) + near }
})

/** The same, without grants that begin in the future. */
export const begunCases = cases.map((one) => ({ ...one, grants: one.grants.filter((grant) => grant.from <= one.now) }))

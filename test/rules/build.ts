import type { CoverRow, Grant, Kind, Status } from '../../bff/rules/index.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** An instant in ms of `2026-01-10T15:30Z`, or of midnight UTC of `2026-01-10`; NaN would pass unseen, so it throws. */
export function ms(iso: string): number {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) throw new Error(`no instant: ${iso}`)
  return instant
}

/** An instant as people compare it; null stays null. */
export function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().replace(/(:00)?\.000Z$/, 'Z')
}

/** A local date as the rules count it: days since 1970-01-01. */
export function day(text: string): number {
  return ms(text) / DAY
}

/** A grant that counts. */
export function grant(kind: Kind, from: string, to: string): Grant {
  return { kind, from: ms(from), to: ms(to), undone: false }
}

/** The same grant, undone. */
export function undone(one: Grant): Grant {
  return { ...one, undone: true }
}

/** What SQL does with the rows of a device: the last cover begun decides, and everything else is a comparison. */
export function statusOfRows(rows: readonly CoverRow[], now: number): Status {
  const row = rows.filter((one) => one.startsAt <= now).sort((a, b) => a.startsAt - b.startsAt).at(-1)
  if (row === undefined) return 'none'
  if (now >= row.expiresAt) return 'expired'
  if (row.graceFrom !== null && now >= row.graceFrom) return 'grace'
  return now >= row.expiringFrom ? 'expiring' : 'active'
}

/** Every pair of a list, the earlier one first. */
export function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((first, index) => list.slice(index + 1).map((later): [T, T] => [first, later]))
}

/** Every subset of a list, in its order. */
export function subsets<T>(list: readonly T[]): T[][] {
  return list.reduce<T[][]>((all, one) => [...all, ...all.map((subset) => [...subset, one])], [[]])
}

import { dayOf, formatDay, LAST_DAY, startOfDay } from './calendar.ts'
import { KINDS, type Kind, type Status } from './lists.ts'

/** One period of a device's ledger: `[from, to)` in ms since 1970 UTC (R1, R5). */
export interface Grant {
  kind: Kind
  from: number
  to: number
  /** Undone grants stay in the ledger and count for nothing (R5). */
  undone: boolean
}

/** Grants that touch or overlap, taken together (R6). */
export interface Cover {
  from: number
  to: number
  grants: readonly Grant[]
}

/** A licence at one instant (R7, R8). Instants in ms; days are `YYYY-MM-DD` or whole days. */
export interface License {
  status: Status
  type: Kind | null
  startsAt: number | null
  expiresAt: number | null
  lastDay: string | null
  daysRemaining: number | null
  expiringSoon: boolean
  /** Next instant at which `status` or `expiringSoon` changes by time alone (R9). */
  changesAt: number | null
  /** Next instant at which `type` or `daysRemaining` changes, or `changesAt` where that comes first (R9). */
  refreshAt: number | null
}

/** A cover's boundaries as the database keeps them: comparing them with now gives the status (R7). */
export interface CoverRow {
  startsAt: number
  /** Start of the last `expiringWithinDays` days, within the cover. */
  expiringFrom: number
  /** From here on only grace lies ahead; null = never. */
  graceFrom: number | null
  expiresAt: number
  /** The type of the licence once it has expired (R8). */
  kind: Kind
}

/** The covers of a ledger, in order of time (R6). */
export function coversOf(grants: readonly Grant[]): Cover[] {
  const standing = grants.filter((grant) => !grant.undone && grant.to > grant.from).sort((a, b) => a.from - b.from)
  const covers: { from: number; to: number; grants: Grant[] }[] = []
  for (const grant of standing) {
    const last = covers.at(-1)
    if (last !== undefined && grant.from <= last.to) {
      last.to = Math.max(last.to, grant.to)
      last.grants.push(grant)
    } else covers.push({ from: grant.from, to: grant.to, grants: [grant] })
  }
  return covers
}

/** The cover that decides: the one that holds now, or else the last one that has begun (R6). */
export function decidingCover(covers: readonly Cover[], now: number): Cover | null {
  return covers.findLast((cover) => cover.from <= now) ?? null
}

/** The cover that holds now (R16); null if there is none. */
export function coverNow(grants: readonly Grant[], now: number): Cover | null {
  const cover = decidingCover(coversOf(grants), now)
  return cover !== null && now < cover.to ? cover : null
}

function bestKind(grants: readonly Grant[]): Kind {
  return KINDS.find((kind) => grants.some((grant) => grant.kind === kind)) ?? 'grace'
}

/** The last valid date of a cover, in days since 1970-01-01 (R2). */
function lastDayOf(cover: { to: number }, zone: string): number {
  return dayOf(cover.to - 1, zone)
}

/** The boundaries of one cover (R7, R8). */
function coverRow(cover: Cover, zone: string, expiringWithinDays: number): CoverRow {
  const paidUntil = Math.max(...cover.grants.filter((grant) => grant.kind !== 'grace').map((grant) => grant.to), cover.from)
  return {
    startsAt: cover.from,
    expiringFrom: Math.max(cover.from, startOfDay(lastDayOf(cover, zone) - expiringWithinDays, zone)),
    graceFrom: paidUntil < cover.to ? paidUntil : null,
    expiresAt: cover.to,
    kind: bestKind(cover.grants.filter((grant) => grant.to === cover.to)),
  }
}

/** What the database keeps of a ledger: one row per cover, in order of time. */
export function coverRows(grants: readonly Grant[], zone: string, expiringWithinDays: number): CoverRow[] {
  return coversOf(grants).map((cover) => coverRow(cover, zone, expiringWithinDays))
}

/** The next of some instants after now; null if there is none. */
export function nextAfter(now: number, instants: readonly (number | null)[]): number | null {
  let next: number | null = null
  for (const instant of instants) {
    if (instant !== null && instant > now && (next === null || instant < next)) next = instant
  }
  return next
}

const NO_LICENSE = {
  status: 'none', type: null, startsAt: null, expiresAt: null, lastDay: null, daysRemaining: null, expiringSoon: false,
} as const satisfies Partial<License>

/** The licence that a ledger gives at an instant (R6 to R9). Pure: the clock is an argument (R4). */
export function licenseAt(
  grants: readonly Grant[], zone: string, now: number, expiringWithinDays: number,
): License {
  const covers = coversOf(grants)
  const begun = covers.findLastIndex((cover) => cover.from <= now)
  const nextStart = covers[begun + 1]?.from ?? null
  const cover = covers[begun]
  if (cover === undefined) return { ...NO_LICENSE, changesAt: nextStart, refreshAt: nextStart }
  const row = coverRow(cover, zone, expiringWithinDays)
  const lastDay = lastDayOf(cover, zone)
  const dates = { startsAt: cover.from, expiresAt: cover.to, lastDay: formatDay(lastDay) }
  if (now >= cover.to) {
    return {
      status: 'expired', type: row.kind, ...dates, daysRemaining: 0, expiringSoon: false,
      changesAt: nextStart, refreshAt: nextStart,
    }
  }
  const today = dayOf(now, zone)
  const expiringSoon = now >= row.expiringFrom
  const inGrace = row.graceFrom !== null && now >= row.graceFrom
  const ahead = cover.grants.filter((grant) => grant.to > now)
  const type = bestKind(ahead)
  // Only the end of the last grant of the best kind makes another kind the best.
  const typeUntil = Math.max(...ahead.filter((grant) => grant.kind === type).map((grant) => grant.to))
  const changesAt = nextAfter(now, [row.expiringFrom, row.graceFrom, cover.to])
  return {
    status: inGrace ? 'grace' : expiringSoon ? 'expiring' : 'active',
    type,
    ...dates,
    daysRemaining: lastDay - today,
    expiringSoon,
    changesAt,
    refreshAt: nextAfter(now, [changesAt, startOfDay(today + 1, zone), typeUntil]),
  }
}

/** A term to append: `[from, to)` in ms and its last valid date, in days since 1970-01-01. */
export interface Term {
  from: number
  to: number
  lastDay: number
}

/** A term of some days from now, or from the end of the cover that holds now (R2, R16). It is cut at the last day of all, so
 * that it may be empty: `to` is not after `from`. */
export function termFrom(cover: Cover | null, days: number, zone: string, now: number): Term {
  const from = cover === null ? now : cover.to
  const lastDay = Math.min((cover === null ? dayOf(now, zone) : lastDayOf(cover, zone)) + days, LAST_DAY)
  return { from, to: startOfDay(lastDay + 1, zone), lastDay }
}

/** The first instant after the local date that lies some days after the date of an instant: where "until the end of
 * that date" stops being true (R20). */
export function endOfDaysAfter(instant: number, days: number, zone: string): number {
  return startOfDay(dayOf(instant, zone) + days + 1, zone)
}

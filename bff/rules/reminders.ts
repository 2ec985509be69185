import { dayOf, startOfDay, timeOfDay } from './calendar.ts'
import type { Policy } from './policy.ts'

/** The ladder of reminders: days remaining at which one goes out, and the local time `HH:MM` at which it does (R27). */
export type Ladder = Pick<Policy, 'reminderDays' | 'reminderHour'>

/** Local dates after `after` up to `through`, in days since 1970-01-01. */
export interface Dates {
  after: number
  through: number
}

/** The date up to which reminders of an instant (ms) have gone out: its own from `hour` on, else the one before (R27). */
export function reminderDay(at: number, hour: string, zone: string): number {
  const day = dayOf(at, zone)
  return at >= timeOfDay(day, hour, zone) ? day : day - 1
}

/** Ends of licences, as `(after, until]` in ms in order of time and apart from each other, that reach a rung on some dates (R27, R29). */
export function endsReached(reminderDays: readonly number[], zone: string, { after, through }: Dates): { after: number; until: number }[] {
  if (through <= after) return []
  const ends: { after: number; until: number }[] = []
  // A licence whose last day is D ends where D + 1 begins.
  for (const rung of [...reminderDays].sort((a, b) => a - b)) {
    const interval = { after: startOfDay(after + rung + 1, zone), until: startOfDay(through + rung + 1, zone) }
    const last = ends.at(-1)
    if (last !== undefined && interval.after <= last.until) last.until = Math.max(last.until, interval.until)
    else ends.push(interval)
  }
  return ends
}

/** Which rung of a licence has to be told on some dates: the most urgent one that they reached, unless its moment lies before
 * `since` (ms), from which on the licence has ended as it does (R27, R28). Null = none. */
export function rungDue({ expiresAt, since }: { expiresAt: number; since: number }, { reminderDays, reminderHour }: Ladder, zone: string, { after, through }: Dates): number | null {
  const lastDay = dayOf(expiresAt - 1, zone)
  const reached = reminderDays.filter((rung) => lastDay - rung <= through)
  const rung = Math.min(...reached)
  if (reached.length === 0 || lastDay - rung <= after) return null
  // The time of day is worked out only where it decides: that takes longer than all the rest.
  return startOfDay(lastDay - rung, zone) >= since || timeOfDay(lastDay - rung, reminderHour, zone) >= since ? rung : null
}

/** Until when a warning that is snoozed now stays away: the start of the date so many days later (R29). */
export function snoozedUntil(now: number, snoozeDays: number, zone: string): number {
  return startOfDay(dayOf(now, zone) + snoozeDays, zone)
}

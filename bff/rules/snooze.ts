import { dayOf, startOfDay, timeOfDay } from './calendar.ts'

/** The date up to which reminders of an instant have gone out: its own from `hour` on, else the one before (R27). */
function reminderDay(at: number, hour: string, zone: string): number {
  const day = dayOf(at, zone)
  return at >= timeOfDay(day, hour, zone) ? day : day - 1
}

/** Ends of licences, as `(after, until]` in ms, that reached a rung of the reminders between two instants (R27, R29). */
export function rungsReached(
  { reminderDays, reminderHour }: { reminderDays: readonly number[]; reminderHour: string }, zone: string, from: number, to: number,
): { after: number; until: number }[] {
  const [first, last] = [reminderDay(from, reminderHour, zone), reminderDay(to, reminderHour, zone)]
  if (last <= first) return []
  // A licence whose last day is D ends where D + 1 begins.
  return reminderDays.map((rung) => ({ after: startOfDay(first + rung + 1, zone), until: startOfDay(last + rung + 1, zone) }))
}

/** Until when a warning that is snoozed now stays away: the start of the date so many days later (R29). */
export function snoozedUntil(now: number, snoozeDays: number, zone: string): number {
  return startOfDay(dayOf(now, zone) + snoozeDays, zone)
}

import { breathe } from '../breathe.ts'
import type { Database } from '../db/database.ts'
import type { BffPolicy } from '../policy.ts'
import { type Dates, endsReached, reminderDay } from '../rules/reminders.ts'
import type { Senders } from './digests.sql.ts'
import { type Marked, workspacesAfter } from './ladder.sql.ts'

/** Workspaces that are read before others have the event loop. */
const PAGE = 500

/** What a pass over the ladder works with. */
export interface Ladders {
  database: Database
  policy: BffPolicy
  /** The instant (ms). */
  now: number
  /** Since when reminders are switched on (ms): what lies before is never told (R27). */
  since: number
  /** Who sends mail; null = nobody. */
  senders: Senders | null
}

/** Workspaces with the same dates to be decided, which are looked at together. */
export interface Group {
  dates: Dates
  /** The date up to which they are decided; null = none yet. */
  from: number | null
  /** Ends of licences that reach a rung on these dates. */
  ends: ReturnType<typeof endsReached>
  /** Time zones by workspace. */
  zones: Map<string, string>
}

/** All workspaces in which something may be due, in groups. */
export async function groupsOf(ladders: Ladders): Promise<Group[]> {
  const { database: { db }, policy } = ladders
  const groups = new Map<string, Group>()
  const known = new Map<string, Group>()
  const todays = new Map<string, number>()
  for (let page = await workspacesAfter(db, '', PAGE); page.length > 0; page = await workspacesAfter(db, page.at(-1)?.id ?? '', PAGE)) {
    for (const marked of page) {
      const { id, timeZone, through: from } = marked
      const dates = datesOf(ladders, marked, todays)
      if (isDecided(dates, from)) continue
      const key = `${timeZone} ${from} ${dates.after} ${dates.through}`
      let group = known.get(key)
      if (group === undefined) {
        // Zones whose days begin at the same instants have their ends in common.
        const ends = endsReached(policy.reminderDays, timeZone, dates)
        const same = JSON.stringify([from, dates, ends])
        group = groups.get(same) ?? { dates, from, ends, zones: new Map() }
        groups.set(same, group)
        known.set(key, group)
      }
      group.zones.set(id, timeZone)
    }
    await breathe()
  }
  return [...groups.values()]
}

/** The dates that are still to be decided; before the first time, those since the workspace and reminders are both there. */
function datesOf({ policy: { reminderHour: hour }, now, since }: Ladders, { timeZone, createdAt, through }: Marked, todays: Map<string, number>): Dates {
  const today = todays.get(timeZone) ?? reminderDay(now, hour, timeZone)
  todays.set(timeZone, today)
  return { after: through ?? Math.min(reminderDay(Math.max(createdAt, since), hour, timeZone), today), through: today }
}

/** A clock that was set back by hours, or a zone to the west, decides nothing anew; one that was set back by days begins again there. */
function isDecided({ after, through }: Dates, from: number | null): boolean {
  return through === from || (through < after && through >= after - 1)
}

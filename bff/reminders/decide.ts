import { breathe } from '../breathe.ts'
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { tell } from '../ledger/facts.sql.ts'
import type { BffPolicy } from '../policy.ts'
import { formatDay } from '../rules/calendar.ts'
import { type Dates, endsReached, reminderDay, rungDue } from '../rules/reminders.ts'
import { addDigests, type Senders } from './digests.sql.ts'
import { forgetReminders } from './forget.sql.ts'
import { candidatesWithin, decide, type Due, isAnyWithin, type Marked, markNotified, moveThrough, workspacesAfter } from './ladder.sql.ts'

/** Licences that are looked at, and workspaces, before others have the event loop. */
const PAGE = 250
const WORKSPACES = 500
const DAY_MS = 86_400_000
/** Sorts after every id. */
const LAST = '\u{10ffff}'

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

/** What is due in a workspace on a date. */
export interface Plan {
  workspace: string
  day: number
  due: Due[]
}

/** Decides every rung that was reached, once, in all workspaces, and hands each workspace's day over to mail (R27, R28). Several servers
 * may do so at once, and any of them may end in the middle. Answers how many were decided. */
export async function decideAll(ladders: Ladders): Promise<number> {
  let decided = 0
  for await (const marked of allWorkspaces(ladders)) decided += await decideWorkspace(ladders, marked)
  return decided
}

/** What `decideAll` would decide; changes nothing. */
export async function planAll(ladders: Ladders): Promise<Plan[]> {
  const plans: Plan[] = []
  for await (const marked of allWorkspaces(ladders)) {
    const dates = datesOf(ladders, marked)
    const due: Due[] = []
    for await (const page of duePages(ladders, marked, dates)) due.push(...page)
    if (due.length > 0) plans.push({ workspace: marked.id, day: dates.through, due })
  }
  return plans
}

async function* allWorkspaces({ database: { db } }: Ladders): AsyncGenerator<Marked> {
  for (let page = await workspacesAfter(db, '', WORKSPACES); page.length > 0; page = await workspacesAfter(db, page.at(-1)?.id ?? LAST, WORKSPACES)) {
    yield* page
    await breathe()
  }
}

/** The dates that are still to be decided; before the first time, those since the workspace and reminders are both there. */
function datesOf({ policy: { reminderHour: hour }, now, since }: Ladders, { timeZone, createdAt, through }: Marked): Dates {
  const today = reminderDay(now, hour, timeZone)
  return { after: through ?? Math.min(reminderDay(Math.max(createdAt, since), hour, timeZone), today), through: today }
}

async function decideWorkspace(ladders: Ladders, marked: Marked): Promise<number> {
  const { database, now, senders } = ladders
  const { id, through } = marked
  const dates = datesOf(ladders, marked)
  // A clock that was set back by hours, or a zone to the west, decides nothing anew; one that was set back by days begins again there.
  if (dates.through === through || (dates.through < dates.after && dates.through >= dates.after - 1)) return 0
  let decided = 0
  for await (const due of duePages(ladders, marked, dates)) {
    decided += await inTransaction(database, (trx) => decide(trx, id, due, { day: dates.through, now }))
  }
  await inTransaction(database, async (trx) => {
    if (!(await moveThrough(trx, id, through, dates.through))) return
    await forgetReminders(trx, id, { day: dates.through - ladders.policy.reminderLogDays, at: now - ladders.policy.reminderLogDays * DAY_MS })
    if (!(await isAnyWithin(trx, id, dates))) return
    markNotified(trx, id, now)
    if (senders === null || await addDigests(trx, id, dates, { ...senders, now, policy: ladders.policy }) > 0) return
    const date = formatDay(dates.through)
    await tell(trx, now, { type: 'reminders.no-recipient', workspace: id, deviceId: null, data: () => ({ date }), once: `reminders.no-recipient ${id} ${date}` })
  })
  return decided
}

async function* duePages({ database: { db }, policy, now }: Ladders, { id, timeZone }: Marked, dates: Dates): AsyncGenerator<Due[]> {
  for (const { after, until } of endsReached(policy.reminderDays, timeZone, dates)) {
    for (let from = { after, afterDevice: LAST }, more = true; more;) {
      const page = await candidatesWithin(db, { workspace: id, ...from, until, at: now, limit: PAGE })
      const due = page.flatMap((one) => {
        const rung = rungDue(one, policy, timeZone, dates)
        return rung === null ? [] : [{ deviceId: one.deviceId, expiresAt: one.expiresAt, rung }]
      })
      if (due.length > 0) yield due
      const last = page.at(-1)
      more = page.length === PAGE
      if (last !== undefined) from = { after: last.expiresAt, afterDevice: last.deviceId }
      if (more) await breathe()
    }
  }
}

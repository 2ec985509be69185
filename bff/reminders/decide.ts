import { breathe } from '../breathe.ts'
import type { Trx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { tell } from '../ledger/facts.sql.ts'
import { formatDay } from '../rules/calendar.ts'
import { rungDue } from '../rules/reminders.ts'
import { addDigests } from './digests.sql.ts'
import { type Group, groupsOf, type Ladders } from './groups.ts'
import { candidatesWithin, decide, type Due, isAnyWithin, markNotified, moveAllThrough, moveThrough } from './ladder.sql.ts'

/** Licences that are looked at before others have the event loop. */
const PAGE = 150
/** Workspaces that share a commit at the end: where something is to be told, and where nothing is. */
const LOUD = 20
const QUIET = 1_000
/** Sorts after every id. */
const LAST = '\u{10ffff}'

/** What is due in a workspace on a date. */
export interface Plan {
  workspace: string
  day: number
  due: Due[]
}

/** Decides every rung that was reached, once, in all workspaces, and hands each workspace's day over to mail (R27, R28). Several servers
 * may do so at once, and any of them may end in the middle. Answers how many were decided. */
export async function decideAll(ladders: Ladders): Promise<number> {
  const { database, now } = ladders
  let decided = 0
  for (const group of await groupsOf(ladders)) {
    const told = new Set<string>()
    for await (const due of duePages(ladders, group)) {
      decided += await inTransaction(database, (trx) => decide(trx, due, { day: group.dates.through, now }))
      for (const { workspace } of due) told.add(workspace)
    }
    await closeGroup(ladders, group, told)
  }
  return decided
}

/** What `decideAll` would decide; changes nothing. */
export async function planAll(ladders: Ladders): Promise<Plan[]> {
  const plans = new Map<string, Plan>()
  for (const group of await groupsOf(ladders)) {
    for await (const page of duePages(ladders, group)) {
      for (const due of page) {
        const plan = plans.get(due.workspace)
        if (plan === undefined) plans.set(due.workspace, { workspace: due.workspace, day: group.dates.through, due: [due] })
        else plan.due.push(due)
      }
    }
  }
  return [...plans.values()].sort((a, b) => (a.workspace < b.workspace ? -1 : 1))
}

async function* duePages({ database: { db }, policy, now }: Ladders, { dates, ends, zones }: Group): AsyncGenerator<Due[]> {
  for (const { after, until } of ends) {
    for (let from = { after, afterWorkspace: LAST, afterDevice: LAST }, more = true; more;) {
      const page = await candidatesWithin(db, { ...from, until, at: now, limit: PAGE })
      const due = page.flatMap((one) => {
        const zone = zones.get(one.workspace)
        const rung = zone === undefined ? null : rungDue(one, policy, zone, dates)
        return rung === null ? [] : [{ workspace: one.workspace, deviceId: one.deviceId, expiresAt: one.expiresAt, rung }]
      })
      if (due.length > 0) yield due
      const last = page.at(-1)
      more = page.length === PAGE
      if (last !== undefined) from = { after: last.expiresAt, afterWorkspace: last.workspace, afterDevice: last.deviceId }
      if (more) await breathe()
    }
  }
}

/** Says up to which date workspaces are decided, the last step: until then, they are decided again. */
async function closeGroup(ladders: Ladders, group: Group, told: ReadonlySet<string>): Promise<void> {
  const { from, dates: { through }, zones } = group
  const quiet = [...zones.keys()].filter((id) => !told.has(id))
  for (let start = 0; start < quiet.length; start += QUIET) {
    await inTransaction(ladders.database, (trx) => moveAllThrough(trx, quiet.slice(start, start + QUIET), { from, to: through }))
    await breathe()
  }
  // In one order, so that no two servers wait for each other.
  const loud = [...told].sort()
  for (let start = 0; start < loud.length; start += LOUD) {
    await inTransaction(ladders.database, async (trx) => {
      for (const id of loud.slice(start, start + LOUD)) await closeDay(trx, ladders, group, id)
    })
    await breathe()
  }
}

async function closeDay(trx: Trx, { policy, now, senders }: Ladders, { from, dates }: Group, workspace: string): Promise<void> {
  if (!(await moveThrough(trx, workspace, { from, to: dates.through })) || !(await isAnyWithin(trx, workspace, dates))) return
  markNotified(trx, workspace, now)
  if (senders === null || await addDigests(trx, workspace, dates, { ...senders, now, policy }) > 0) return
  const date = formatDay(dates.through)
  await tell(trx, now, { type: 'reminders.no-recipient', workspace, deviceId: null, data: () => ({ date }), once: `reminders.no-recipient ${workspace} ${date}` })
}

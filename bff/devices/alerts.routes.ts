import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import type { Connection } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import { type Ask, change, ok, read, type Route } from '../http/route.ts'
import { iso } from '../ledger/view.ts'
import { STATUSES } from '../rules/lists.ts'
import { endsReached, reminderDay, snoozedUntil } from '../rules/reminders.ts'
import { countDevices, countGrace, endsWithin, zoneOf } from './devices.sql.ts'
import { lowerSnooze, saveSnooze, snoozesOf } from './snooze.sql.ts'

/** The warnings of a workspace (R26). */
export const ALERTS = ['expired', 'expiring', 'grace'] as const
export type Alert = (typeof ALERTS)[number]

const instant = z.iso.datetime().nullable()

async function count({ workspace, policy, now }: Ask, db: Connection, zone: string): Promise<{
  counted: Awaited<ReturnType<typeof countDevices>>; grace: Awaited<ReturnType<typeof countGrace>>; alerts: Record<Alert, number>
}> {
  const counted = await countDevices(db, workspace, now)
  const grace = await countGrace(db, workspace, { zone, policy, at: now })
  return { counted, grace, alerts: { ...counted.alerts, grace: grace.alert } }
}

/** How long an answer waits for what may as well be written later (ms). */
const PATIENCE_MS = 500

/** Waits for something that may fail, but not behind an import. */
async function soon(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([work.catch(() => {}), new Promise<void>((resolve) => { timer = setTimeout(resolve, PATIENCE_MS) })])
  clearTimeout(timer)
}

/** Until when each warning stays away from who asks (R29); null = it is shown. */
async function snoozes(ask: Ask, db: Connection, zone: string, alerts: Record<Alert, number>): Promise<Record<Alert, string | null>> {
  const { workspace, who, now, policy } = ask
  const until: Record<Alert, string | null> = { expired: null, expiring: null, grace: null }
  for (const row of await snoozesOf(db, workspace, who.id)) {
    const { kind, at } = row
    const shown = alerts[kind]
    if (now >= row.until || now < at || shown > row.count) continue
    if (shown < row.count) await soon(lowerSnooze(db, { ...row, count: shown }))
    const { reminderDays, reminderHour: hour } = policy
    const ends = endsReached(reminderDays, zone, { after: reminderDay(at, hour, zone), through: reminderDay(now, hour, zone) })
    const reached = kind !== 'grace' && await endsWithin(db, workspace, kind, now, ends)
    if (!reached) until[kind] = iso(row.until)
  }
  return until
}

/** Counts and warnings of a workspace. */
export const alertRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/summary', summary: 'Counts of devices by status and warning', role: 'viewer',
    answer: z.strictObject({
      total: z.int(), byStatus: z.strictObject(Object.fromEntries(STATUSES.map((status) => [status, z.int()]))),
      alerts: z.strictObject({ expired: z.int(), expiring: z.int(), grace: z.int() }),
      grace: z.strictObject({ eligible: z.int(), byReason: z.record(z.string(), z.int()) }),
      snoozedUntil: z.strictObject({ expired: instant, expiring: instant, grace: instant }),
      now: z.iso.datetime({ precision: 3 }),
    }).meta({ id: 'Summary' }),
    read: async (ask, db) => {
      const zone = await zoneOf(db, ask.workspace)
      const { counted: { total, byStatus }, grace: { byReason: { eligible = 0, ...byReason } }, alerts } = await count(ask, db, zone)
      return { total, byStatus, alerts, grace: { eligible, byReason }, snoozedUntil: await snoozes(ask, db, zone, alerts), now: iso(ask.now) }
    },
  }),
  change({
    method: 'post', path: '/v1/alerts/{kind}/snooze', summary: 'Be spared a warning for some days', role: 'member',
    answer: z.strictObject({ kind: z.enum(ALERTS), until: z.iso.datetime() }).meta({ id: 'Snoozed' }),
    change: async (ask, trx) => {
      const kind = ALERTS.find((one) => one === ask.params.kind)
      if (kind === undefined) throw new Problem('not-found', `The warnings are ${ALERTS.join(', ')}.`)
      const zone = await zoneOf(trx, ask.workspace)
      const { alerts } = await count(ask, trx, zone)
      const until = snoozedUntil(ask.now, ask.policy.snoozeDays, zone)
      await writeAudit(trx, ask.now, { who: ask.who.id, workspace: ask.workspace, action: 'warning-snoozed', target: `warning:${kind}`, after: { until: iso(until) } })
      await saveSnooze(trx, { workspace_id: ask.workspace, person_id: ask.who.id, kind, at: ask.now, until, count: alerts[kind] })
      return ok({ kind, until: iso(until) })
    },
  }),
]

import { z } from 'zod'
import type { Connection } from '../db/database.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { Problem } from '../http/problem.ts'
import { type Ask, change, ok, read, type Route } from '../http/route.ts'
import { Id, PAGE } from '../http/schemas.ts'
import { iso } from '../ledger/view.ts'
import { dayOf, formatDay } from '../rules/calendar.ts'
import { KINDS, type Status, STATUSES } from '../rules/lists.ts'
import { countUnread, isReminderOf, markRead, markReadThrough, type Notification, notificationsOf, type Reader, snoozesThatHold } from './notifications.sql.ts'
import { recipientsOf } from './recipients.sql.ts'
import { ranAt } from './state.sql.ts'
import { workspaceToWrite } from './workspace.sql.ts'

/** Without a run for so long, somebody should look (ms). */
const LATE_MS = 86_400_000
/** Where marks stand in the time of the newest. */
const MARK = /^[0-9a-f]{32}$/

const instant = z.iso.datetime({ precision: 3 })

const NotificationView = z.strictObject({
  id: z.string(), deviceId: z.string(), name: z.string(), serial: z.string(), kind: z.enum(KINDS), status: z.enum(STATUSES), rung: z.int(), expiresAt: instant,
  lastDay: z.iso.date(), daysRemaining: z.int(), at: instant, read: z.boolean(), snoozed: z.boolean(),
}).meta({ id: 'Notification' })

const Unread = z.strictObject({ unread: z.int() }).meta({ id: 'Unread' })

function statusOf({ expiresAt, expiringFrom, graceFrom }: Notification, now: number): Status {
  if (expiresAt <= now) return 'expired'
  return graceFrom !== null && graceFrom <= now ? 'grace' : expiringFrom <= now ? 'expiring' : 'active'
}

function viewOf(one: Notification, zone: string, now: number): z.output<typeof NotificationView> {
  const { id, deviceId, name, serial, kind, rung, expiresAt, at, read, snoozed } = one
  const lastDay = dayOf(expiresAt - 1, zone)
  return {
    id, deviceId, name, serial, kind, status: statusOf(one, now), rung, expiresAt: iso(expiresAt), lastDay: formatDay(lastDay),
    daysRemaining: lastDay - dayOf(now, zone), at: iso(at), read, snoozed,
  }
}

function readerOf({ workspace, who, now }: Ask): Reader {
  return { workspace, person: who.id, now }
}

/** What an admin has to know of the reminders themselves (R29). */
async function warningsOf({ who, workspace, now, keyring, policy, hooks }: Ask, db: Connection): Promise<{ code: 'reminders-late' | 'no-recipient'; since: string | null }[]> {
  if (!who.roles.includes('admin')) return []
  const ran = await ranAt(db)
  const nobody = hooks.sendsMail && (await recipientsOf(db, workspace, { keyring, policy, now })).length === 0
  return [
    ...(ran === null || now - ran > LATE_MS ? [{ code: 'reminders-late' as const, since: ran === null ? null : iso(ran) }] : []),
    ...(nobody ? [{ code: 'no-recipient' as const, since: null }] : []),
  ]
}

/** What the bell of a portal shows (R29). */
export const notificationRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/notifications', summary: 'Reminders that hold, one a device, newest first, and what is unread', role: 'viewer', query: z.strictObject(PAGE),
    answer: z.strictObject({
      items: z.array(NotificationView), nextCursor: z.string().nullable(), unread: z.int(),
      snoozedUntil: z.strictObject({ expired: instant.nullable(), expiring: instant.nullable() }),
      warnings: z.array(z.strictObject({ code: z.enum(['reminders-late', 'no-recipient']), since: instant.nullable() })), now: instant,
    }).meta({ id: 'Notifications' }),
    read: async (ask, db) => {
      const { query: { limit, cursor }, keyring, now, who } = ask
      const reader = readerOf(ask)
      const scope = ['notifications', ask.workspace, who.id]
      const position = cursor === undefined ? null : await readCursor(keyring, scope, cursor, now)
      const found = await notificationsOf(db, reader, { before: position === null ? null : String(position.after[0]), limit: limit + 1 })
      const { timeZone: zone = 'UTC' } = await workspaceToWrite(db, ask.workspace) ?? {}
      const items = found.slice(0, limit).map((one) => viewOf(one, zone, now))
      const last = items.at(-1)
      const snoozes = new Map((await snoozesThatHold(db, reader)).map(({ kind, until }) => [kind, iso(until)]))
      return {
        items, nextCursor: found.length <= limit || last === undefined ? null : await makeCursor(keyring, scope, { at: now, after: [last.id] }),
        unread: await countUnread(db, reader), snoozedUntil: { expired: snoozes.get('expired') ?? null, expiring: snoozes.get('expiring') ?? null },
        warnings: await warningsOf(ask, db), now: iso(now),
      }
    },
  }),
  change({
    method: 'post', path: '/v1/notifications/{id}/read', summary: 'Say that a reminder is read', role: 'viewer', answer: Unread, problems: ['not-found'],
    change: async (ask, trx) => {
      const { workspace, params: { id } } = ask
      if (!(await isReminderOf(trx, workspace, id))) throw new Problem('not-found', 'There is no such notification.')
      await markRead(trx, readerOf(ask), id)
      return ok({ unread: await countUnread(trx, readerOf(ask)) })
    },
  }),
  change({
    method: 'post', path: '/v1/notifications/read', summary: 'Say that every reminder up to one is read', role: 'viewer', body: z.strictObject({ through: Id.regex(MARK, 'not the id of a notification') }), answer: Unread,
    problems: ['not-found'],
    change: async (ask, trx) => {
      const { workspace, body: { through } } = ask
      if (!(await isReminderOf(trx, workspace, through))) throw new Problem('not-found', 'There is no such notification.')
      await markReadThrough(trx, readerOf(ask), through)
      return ok({ unread: await countUnread(trx, readerOf(ask)) })
    },
  }),
]

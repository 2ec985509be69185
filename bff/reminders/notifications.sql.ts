import { type RawBuilder, sql } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import type { SnoozesTable } from '../db/tables.ts'
import type { Kind } from '../rules/lists.ts'

/** How long a reminder is shown in the portal (ms). */
const SHOWN_MS = 60 * 86_400_000

/** Who looks, and when (ms). */
export interface Reader {
  workspace: string
  person: string
  now: number
}

/** A reminder that still holds, as its reader sees it. */
export interface Notification {
  id: string
  deviceId: string
  name: string
  serial: string
  kind: Kind
  rung: number
  expiresAt: number
  expiringFrom: number
  graceFrom: number | null
  at: number
  read: boolean
  snoozed: boolean
}

interface Row {
  id: string
  device_id: string
  name: string
  serial: string
  kind: Kind
  rung: number
  expires_at: number
  expiring_from: number
  grace_from: number | null
  decided_at: number
  is_read: number
  is_snoozed: number
}

/** The latest reminder of each device of a workspace, if the device has not been renewed, removed or set aside since. */
function holding({ workspace, person, now }: Reader): RawBuilder<Row> {
  return sql<Row>`select r.id, r.device_id, d.name, d.serial, c.kind, r.rung, r.expires_at, c.expiring_from, c.grace_from, r.decided_at,
    case when r.id <= coalesce((select m.read_through from notification_marks as m where m.workspace_id = r.workspace_id and m.person_id = ${person}), '')
      or exists (select 1 from notification_reads as n where n.workspace_id = r.workspace_id and n.person_id = ${person} and n.reminder_id = r.id) then 1 else 0 end as is_read,
    case when exists (select 1 from snoozes as s where s.workspace_id = r.workspace_id and s.person_id = ${person}
      and s.kind = case when r.expires_at <= ${now} then 'expired' else 'expiring' end and s.at >= r.decided_at and s.at <= ${now} and s.until > ${now}) then 1 else 0 end as is_snoozed
    from reminders as r join devices as d on d.workspace_id = r.workspace_id and d.id = r.device_id
    join covers as c on c.workspace_id = r.workspace_id and c.device_id = r.device_id and c.expires_at = r.expires_at
    where r.workspace_id = ${workspace} and r.decided_at <= ${now} and r.decided_at > ${now - SHOWN_MS}
    and d.removed_at is null and d.renewal_planned = 1 and c.starts_at <= ${now}
    and not exists (select 1 from covers as x where x.workspace_id = c.workspace_id and x.device_id = c.device_id and x.starts_at > c.starts_at and x.starts_at <= ${now})
    and not exists (select 1 from reminders as l where l.workspace_id = r.workspace_id and l.device_id = r.device_id and l.expires_at = r.expires_at
      and l.id > r.id and l.decided_at <= ${now})`
}

/** Reminders that hold, newest first, from the one before `before` on. */
export async function notificationsOf(connection: Connection, reader: Reader, { before, limit }: { before: string | null; limit: number }): Promise<Notification[]> {
  const older = before === null ? sql`` : sql` and r.id < ${before}`
  const { rows } = await sql<Row>`${holding(reader)}${older} order by r.id desc limit ${limit}`.execute(connection)
  return rows.map((row) => ({
    id: row.id, deviceId: row.device_id, name: row.name, serial: row.serial, kind: row.kind, rung: row.rung, expiresAt: row.expires_at,
    expiringFrom: row.expiring_from, graceFrom: row.grace_from, at: row.decided_at, read: Number(row.is_read) === 1, snoozed: Number(row.is_snoozed) === 1,
  }))
}

/** How many of them nobody has read yet, those of snoozed warnings left out. */
export async function countUnread(connection: Connection, reader: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${holding(reader)}) as held where is_read = 0 and is_snoozed = 0`.execute(connection)
  return Number(rows[0]?.count ?? 0)
}

/** Until when warnings are snoozed that no reminder has woken since. */
export async function snoozesThatHold(connection: Connection, { workspace, person, now }: Reader): Promise<SnoozesTable[]> {
  return connection.selectFrom('snoozes').selectAll().where('workspace_id', '=', workspace).where('person_id', '=', person)
    .where('at', '<=', now).where('until', '>', now).execute()
}

/** Whether a reminder is one of a workspace. */
export async function isReminderOf(connection: Connection, workspace: string, id: string): Promise<boolean> {
  return await connection.selectFrom('reminders').select('id').where('workspace_id', '=', workspace).where('id', '=', id).executeTakeFirst() !== undefined
}

/** Remembers that somebody has read a reminder. */
export async function markRead(trx: Trx, { workspace, person }: Reader, id: string): Promise<void> {
  await trx.insertInto('notification_reads').values({ workspace_id: workspace, person_id: person, reminder_id: id }).onConflict((conflict) => conflict.doNothing()).execute()
}

/** Remembers that somebody has read every reminder up to one. */
export async function markReadThrough(trx: Trx, { workspace, person }: Reader, through: string): Promise<void> {
  await trx.insertInto('notification_marks').values({ workspace_id: workspace, person_id: person, read_through: through })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ read_through: through }).where('notification_marks.read_through', '<', through)).execute()
  await trx.deleteFrom('notification_reads').where('workspace_id', '=', workspace).where('person_id', '=', person).where('reminder_id', '<=', through).execute()
}

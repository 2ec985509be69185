import { sql } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedInsert } from '../db/prepared.ts'
import type { DigestsTable } from '../db/tables.ts'
import { newId } from '../ids.ts'
import type { Kind } from '../rules/lists.ts'
import type { Dates } from '../rules/reminders.ts'
import { type Asked, recipientsOf, rowsOf } from './recipients.sql.ts'

/** A digest as the database keeps it. */
export type StoredDigest = DigestsTable

/** How a digest ended: `superseded` by a later one that says the same, `empty` because everything was renewed, `gone` because its
 * recipient gets no mail any more. */
export type Outcome = 'sent' | 'superseded' | 'empty' | 'gone' | 'refused' | 'gave-up'

/** What it takes to know whom to write to. */
export type Senders = Pick<Asked, 'keyring'>

const insertDigests = preparedInsert('digests', [
  'id', 'workspace_id', 'recipient_id', 'day', 'after_day', 'created_at', 'next_at', 'tries', 'claimed_until', 'ended_at', 'outcome',
], { orNothing: true })

/** Has mail sent about some dates, to everybody who gets it: one digest a day (R27). What still waits of the days before goes
 * with it. Answers how many people that is. */
export async function addDigests(trx: Trx, workspace: string, { after, through }: Dates, asked: Asked): Promise<number> {
  const { now } = asked
  const ids = await rowsOf(trx, workspace, await recipientsOf(trx, workspace, asked), now)
  const waiting = await trx.updateTable('digests').set({ ended_at: now, outcome: 'superseded' satisfies Outcome })
    .where('workspace_id', '=', workspace).where('ended_at', 'is', null).where('claimed_until', '<=', now).where('day', '<', through).where('recipient_id', 'in', ['', ...ids])
    .returning(['recipient_id', 'after_day']).execute()
  const earlier = new Map<string, number>()
  for (const row of waiting) earlier.set(row.recipient_id, Math.min(row.after_day, earlier.get(row.recipient_id) ?? row.after_day))
  await insertDigests(trx, ids.map((id) => ({
    id: newId(now), workspace_id: workspace, recipient_id: id, day: through, after_day: Math.min(after, earlier.get(id) ?? after), created_at: now,
    next_at: now, tries: 0, claimed_until: 0, ended_at: null, outcome: null,
  })))
  return ids.length
}

const due = prepared<{ now: number; limit: number }, DigestsTable>((db, arg) =>
  db.selectFrom('digests').selectAll().where('ended_at', 'is', null).where('next_at', '<=', arg('now')).where('claimed_until', '<=', arg('now'))
    .orderBy('next_at').orderBy('id').limit(arg('limit')))

/** Digests that are due and that nobody is at, the one that waits longest first. */
export async function dueDigests(connection: Connection, now: number, limit: number): Promise<DigestsTable[]> {
  return (await due(connection, { now, limit })).rows
}

const claim = prepared<{ id: string; tries: number; now: number; until: number }, never>((db, arg) =>
  db.updateTable('digests').set((row) => ({ claimed_until: arg('until'), tries: row('tries', '+', 1) })).where('id', '=', arg('id'))
    .where('tries', '=', arg('tries')).where('ended_at', 'is', null).where('claimed_until', '<=', arg('now')))

/** Takes a digest for a while, so that no other server sends it; null if another one has it. */
export async function claimDigest(connection: Connection, digest: DigestsTable, { now, until }: { now: number; until: number }): Promise<DigestsTable | null> {
  const { numAffectedRows } = await claim(connection, { id: digest.id, tries: digest.tries, now, until })
  return (numAffectedRows ?? 0n) > 0n ? { ...digest, tries: digest.tries + 1, claimed_until: until } : null
}

/** Says how a claimed digest ended. */
export async function endDigest(connection: Connection, { id, tries }: DigestsTable, outcome: Outcome, now: number): Promise<void> {
  await connection.updateTable('digests').set({ ended_at: now, outcome, claimed_until: 0 }).where('id', '=', id).where('tries', '=', tries).where('ended_at', 'is', null).execute()
}

/** Says when a claimed digest is tried again. */
export async function postponeDigest(connection: Connection, { id, tries }: DigestsTable, until: number): Promise<void> {
  await connection.updateTable('digests').set({ next_at: until, claimed_until: 0 }).where('id', '=', id).where('tries', '=', tries).where('ended_at', 'is', null).execute()
}

/** Has digests that wait for their next try tried now; those that somebody is at stay as they are. */
export async function hastenDigests(connection: Connection, now: number): Promise<void> {
  await connection.updateTable('digests').set({ next_at: now }).where('ended_at', 'is', null).where('next_at', '>', now).where('claimed_until', '<=', now).execute()
}

/** Digests that wait, and since when the oldest one does (ms). */
export async function waitingDigests(connection: Connection): Promise<{ waiting: number; since: number | null }> {
  const row = await connection.selectFrom('digests').select((one) => [one.fn.countAll<number>().as('waiting'), one.fn.min('created_at').as('since')])
    .where('ended_at', 'is', null).executeTakeFirst()
  return { waiting: Number(row?.waiting ?? 0), since: row?.since == null ? null : Number(row.since) }
}

/** A device in a digest. */
export interface DigestDevice {
  id: string
  name: string
  serial: string
  kind: Kind
  expiresAt: number
}

/** What still holds of the reminders of some dates: of devices that were not renewed, removed or set aside meanwhile (R27). */
const HOLDING = sql`from reminders as r
  join devices as d on d.workspace_id = r.workspace_id and d.id = r.device_id
  join covers as c on c.workspace_id = r.workspace_id and c.device_id = r.device_id and c.expires_at = r.expires_at
  where d.removed_at is null and d.renewal_planned = 1`

/** Devices that a digest is about, and of which its recipient was not told before, as may be where a clock was set back: how many end before each of some instants (ms, in order) and after the one before, and the
 * first few, the one that ends soonest first. */
export async function digestContent(
  connection: Connection, { workspace_id: workspace, recipient_id: recipient, after_day: after, day }: Pick<DigestsTable, 'workspace_id' | 'recipient_id' | 'after_day' | 'day'>,
  { at, until, limit }: { at: number; until: readonly number[]; limit: number },
): Promise<{ counts: number[]; devices: DigestDevice[] }> {
  const rows = sql`select distinct d.id, d.name, d.name_key, d.serial, c.kind, c.expires_at ${HOLDING} and r.workspace_id = ${workspace} and r.day > ${after} and r.day <= ${day}
    and c.starts_at <= ${at} and not exists (select 1 from covers as x where x.workspace_id = c.workspace_id and x.device_id = c.device_id
      and x.starts_at > c.starts_at and x.starts_at <= ${at})
    and not exists (select 1 from digests as g where g.workspace_id = r.workspace_id and g.recipient_id = ${recipient} and g.outcome = 'sent'
      and g.after_day < r.day and g.day >= r.day and g.ended_at >= r.decided_at)`
  const sums = until.map((end, index) => sql`sum(case when expires_at <= ${end} and expires_at > ${until[index - 1] ?? 0} then 1 else 0 end) as ${sql.ref(`n${index}`)}`)
  const counted = (await sql<Record<string, number | null>>`select ${sql.join(sums)} from (${rows}) as held`.execute(connection)).rows[0] ?? {}
  const first = await sql<{ id: string; name: string; serial: string; kind: Kind; expires_at: number }>`${rows} order by c.expires_at, d.name_key, d.id limit ${limit}`.execute(connection)
  return {
    counts: until.map((_, index) => Number(counted[`n${index}`] ?? 0)),
    devices: first.rows.map((row) => ({ id: row.id, name: row.name, serial: row.serial, kind: row.kind, expiresAt: Number(row.expires_at) })),
  }
}

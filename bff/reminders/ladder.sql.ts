import { markChanged, NOTIFIED } from '../db/changes.sql.ts'
import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import { newId } from '../ids.ts'

/** A workspace, and the date up to which its rungs are decided; null = none yet. Dates are days since 1970-01-01. */
export interface Marked {
  id: string
  timeZone: string
  createdAt: number
  through: number | null
}

const markedAfter = prepared<{ after: string; limit: number }, { id: string; time_zone: string; created_at: number; through_day: number | null }>((db, arg) =>
  db.selectFrom('workspaces as w').leftJoin('reminder_marks as m', 'm.workspace_id', 'w.id').select(['w.id', 'w.time_zone', 'w.created_at', 'm.through_day'])
    .where('w.id', '>', arg('after')).orderBy('w.id').limit(arg('limit')))

/** Workspaces in order of ids, from the one after `after` on. */
export async function workspacesAfter(connection: Connection, after: string, limit: number): Promise<Marked[]> {
  return (await markedAfter(connection, { after, limit })).rows.map((row) =>
    ({ id: row.id, timeZone: row.time_zone, createdAt: row.created_at, through: row.through_day }))
}

const insertMarks = preparedInsert('reminder_marks', ['workspace_id', 'through_day'], { orNothing: true })
const moveMark = prepared<{ workspace: string; from: number; to: number }, never>((db, arg) =>
  db.updateTable('reminder_marks').set({ through_day: arg('to') }).where('workspace_id', '=', arg('workspace')).where('through_day', '=', arg('from')))
const moveMarks = preparedList<{ from: number; to: number }, never>((db, arg, keys) =>
  db.updateTable('reminder_marks').set({ through_day: arg('to') }).where('workspace_id', 'in', keys).where('through_day', '=', arg('from')))

/** Says up to which date a workspace is decided; false if another server said so first. */
export async function moveThrough(trx: Trx, workspace: string, { from, to }: { from: number | null; to: number }): Promise<boolean> {
  if (from === null) return await insertMarks(trx, [{ workspace_id: workspace, through_day: to }]) > 0
  return ((await moveMark(trx, { workspace, from, to })).numAffectedRows ?? 0n) > 0n
}

/** The same for many workspaces in which nothing is to be told. */
export async function moveAllThrough(trx: Trx, workspaces: readonly string[], { from, to }: { from: number | null; to: number }): Promise<void> {
  if (from === null) await insertMarks(trx, workspaces.map((id) => ({ workspace_id: id, through_day: to })))
  else await moveMarks(trx, { from, to }, workspaces)
}

/** A licence whose end may have reached a rung. */
export interface Candidate {
  workspace: string
  deviceId: string
  expiresAt: number
  /** Since when it ends as it does and the device is here (ms). */
  since: number
}

interface CandidateArgs { after: number; afterWorkspace: string; afterDevice: string; until: number; at: number; limit: number }

const candidates = prepared<CandidateArgs, { workspace_id: string; device_id: string; expires_at: number; starts_at: number; created_at: number; changed_at: number | null }>((db, arg) =>
  db.selectFrom('covers as c').innerJoin('devices as d', (join) => join.onRef('d.workspace_id', '=', 'c.workspace_id').onRef('d.id', '=', 'c.device_id'))
    .select((row) => [
      'c.workspace_id', 'c.device_id', 'c.expires_at', 'c.starts_at', 'd.created_at',
      row.selectFrom('grants as g').select((one) => one.fn.max<number>(one.fn.coalesce('g.undone_at', 'g.at')).as('changed_at'))
        .whereRef('g.workspace_id', '=', 'c.workspace_id').whereRef('g.device_id', '=', 'c.device_id').as('changed_at'),
    ])
    .where((row) => row(row.refTuple('c.expires_at', 'c.workspace_id', 'c.device_id'), '>', row.tuple(arg('after'), arg('afterWorkspace'), arg('afterDevice'))))
    .where('c.expires_at', '<=', arg('until'))
    .where('c.starts_at', '<=', arg('at')).where('d.removed_at', 'is', null).where('d.renewal_planned', '=', 1)
    // The last cover that has begun decides (R6).
    .where((row) => row.not(row.exists(row.selectFrom('covers as x').select('x.starts_at').whereRef('x.workspace_id', '=', 'c.workspace_id')
      .whereRef('x.device_id', '=', 'c.device_id').whereRef('x.starts_at', '>', 'c.starts_at').where('x.starts_at', '<=', arg('at')))))
    .orderBy('c.expires_at').orderBy('c.workspace_id').orderBy('c.device_id').limit(arg('limit')))

/** Licences of all workspaces that end up to `until` (ms) and are to be renewed, in order of their ends, workspaces and devices, from the
 * one after some on: many workspaces cost as much as one with as many licences. */
export async function candidatesWithin(connection: Connection, args: CandidateArgs): Promise<Candidate[]> {
  return (await candidates(connection, args)).rows.map((row) =>
    ({ workspace: row.workspace_id, deviceId: row.device_id, expiresAt: row.expires_at, since: Math.max(row.starts_at, row.created_at, row.changed_at ?? 0) }))
}

/** A rung that is due. */
export interface Due {
  workspace: string
  deviceId: string
  expiresAt: number
  rung: number
}

const insertReminders = preparedInsert('reminders', ['workspace_id', 'id', 'device_id', 'expires_at', 'rung', 'day', 'decided_at'], { orNothing: true })

/** Decides rungs for a date; those that were decided before stay as they are (R28). Answers how many are new. */
export async function decide(trx: Trx, due: readonly Due[], { day, now }: { day: number; now: number }): Promise<number> {
  const rows = due.map(({ workspace, deviceId, expiresAt, rung }) =>
    ({ workspace_id: workspace, id: newId(now), device_id: deviceId, expires_at: expiresAt, rung, day, decided_at: now }))
  return insertReminders(trx, rows)
}

const anyWithin = prepared<{ workspace: string; after: number; through: number }, { id: string }>((db, arg) =>
  db.selectFrom('reminders').select('id').where('workspace_id', '=', arg('workspace')).where('day', '>', arg('after')).where('day', '<=', arg('through')).limit(1))

/** Whether anything was decided for dates after `after` up to `through`. */
export async function isAnyWithin(connection: Connection, workspace: string, dates: { after: number; through: number }): Promise<boolean> {
  return (await anyWithin(connection, { workspace, ...dates })).rows.length > 0
}

/** Marks that there is something new to be told to everybody in a workspace. */
export function markNotified(trx: Trx, workspace: string, now: number): void {
  markChanged(trx, workspace, NOTIFIED, now)
}

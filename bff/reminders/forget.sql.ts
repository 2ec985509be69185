import type { Connection, Trx } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'
import { idAt } from '../ids.ts'

/** Rows of a kind that are forgotten at once: what one day leaves, and some of what an outage left. */
const SOME = 1_000

interface Old { workspace: string; day: number; id: string }

const oldReminders = prepared<Old, never>((db, arg) => db.deleteFrom('reminders').where('workspace_id', '=', arg('workspace'))
  .where('id', 'in', (row) => row.selectFrom('reminders').select('id').where('workspace_id', '=', arg('workspace')).where('id', '<', arg('id')).orderBy('id').limit(SOME)))
const oldDigests = prepared<Old, never>((db, arg) => db.deleteFrom('digests')
  .where('id', 'in', (row) => row.selectFrom('digests').select('id').where('workspace_id', '=', arg('workspace')).where('day', '<', arg('day')).where('ended_at', 'is not', null).limit(SOME)))
const oldReads = prepared<Old, never>((db, arg) => db.deleteFrom('notification_reads').where('workspace_id', '=', arg('workspace')).where('reminder_id', '<', arg('id')))

/** Forgets what a workspace was reminded of before an instant (ms), and the digests of dates before its date. */
export async function forgetReminders(trx: Trx, workspace: string, { day, at }: { day: number; at: number }): Promise<void> {
  const old = { workspace, day, id: idAt(Math.max(at, 0)) }
  await oldReminders(trx, old)
  await oldReads(trx, old)
  await oldDigests(trx, old)
}

/** Forgets which addresses refused mail before an instant (ms). */
export async function forgetBounces(connection: Connection, before: number): Promise<void> {
  await connection.deleteFrom('bounces').where('at', '<', before).execute()
}

import type { Connection } from '../db/database.ts'
import { keepMeta, readMeta, writeMeta } from '../db/meta.sql.ts'

/** Where the database keeps when reminders ran last, and when they were switched on. */
const RAN = 'reminders-ran'
const SINCE = 'reminders-since'

/** When every reminder that was due had been decided and handed over last (ms); null = never. */
export async function ranAt(connection: Connection): Promise<number | null> {
  const text = await readMeta(connection, RAN)
  return text === null ? null : Number(text)
}

/** Says that reminders have run. */
export async function markRan(connection: Connection, now: number): Promise<void> {
  await writeMeta(connection, RAN, String(now))
}

/** When reminders ran for the first time (ms), which is now if they never did (R27). */
export async function switchedOnAt(connection: Connection, now: number): Promise<number> {
  return Number(await keepMeta(connection, SINCE, String(now)))
}

/** When reminders ran for the first time (ms); null = never. */
export async function sinceOf(connection: Connection): Promise<number | null> {
  const text = await readMeta(connection, SINCE)
  return text === null ? null : Number(text)
}

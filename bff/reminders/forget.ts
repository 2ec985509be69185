import { breathe } from '../breathe.ts'
import { inTransaction } from '../db/transaction.ts'
import { dayOf } from '../rules/calendar.ts'
import { forgetBounces, forgetReminders } from './forget.sql.ts'
import type { Ladders } from './groups.ts'
import { workspacesAfter } from './ladder.sql.ts'
import { PAUSE_MS } from './recipients.sql.ts'

const DAY_MS = 86_400_000
/** Workspaces in one transaction. */
const PAGE = 50

/** Forgets reminders and digests that are older than the policy keeps them, and addresses that refused mail long ago, in all workspaces. */
export async function forgetAll({ database, policy, now }: Pick<Ladders, 'database' | 'policy' | 'now'>, isEnding: () => boolean): Promise<void> {
  const { db } = database
  await forgetBounces(db, now - PAUSE_MS)
  const at = now - policy.reminderLogDays * DAY_MS
  for (let page = await workspacesAfter(db, '', PAGE); page.length > 0 && !isEnding(); page = await workspacesAfter(db, page.at(-1)?.id ?? '', PAGE)) {
    await inTransaction(database, async (trx) => {
      for (const { id, timeZone } of page) await forgetReminders(trx, id, { day: dayOf(at, timeZone), at })
    })
    await breathe()
  }
}

import { Instant } from '../http/schemas.ts'
import { iso } from '../ledger/view.ts'
import { smtpMailer } from '../node/smtp.ts'
import type { Due } from '../reminders/ladder.sql.ts'
import { Reminders } from '../reminders/reminders.ts'
import { ranAt } from '../reminders/state.sql.ts'
import { formatDay } from '../rules/calendar.ts'
import type { Context } from './context.ts'
import { Failure, oneLine, UsageFailure, visible } from './failure.ts'
import { type Store, withStore } from './store.ts'

/** Devices of a workspace that a dry run names; `--json` has all. */
const NAMED = 5

/** Flags of `reminders run`. */
export interface RunFlags {
  at?: string
  dryRun?: boolean
}

/** An instant as a flag gives it; throws a UsageFailure. */
export function instantOf(flag: string, text: string): number {
  const parsed = Instant.safeParse(text)
  if (!parsed.success) throw new UsageFailure(`${flag} is no instant such as 2026-11-21T09:30:00Z`)
  return parsed.data
}

/** What a store says of reminders without sending any. */
export function quietReminders({ database, keyring, policy }: Store): Reminders {
  return new Reminders({ database, keyring, policy, now: Date.now, mail: null, publicUrl: '', onError: () => {} })
}

/** `license-bff reminders run`: does what is due, once; safe beside servers. Exit code 1 if mail could not be handed over. */
export async function runReminders(context: Context, { at: text, dryRun = false }: RunFlags): Promise<void> {
  const at = text === undefined ? undefined : instantOf('--at', text)
  if (dryRun) return printPlan(context, at)
  if (at !== undefined && at > Date.now()) throw new UsageFailure('--at is in the future, and people would be told too early; add --dry-run to see what they would be told')
  await withStore(context, 'write', async (store) => {
    const last = at === undefined ? null : await lastRun(store)
    if (at !== undefined && last !== null && at < last) {
      context.out.result({ decided: 0, sent: 0, failed: 0, waiting: (await quietReminders(store).state()).waiting }, `reminders ran at ${iso(last)}, which is later; nothing was changed`)
    } else await runOnce(context, store, at)
  })
}

/** When reminders ran last: an instant before the first time would tell what R27 does not. */
async function lastRun({ database }: Store): Promise<number> {
  const last = await ranAt(database.db)
  if (last === null) throw new Failure('reminders have never run here, and tell nothing of the time before they do; run them once without --at')
  return last
}

async function runOnce({ settings: { mail, publicUrl }, out }: Context, { database, keyring, policy }: Store, at: number | undefined): Promise<void> {
  const mailer = mail === null ? null : smtpMailer(mail.url)
  const errors: unknown[] = []
  const reminders = new Reminders({
    database, keyring, policy, now: Date.now, publicUrl: publicUrl ?? '', onError: (error) => { errors.push(error) },
    mail: mail === null || mailer === null ? null : { send: mailer.send, from: mail.from, replyTo: mail.replyTo },
  })
  try {
    const { decided, sent } = await reminders.run({ ...(at === undefined ? {} : { at }), hasten: true })
    const { waiting } = await reminders.state()
    const what = `decided ${counted(decided, 'reminder')}`
    out.result({ decided, sent, failed: errors.length, waiting }, mail === null ? `${what}; only the portal shows them, as LICENSE_SMTP_URL is not set` : `${what}, sent ${counted(sent, 'message')}`)
    if (errors.length === 0) return
    process.exitCode = 1
    process.stderr.write(`license-bff: ${visible(`${counted(errors.length, 'message')} could not be handed over; ${waiting === 1 ? '1 waits' : `${waiting} wait`} for the next run (${oneLine(errors[0])})`)}\n`)
  } finally {
    mailer?.close()
  }
}

async function printPlan(context: Context, at: number | undefined): Promise<void> {
  const plans = await withStore(context, 'read', (store) => quietReminders(store).plan(at === undefined ? {} : { at }))
  const items = plans.map(({ workspace, day, due }) => ({
    workspace, date: formatDay(day), count: due.length, due: due.map(({ deviceId, rung, expiresAt }) => ({ deviceId, rung, expiresAt: iso(expiresAt) })),
  }))
  context.out.list(items, [
    ['WORKSPACE', (one) => one.workspace], ['DATE', (one) => one.date], ['REMINDERS', (one) => one.count], ['DEVICES (DAYS BEFORE)', (one) => devicesOf(one)],
  ], 'nothing would be decided')
}

function devicesOf({ due }: { due: readonly Pick<Due, 'deviceId' | 'rung'>[] }): string {
  const named = due.slice(0, NAMED).map(({ deviceId, rung }) => `${deviceId} (${rung})`).join(', ')
  return due.length > NAMED ? `${named} and ${due.length - NAMED} more` : named
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}

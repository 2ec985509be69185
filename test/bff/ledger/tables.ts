import { sql } from 'kysely'
import type { Database } from '../../../bff/index.ts'
import type { World } from '../engines.ts'

/** Every table, as far as requests write to them. */
export const TABLES = [
  'workspaces', 'people', 'api_keys', 'serials', 'devices', 'grants', 'covers', 'vouchers', 'attempts', 'attempt_scopes', 'idempotency', 'audit',
  'legacy', 'memberships', 'recognised', 'legacy_asks', 'feeds', 'changes', 'snoozes', 'reminder_marks', 'reminders', 'notification_marks',
  'notification_reads', 'recipients', 'bounces', 'digests', 'webhooks', 'webhook_events', 'webhook_deliveries', 'calendar_links',
] as const
export type TableName = (typeof TABLES)[number]

/** Rows of the database as text, table by table, in an order of their own, so that two looks can be compared. */
export async function dump({ db }: Database, without: readonly TableName[] = []): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {}
  for (const name of TABLES) {
    if (without.includes(name)) continue
    const rows = await db.selectFrom(name).selectAll().execute()
    tables[name] = rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort()
  }
  return tables
}

/** What requests write that change nothing: who asked, and which look-ups were refused. */
export const BESIDES = ['people', 'memberships', 'legacy_asks', 'attempts', 'attempt_scopes'] as const satisfies readonly TableName[]
/** What look-ups of codes write. */
export const ATTEMPTS = ['attempts', 'attempt_scopes'] as const satisfies readonly TableName[]

/** Takes a table away from a world, so that what needs it fails; answers how to bring it back. */
export async function takeAway(world: World, table: TableName): Promise<() => Promise<void>> {
  const { db } = world.database
  const away = `${table}_away`
  await sql`alter table ${sql.table(table)} rename to ${sql.table(away)}`.execute(db)
  world.broken = true
  return async () => {
    await sql`alter table ${sql.table(away)} rename to ${sql.table(table)}`.execute(db)
    world.broken = false
  }
}

/** Runs something while a table is away. */
export async function without<T>(world: World, table: TableName, run: () => Promise<T>): Promise<T> {
  const bringBack = await takeAway(world, table)
  try {
    return await run()
  } finally {
    await bringBack()
  }
}

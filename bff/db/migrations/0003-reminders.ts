import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { dialectOf } from '../database.ts'

/** Reminders and who reads them, digests by mail, webhooks with their deliveries, calendar links. */
export const m0003 = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kysely's migrations are untyped by design.
  async up(db: Kysely<any>): Promise<void> {
    const postgres = dialectOf(db) === 'postgres'
    const text = postgres ? sql`text collate "C"` : sql`text`
    const int = postgres ? sql`bigint` : sql`integer`
    const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull()
    const zero = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().defaultTo(0)
    const table = async (name: string, columns: Record<string, [typeof text, typeof required?]>, key: string[], unique: string[] = []): Promise<void> => {
      let builder = db.schema.createTable(name)
      for (const [column, [type, define]] of Object.entries(columns)) builder = builder.addColumn(column, type, define)
      builder = builder.addPrimaryKeyConstraint(`${name}_pk`, key as never[])
      if (unique.length > 0) builder = builder.addUniqueConstraint(`${name}_once`, unique as never[])
      await (postgres ? builder : builder.modifyEnd(sql`strict, without rowid`)).execute()
    }
    const index = async (name: string, on: string, columns: string[]): Promise<void> => {
      await db.schema.createIndex(name).on(on).columns(columns).execute()
    }

    // Who reads reminders: what somebody was at the last visit to a workspace, and when that was (R29).
    await db.schema.alterTable('memberships').addColumn('role', text).execute()
    await db.schema.alterTable('memberships').addColumn('seen_at', int).execute()
    await table('reminder_marks', { workspace_id: [text, required], through_day: [int, required] }, ['workspace_id'])
    // A rung of the ladder is decided once for each end of a licence (R28).
    await table('reminders', {
      workspace_id: [text, required], id: [text, required], device_id: [text, required], expires_at: [int, required], rung: [int, required],
      day: [int, required], decided_at: [int, required],
    }, ['workspace_id', 'id'], ['workspace_id', 'device_id', 'expires_at', 'rung'])
    await index('reminders_by_day', 'reminders', ['workspace_id', 'day'])
    await table('notification_marks', {
      workspace_id: [text, required], person_id: [text, required], read_through: [text, required],
    }, ['workspace_id', 'person_id'])
    await table('notification_reads', {
      workspace_id: [text, required], person_id: [text, required], reminder_id: [text, required],
    }, ['workspace_id', 'person_id', 'reminder_id'])
    await table('recipients', {
      id: [text, required], workspace_id: [text, required], recipient: [text, required], opted_out_at: [int], created_at: [int, required],
    }, ['id'], ['workspace_id', 'recipient'])
    await table('bounces', { address_hash: [text, required], at: [int, required], code: [text, required] }, ['address_hash'])
    // One digest a day per workspace and recipient (R27).
    await table('digests', {
      id: [text, required], workspace_id: [text, required], recipient_id: [text, required], day: [int, required], after_day: [int, required],
      created_at: [int, required], next_at: [int, required], tries: [int, zero], claimed_until: [int, zero], ended_at: [int], outcome: [text],
    }, ['id'], ['workspace_id', 'recipient_id', 'day'])
    await sql`create index digests_waiting on digests (next_at) where ended_at is null`.execute(db)

    await table('webhooks', {
      id: [text, required], workspace_id: [text], url: [text, required], events: [text, required], secret_id: [text, required], generation: [int, required],
      rotated_at: [int], created_at: [int, required], created_by: [text, required], disabled_at: [int], disabled_why: [text], removed_at: [int],
    }, ['id'])
    await index('webhooks_by_workspace', 'webhooks', ['workspace_id'])
    await table('webhook_events', {
      id: [text, required], type: [text, required], workspace_id: [text, required], device_id: [text], at: [int, required], payload: [text, required],
      once: [text, (column) => column.unique()],
    }, ['id'])
    await table('webhook_deliveries', {
      webhook_id: [text, required], id: [text, required], event_id: [text, required], created_at: [int, required], next_at: [int, required], tries: [int, zero],
      claimed_until: [int, zero], ended_at: [int], outcome: [text], status: [int], detail: [text],
    }, ['webhook_id', 'id'])
    await sql`create index webhook_deliveries_waiting on webhook_deliveries (next_at) where ended_at is null`.execute(db)
    await index('webhook_deliveries_by_event', 'webhook_deliveries', ['event_id'])

    await table('calendar_links', {
      id: [text, required], workspace_id: [text, required], device_id: [text], hash: [text, (column) => column.notNull().unique()], secret_id: [text, required],
      created_at: [int, required], created_by: [text, required], revoked_at: [int],
    }, ['id'])
    await index('calendar_links_by_workspace', 'calendar_links', ['workspace_id'])

    await index('covers_by_workspace_end', 'covers', ['workspace_id', 'expires_at'])
    await index('covers_by_end', 'covers', ['expires_at', 'workspace_id', 'device_id'])
    await index('covers_by_expiring', 'covers', ['expiring_from', 'workspace_id', 'device_id'])
  },
}

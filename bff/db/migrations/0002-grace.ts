import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import { dialectOf } from '../database.ts'
import { normalAccount } from '../../rules/account.ts'

/** Legacy records and who is known of them, changes for open pages, snoozed warnings. */
export const m0002 = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kysely's migrations are untyped by design.
  async up(db: Kysely<any>): Promise<void> {
    const postgres = dialectOf(db) === 'postgres'
    const text = postgres ? sql`text collate "C"` : sql`text`
    const int = postgres ? sql`bigint` : sql`integer`
    const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull()
    const table = async (name: string, columns: Record<string, [typeof text, typeof required?]>, key: string[]): Promise<void> => {
      let builder = db.schema.createTable(name)
      for (const [column, [type, define]] of Object.entries(columns)) builder = builder.addColumn(column, type, define)
      builder = builder.addPrimaryKeyConstraint(`${name}_pk`, key as never[])
      await (postgres ? builder : builder.modifyEnd(sql`strict, without rowid`)).execute()
    }

    await table('legacy', {
      serial_key: [text, required], account: [text, required], workspace: [text, required], site: [text, required],
    }, ['serial_key', 'account', 'workspace', 'site'])
    await db.schema.createIndex('legacy_by_account').on('legacy').columns(['account', 'serial_key']).execute()
    await table('memberships', {
      workspace_id: [text, required], person_id: [text, required], since: [int, required],
    }, ['workspace_id', 'person_id'])
    await db.schema.createIndex('memberships_by_person').on('memberships').columns(['person_id']).execute()
    await table('recognised', {
      workspace_id: [text, required], account: [text, required], at: [int, required],
    }, ['workspace_id', 'account'])
    await table('legacy_asks', {
      person_id: [text, required], next_at: [int, required], tries: [int, required],
    }, ['person_id'])
    await db.schema.createIndex('legacy_asks_by_time').on('legacy_asks').columns(['next_at']).execute()
    await table('feeds', {
      workspace_id: [text, required], seq: [int, required], at: [int, required],
    }, ['workspace_id'])
    await table('changes', {
      workspace_id: [text, required], seq: [int, required], device_id: [text, required],
    }, ['workspace_id', 'seq', 'device_id'])
    await table('snoozes', {
      workspace_id: [text, required], person_id: [text, required], kind: [text, required],
      at: [int, required], until: [int, required], count: [int, required],
    }, ['workspace_id', 'person_id', 'kind'])
    for (const column of ['subject_key', 'email_key']) {
      await db.schema.alterTable('people').addColumn(column, text).execute()
      await db.schema.createIndex(`people_by_${column}`).on('people').columns([column]).execute()
    }
    for (const { id, subject, email, email_verified: verified } of await db.selectFrom('people').selectAll().execute()) {
      await db.updateTable('people').set({ subject_key: normalAccount(subject), email_key: verified === 1 && email !== null ? normalAccount(email) : null })
        .where('id', '=', id).execute()
    }
  },
}

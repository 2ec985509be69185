import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, sql } from 'kysely'
import { dialectOf } from '../database.ts'

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
const required: Column = (column) => column.notNull()
const zero: Column = (column) => column.notNull().defaultTo(0)

/** The first schema: workspaces, people, keys, devices, ledger, vouchers, attempts, idempotency, audit. */
export const m0001 = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kysely's migrations are untyped by design.
  async up(db: Kysely<any>): Promise<void> {
    const postgres = dialectOf(db) === 'postgres'
    // Bytes order everywhere: SQLite does so by itself, PostgreSQL by the collation "C".
    const text = postgres ? sql`text collate "C"` : sql`text`
    const int = postgres ? sql`bigint` : sql`integer`

    const table = async (
      name: string, columns: Record<string, [typeof text, Column?]>,
      more: (table: CreateTableBuilder<string, string>) => CreateTableBuilder<string, string> = (one) => one,
    ): Promise<void> => {
      let builder: CreateTableBuilder<string, string> = db.schema.createTable(name)
      for (const [column, [type, define]] of Object.entries(columns)) builder = builder.addColumn(column, type, define)
      builder = more(builder)
      // Rows stand in the order of their primary key, so that reading one by it is one look-up.
      await (postgres ? builder : builder.modifyEnd(sql`strict, without rowid`)).execute()
    }
    const index = async (name: string, on: string, columns: string[]): Promise<void> => {
      await db.schema.createIndex(name).on(on).columns(columns).execute()
    }

    await table('meta', { key: [text, (c) => c.primaryKey().notNull()], value: [text, required] })
    await table('secrets', { id: [text, (c) => c.primaryKey().notNull()], created_at: [int, required] })
    await table('workspaces', {
      id: [text, (c) => c.primaryKey().notNull()], name: [text, required], time_zone: [text, required],
      contact: [text, required], notify_emails: [text, required], mail: [text],
      created_at: [int, required], updated_at: [int, required],
    })
    await table('people', {
      id: [text, (c) => c.primaryKey().notNull()], subject: [text, (c) => c.notNull().unique()], name: [text], email: [text],
      email_verified: [int, zero], locale: [text], created_at: [int, required], seen_at: [int, required],
    })
    await table('api_keys', {
      id: [text, (c) => c.primaryKey().notNull()], hash: [text, (c) => c.notNull().unique()], secret_id: [text, required],
      role: [text, required], workspace_id: [text, (c) => c.references('workspaces.id')], name: [text],
      created_at: [int, required], revoked_at: [int],
    })
    await table('serials', {
      serial_key: [text, (c) => c.primaryKey().notNull()], workspace_id: [text, required], device_id: [text, required],
      seen_at: [int, required], trial_used_at: [int], grace_used_at: [int],
    })
    await table('devices', {
      workspace_id: [text, (c) => c.notNull().references('workspaces.id')], id: [text, required], serial: [text, required],
      serial_key: [text, (c) => c.notNull().references('serials.serial_key')], model: [text, required], name: [text, required],
      name_key: [text, required], search_key: [text, required], site_id: [text], renewal_planned: [int, (c) => c.notNull().defaultTo(1)],
      revision: [int, zero], created_at: [int, required], updated_at: [int, required], removed_at: [int],
    }, (t) => t.addPrimaryKeyConstraint('devices_pk', ['workspace_id', 'id'])
      .addUniqueConstraint('devices_serial', ['workspace_id', 'serial_key']))
    // A serial number is present once on the whole platform (R30).
    await sql`create unique index devices_present on devices (serial_key) where removed_at is null`.execute(db)
    await index('devices_by_name', 'devices', ['workspace_id', 'name_key', 'id'])
    await index('devices_by_site', 'devices', ['workspace_id', 'site_id'])
    await table('vouchers', {
      id: [text, (c) => c.primaryKey().notNull()], hash: [text, (c) => c.notNull().unique()], secret_id: [text, required],
      last4: [text, required], days: [int, required], max_devices: [int, required], models: [text],
      workspace_id: [text, (c) => c.references('workspaces.id')], not_before: [int], redeem_by: [int], batch: [text, required],
      reference: [text], note: [text], created_at: [int, required], created_by: [text, required], revoked_at: [int],
      used: [int, zero], freed: [int, zero], reuse_until: [int], undone: [int, zero],
    }, (t) => t.addCheckConstraint('vouchers_used', sql`used >= 0 and used <= max_devices and undone <= max_devices`))
    await index('vouchers_by_batch', 'vouchers', ['batch', 'id'])
    await index('vouchers_by_reference', 'vouchers', ['reference', 'id'])
    await index('vouchers_by_last4', 'vouchers', ['last4', 'id'])
    const device = (t: CreateTableBuilder<string, string>, name: string): CreateTableBuilder<string, string> =>
      t.addForeignKeyConstraint(name, ['workspace_id', 'device_id'], 'devices', ['workspace_id', 'id'])
    await table('grants', {
      workspace_id: [text, required], device_id: [text, required], seq: [int, required], id: [text, (c) => c.notNull().unique()],
      kind: [text, required], from_at: [int, required], to_at: [int, required], days: [int, required], at: [int, required],
      by: [text, required], source: [text, required], voucher_id: [text, (c) => c.references('vouchers.id')], last4: [text],
      reference: [text], undone_at: [int], undone_by: [text],
    }, (t) => device(t, 'grants_device').addPrimaryKeyConstraint('grants_pk', ['workspace_id', 'device_id', 'seq'])
      .addCheckConstraint('grants_interval', sql`from_at < to_at`))
    // A voucher stands on a device at most once (R15), and a reference is imported at most once (R33).
    await sql`create unique index grants_standing on grants (voucher_id, workspace_id, device_id) where undone_at is null`.execute(db)
    await index('grants_by_voucher', 'grants', ['voucher_id', 'at'])
    await sql`create unique index grants_reference on grants (reference) where source = 'import'`.execute(db)
    await table('covers', {
      workspace_id: [text, required], device_id: [text, required], starts_at: [int, required], expiring_from: [int, required],
      grace_from: [int], expires_at: [int, required], kind: [text, required],
    }, (t) => device(t, 'covers_device').addPrimaryKeyConstraint('covers_pk', ['workspace_id', 'device_id', 'starts_at']))
    await table('attempts', {
      id: [text, (c) => c.primaryKey().notNull()], caller: [text, required], workspace_id: [text, required], at: [int, required],
      refused: [int, required],
    })
    await index('attempts_by_caller', 'attempts', ['caller', 'at'])
    await index('attempts_by_workspace', 'attempts', ['workspace_id', 'at'])
    await table('attempt_scopes', { scope: [text, (c) => c.primaryKey().notNull()], taken: [int, required] })
    await table('idempotency', {
      caller: [text, required], route: [text, required], key: [text, required], body_hash: [text, required],
      status: [int, required], answer: [text, required], at: [int, required],
    }, (t) => t.addPrimaryKeyConstraint('idempotency_pk', ['caller', 'route', 'key']))
    await index('idempotency_by_age', 'idempotency', ['at'])
    await table('audit', {
      id: [text, (c) => c.primaryKey().notNull()], at: [int, required], who: [text, required], workspace_id: [text],
      action: [text, required], target: [text, required], before: [text], after: [text],
    })
    await index('audit_by_workspace', 'audit', ['workspace_id', 'id'])
    await index('audit_by_target', 'audit', ['target', 'id'])
  },
}

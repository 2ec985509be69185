/** Compares the schema that the migrations make with the committed one; `UPDATE_SCHEMA=1` writes it anew. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { migrate, migrationState } from '../../../bff/index.ts'
import type { Connection } from '../../../bff/index.ts'
import { onEveryEngine } from '../engines.ts'
import { TABLES } from '../ledger/tables.ts'

async function texts(query: Promise<{ rows: { text: string }[] }>): Promise<string[]> {
  return (await query).rows.map((row) => row.text)
}

/** The statements that made everything of a SQLite database. */
async function sqliteSchema(db: Connection): Promise<string> {
  const statements = await texts(sql<{ text: string }>`select sql as text from sqlite_master where sql is not null and name not like 'sqlite_%' order by type desc, tbl_name, name`.execute(db))
  const inLines = (statement: string): string => statement.replace(/^(CREATE TABLE "\w+" )\(/, '$1(\n  ').replaceAll(/, (?="\w+" (?:text|integer|varchar)|constraint )/g, ',\n  ').replace(/\)( strict.*)?$/, (end) => (end.includes('strict') ? `\n${end}` : end))
  return `${statements.map((one) => `${inLines(one)};`).join('\n\n')}\n`
}

/** The tables of a PostgreSQL database as statements: columns, constraints, indexes. */
async function postgresSchema(db: Connection): Promise<string> {
  const tables = await texts(sql<{ text: string }>`select relname as text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname collate "C"`.execute(db))
  const made = await Promise.all(tables.map(async (table) => {
    const columns = await texts(sql<{ text: string }>`
      select concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), 'collate ' || quote_ident(c.collname), case when a.attnotnull then 'not null' end, 'default ' || pg_get_expr(d.adbin, d.adrelid)) as text
      from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation c on c.oid = a.attcollation and c.oid <> t.typcollation
      where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`.execute(db))
    const constraints = await texts(sql<{ text: string }>`
      select concat('constraint ', quote_ident(conname), ' ', pg_get_constraintdef(oid)) as text from pg_constraint
      where conrelid = ${table}::regclass and contype <> 'n' order by conname collate "C"`.execute(db))
    const indexes = await texts(sql<{ text: string }>`
      select pg_get_indexdef(i.indexrelid) as text from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
      where i.indrelid = ${table}::regclass and c.oid is null order by 1`.execute(db))
    return [`create table ${table} (\n  ${[...columns, ...constraints].join(',\n  ')}\n);`, ...indexes.map((index) => `${index};`)].join('\n')
  }))
  return `${made.join('\n\n')}\n`
}

onEveryEngine('the schema', (world, engine) => {
  const dialect = engine === 'postgres' ? 'postgres' : 'sqlite'
  let written = ''
  before(async () => { written = await (dialect === 'postgres' ? postgresSchema : sqliteSchema)(world().database.db) })

  test('that the migrations make is the committed one', () => {
    const path = join(import.meta.dirname, `schema.${dialect}.sql`)
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(path, written)
    assert.equal(written, readFileSync(path, 'utf8'), 'run this test with UPDATE_SCHEMA=1, and look at what it changes')
  })

  test('holds every table that is known in code, and no other', async () => {
    const tables = (await world().database.db.introspection.getTables()).map((table) => table.name)
    assert.deepEqual(tables.filter((name) => !name.startsWith('kysely_')).sort(), [...TABLES, 'meta', 'secrets'].sort())
  })

  test('has the same columns on every engine, as whole numbers or texts, ordered by their bytes', async () => {
    const [columns, other] = await Promise.all([world().database.db.introspection.getTables(), readFileSync(join(import.meta.dirname, 'schema.sqlite.sql'), 'utf8')])
    for (const { name, columns: list } of columns.filter((table) => !table.name.startsWith('kysely_'))) {
      const [, statement = ''] = new RegExp(`create table "${name}" \\(([^;]*);`, 'i').exec(other) ?? []
      for (const column of list) {
        assert.match(statement, new RegExp(`"${column.name}" (text|integer)\\b`), `${name}.${column.name}`)
        assert.match(column.dataType, /^(text|integer|int8)$/i, `${name}.${column.name}`)
      }
    }
    if (dialect === 'postgres') {
      const ours = written.split('\n\n').filter((table) => !table.startsWith('create table kysely_')).join('\n')
      assert.deepEqual(ours.match(/^ {2}\S+ text(?! collate "C").*$/gm), null)
    } else assert.equal((written.match(/\) strict, without rowid;/g) ?? []).length, TABLES.length + 2)
  })

  test('is made once: migrating again does nothing', async () => {
    assert.deepEqual(await migrate(world().database.db), [])
    assert.deepEqual(await migrationState(world().database.db), { missing: [], unknown: [], empty: false })
  })

  test('keeps what the rules forbid out by itself', async () => {
    const { db } = world().database
    await world().setUp()
    const grant = {
      workspace_id: 'acme', device_id: 'pump-1', kind: 'standard', from_at: 1, to_at: 2, days: 1, at: 1, by: 'x', source: 'import', voucher_id: null, last4: null, reference: 'r', undone_at: null, undone_by: null,
    } as const
    const serial = { serial_key: 'X', workspace_id: 'acme', device_id: 'x', seen_at: 1, trial_used_at: null, grace_used_at: null }
    const device = { ...(await db.selectFrom('devices').selectAll().executeTakeFirstOrThrow()), id: 'pump-2' }
    await db.insertInto('grants').values({ ...grant, id: 'g1', seq: 1 }).execute()
    const rows: [name: string, insert: () => Promise<unknown>][] = [
      ['a reference twice', () => db.insertInto('grants').values({ ...grant, id: 'g2', seq: 2 }).execute()],
      ['two grants at one place', () => db.insertInto('grants').values({ ...grant, id: 'g2', seq: 1, reference: 'r2' }).execute()],
      ['a grant that ends before it begins', () => db.insertInto('grants').values({ ...grant, id: 'g2', seq: 2, reference: 'r2', to_at: 1 }).execute()],
      ['a grant of no device', () => db.insertInto('grants').values({ ...grant, id: 'g2', seq: 2, reference: 'r2', device_id: 'nothing' }).execute()],
      ['a serial number twice', () => db.insertInto('serials').values([serial, serial]).execute()],
      ['a serial number present twice', () => db.insertInto('devices').values(device).execute()],
      ['a device of a serial number that nobody saw', () => db.insertInto('devices').values({ ...device, serial_key: 'UNSEEN' }).execute()],
      ['a device of no workspace', () => db.insertInto('devices').values({ ...device, workspace_id: 'nowhere' }).execute()],
      ['a text where a number stands', () => db.updateTable('devices').set({ revision: 'many' as never }).execute()],
      ['a missing name', () => db.updateTable('devices').set({ name: null as never }).execute()],
    ]
    for (const [name, insert] of rows) await assert.rejects(insert(), /constraint|cannot store|invalid input|null value|violates/i, name)
    assert.equal((await db.selectFrom('grants').selectAll().execute()).length, 1)
  })
})

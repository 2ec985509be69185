import { sql } from 'kysely'
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Connection } from '../../../bff/index.ts'
import { migrate, migrationState } from '../../../bff/index.ts'
import { onEveryEngine } from '../engines.ts'

/** What SQLite says of its own schema. */
async function sqliteSchema(db: Connection): Promise<string[]> {
  const { rows } = await sql<{ sql: string }>`select sql from sqlite_master where sql is not null and name not like 'kysely_%' order by type desc, name`.execute(db)
  return rows.map((row) => row.sql)
}

/** Columns, constraints and indexes of a PostgreSQL database. */
async function postgresSchema(db: Connection): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select line from (select format('%s.%s %s%s%s%s', table_name, column_name, data_type, case when collation_name is null then '' else ' collate "' || collation_name || '"' end,
      case when is_nullable = 'NO' then ' not null' else '' end, coalesce(' default ' || column_default, '')) as line
      from information_schema.columns where table_schema = 'public' and table_name not like 'kysely_%'
    union all select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely_%' and contype <> 'n'
    union all select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely_%'
    ) as lines order by line collate "C"`.execute(db)
  return rows.map((row) => row.line)
}

onEveryEngine('the schema', (world, engine) => {
  const kind = engine === 'postgres' ? 'postgres' : 'sqlite'
  test('is the one that is committed; UPDATE_SCHEMA=1 writes it', async () => {
    const { db } = world().database
    const file = join(import.meta.dirname, `schema.${kind}.sql`)
    const text = `${(await (kind === 'postgres' ? postgresSchema : sqliteSchema)(db)).join('\n')}\n`
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, text)
    assert.equal(text, readFileSync(file, 'utf8'))
  })

  test('is brought about once', async () => {
    const { db } = world().database
    assert.deepEqual(await migrate(db), [])
    assert.deepEqual(await migrationState(db), { missing: [], unknown: [], empty: false })
  })

  test('holds every change of SQLite on the disk before it is told', async () => {
    const { database } = world()
    await world().setUp()
    if ('synchronous' in database) assert.equal((database as { synchronous: () => unknown }).synchronous(), 2)
    else assert.notEqual(engine, 'sqlite')
  })
})

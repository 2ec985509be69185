import Database from 'better-sqlite3'
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import pg from 'pg'
import { freshDatabase } from '../postgres.ts'
import { type Call, call, done, fails, folder, json } from './program.ts'

const LICENSE_SECRET = randomBytes(32).toString('base64')

/** Changes a SQLite database by hand. */
function byHand({ cwd }: Call, sql: string, file = 'license.db'): void {
  const db = new Database(join(cwd, file))
  db.pragma('foreign_keys = off')
  db.exec(sql)
  db.close()
}

/** A PostgreSQL database, and what changes it by hand. */
async function postgres(): Promise<{ where: Call; query: (sql: string) => Promise<void> }> {
  const url = await freshDatabase()
  return {
    where: { cwd: folder(), env: { LICENSE_DB: url, LICENSE_SECRET } },
    async query(sql) {
      const client = new pg.Client(url)
      await client.connect()
      await client.query(sql)
      await client.end()
    },
  }
}

suite('a SQLite file that cannot be used', { concurrency: 4 }, () => {
  test('in a directory that is missing', () => fails(['serve', '--db', 'sqlite:./data/license.db'], { cwd: folder() }, 1,
    'the directory ./data of the database does not exist; create it, or correct --db'))

  test('that is a directory', async () => {
    const cwd = folder()
    mkdirSync(join(cwd, 'data'))
    await fails(['serve', '--db', 'sqlite:./data'], { cwd }, 1, './data is a directory; --db needs a file in it, such as sqlite:./data/license.db')
  })

  test('that is no database, and stays as it is', async () => {
    const cwd = folder()
    const text = 'This is a letter, and long enough to be taken for the header of a file. '.repeat(100)
    writeFileSync(join(cwd, 'license.db'), text)
    for (const command of ['serve', 'migrate', 'workspaces list', 'doctor']) {
      await fails(command.split(' '), { cwd }, 1, './license.db is no SQLite database; correct --db, or move the file away')
    }
    assert.equal(readFileSync(join(cwd, 'license.db'), 'utf8'), text)
    assert.deepEqual(readdirSync(cwd), ['license.db'])
  })

  test("that is somebody else's, and stays as it is", async () => {
    const where = { cwd: folder() }
    byHand(where, 'create table invoices (id integer primary key)')
    byHand(where, `create table kysely_migration (name text, timestamp text); insert into kysely_migration values ('2020-theirs', '2020-01-01T00:00:00Z')`, 'theirs.db')
    const before = readFileSync(join(where.cwd, 'license.db'))
    const line = 'the database holds tables of something else; give license-bff a database of its own'
    for (const command of ['serve', 'migrate', 'workspaces list', 'doctor']) await fails(command.split(' '), where, 1, `./license.db: ${line}`)
    assert.deepEqual(readFileSync(join(where.cwd, 'license.db')), before)
    await fails(['serve', '--db', 'sqlite:theirs.db'], where, 1, `theirs.db: ${line}`)
    assert.deepEqual(readdirSync(where.cwd).filter((name) => name.endsWith('.secret')), [])
  })

  test('that cannot be written', async () => {
    const where = { cwd: folder() }
    await done(['migrate'], where)
    const file = join(where.cwd, 'license.db')
    // Root may write any file; the header's version of the format that may be written stops everybody.
    const bytes = readFileSync(file)
    bytes[18] = 3
    writeFileSync(file, bytes)
    chmodSync(file, 0o444)
    await fails(['serve'], where, 1, './license.db cannot be …; let the user of this program write it…, or correct --db')
  })

  test('that a newer version made', async () => {
    const where = { cwd: folder() }
    await done(['migrate'], where)
    byHand(where, `insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`)
    const line = './license.db was made by a newer license-bff (9999-later is not known here); install that version, or restore a backup'
    for (const command of ['serve', 'migrate', 'workspaces list']) await fails(command.split(' '), where, 1, line)
  })

  test('that another program keeps locked', async () => {
    const where = { cwd: folder() }
    await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], where)
    const other = new Database(join(where.cwd, 'license.db'))
    other.exec('begin exclusive')
    await fails(['workspaces', 'create', 'more', '--zone', 'UTC'], where, 1, './license.db is locked by another program; try again when that is done')
    other.exec('rollback')
    other.close()
    await done(['workspaces', 'create', 'more', '--zone', 'UTC'], where)
  })

  test('that doctor does not find', async () => {
    const cwd = folder()
    await fails(['doctor'], { cwd }, 1, 'there is no database ./license.db; correct --db')
    assert.deepEqual(readdirSync(cwd), [])
  })
})

suite('a PostgreSQL that cannot be used', { concurrency: 4 }, () => {
  const at = (address: string): Call => ({ cwd: folder(), env: { LICENSE_DB: address, LICENSE_SECRET } })

  test('because nothing listens', () => fails(['serve'], at('postgres://me:hidden@127.0.0.1:1/license'), 1,
    'no PostgreSQL answers at 127.0.0.1:1/license; start it, or correct --db'))

  test('because its host has no address', () => fails(['serve'], at('postgres://me:hidden@nowhere.invalid/license'), 1,
    'the host of nowhere.invalid/license is not known; correct --db'))

  test('because what listens never answers, which it does not wait for', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const begun = performance.now()
    await fails(['serve'], at(`postgres://me:hidden@127.0.0.1:${port}/license`), 1, `PostgreSQL at 127.0.0.1:${port}/license …; correct --db`)
    const seconds = (performance.now() - begun) / 1_000
    silent.close()
    // The limit is two seconds; the rest is the start of the program on a busy machine.
    assert.ok(seconds < 20, `${seconds} s with the start of the program`)
  })

  test('because the password or the database is wrong', async () => {
    const url = new URL(await freshDatabase())
    const { host, pathname } = url
    await fails(['serve'], at(Object.assign(new URL(url), { password: 'wrong' }).href), 1, `PostgreSQL at ${host}${pathname} refuses the user or the password; correct --db`)
    await fails(['serve'], at(Object.assign(new URL(url), { pathname: '/missing' }).href), 1, `PostgreSQL has no database ${host}/missing; create it, or correct --db`)
  })

  test("because it is somebody else's, or newer", async () => {
    const { where, query } = await postgres()
    await query('create table invoices (id integer)')
    await fails(['serve'], where, 1, '…: the database holds tables of something else; give license-bff a database of its own')
    const newer = await postgres()
    await done(['migrate'], newer.where)
    await newer.query(`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`)
    await fails(['serve'], newer.where, 1, '… was made by a newer license-bff (9999-later is not known here); install that version, or restore a backup')
  })
})

suite('an empty database', { concurrency: 4 }, () => {
  test('is migrated by the first command, and by migrate, which does nothing twice', async () => {
    const where = { cwd: folder() }
    const { ran } = await json<{ ran: string[] }>(['migrate'], where)
    assert.equal(ran[0], '0001-start')
    assert.equal(await done(['migrate'], where), './license.db is up to date')
    assert.deepEqual(await json(['workspaces', 'list', '--db', 'sqlite:other.db'], where), { items: [] })
  })

  for (const engine of ['SQLite', 'PostgreSQL'] as const) {
    test(`is taken by programs that start at once, on ${engine}`, async () => {
      const where = engine === 'SQLite' ? { cwd: folder() } : (await postgres()).where
      const ids = ['a', 'b', 'c', 'd']
      const said = await Promise.all(ids.map((id) => call(['workspaces', 'create', id, '--zone', 'UTC'], where)))
      assert.deepEqual(said.map((one) => [one.code, one.err]), ids.map(() => [0, '']))
      const { items } = await json<{ items: { id: string }[] }>(['workspaces', 'list'], where)
      assert.deepEqual(items.map((one) => one.id), ids)
    })
  }
})

suite('workspaces', () => {
  test('are created once, moved to another zone and listed', async () => {
    const where = { cwd: folder() }
    assert.deepEqual(await json(['workspaces', 'create', 'acme', '--zone', 'UTC', '--name', 'Acme'], where), { id: 'acme', name: 'Acme', timeZone: 'UTC' })
    await fails(['workspaces', 'create', 'acme', '--zone', 'Asia/Tokyo'], where, 1, 'the workspace acme exists already; workspaces set-zone changes its zone')
    assert.equal(await done(['workspaces', 'set-zone', 'acme', 'Asia/Tokyo'], where), 'the workspace acme is in Asia/Tokyo')
    await fails(['workspaces', 'set-zone', 'other', 'Asia/Tokyo'], where, 1, 'there is no workspace other; workspaces list shows those there are')
    assert.equal(await done(['workspaces', 'list'], where), 'ID    NAME  ZONE\nacme  Acme  Asia/Tokyo')
  })
})

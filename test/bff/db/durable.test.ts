import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import BetterSqlite3 from 'better-sqlite3'
import { migrate, NotOurDatabaseError } from '../../../bff/index.ts'
import { openSqlite } from '../../../bff/node/index.ts'
import { Fleet, fresh } from '../devices/fleet.ts'
import { World } from '../engines.ts'

suite('a SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'license-durable-'))
  const path = join(folder, 'license.db')
  let database: ReturnType<typeof openSqlite>
  let world: World

  before(async () => {
    database = openSqlite(path)
    await migrate(database.db)
    world = new World(database)
  })
  after(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  test('is kept by synchronous = FULL, before and after a write, and after a refused one', async () => {
    assert.equal(database.synchronous(), 2)
    const fleet = await Fleet.open(world)
    assert.equal(database.synchronous(), 2)
    await fleet.add({ serial: fresh('SN') })
    assert.equal((await fleet.add({ serial: '--' })).status, 422)
    assert.equal(database.synchronous(), 2)
  })

  test('holds what was acknowledged for whoever opens it next, also while it is open', async () => {
    const fleet = await Fleet.open(world)
    await fleet.put('d', { serial: fresh('SN') })
    const grant = await fleet.license('d')
    const other = new BetterSqlite3(path, { readonly: true })
    assert.equal(other.pragma('journal_mode', { simple: true }), 'wal')
    assert.deepEqual(other.prepare('select id from grants where workspace_id = ?').all(fleet.workspace), [{ id: grant }])
    assert.deepEqual(other.pragma('foreign_key_check'), [])
    assert.equal(other.pragma('integrity_check', { simple: true }), 'ok')
    other.close()
  })

  test('of another program is left alone', () => {
    const foreign = join(folder, 'foreign.db')
    const made = new BetterSqlite3(foreign)
    made.exec('create table theirs (id integer)')
    made.close()
    assert.throws(() => openSqlite(foreign), NotOurDatabaseError)
    const looked = new BetterSqlite3(foreign, { readonly: true })
    assert.equal(looked.pragma('journal_mode', { simple: true }), 'delete')
    looked.close()
  })
})

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { Fleet, fresh } from '../devices/fleet.ts'
import { postgresUrl } from '../../postgres.ts'
import { type As, type Engine, onEngine, onEveryEngine, START, type World } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { makeKey } from '../who/keys.ts'

/** Makes the database one that can only be read, as a replica is after the main server went away; or a whole one again. */
async function readOnly(world: World, engine: Engine, on: boolean): Promise<void> {
  if (engine !== 'postgres') return void await pragma(world, `query_only = ${on ? 1 : 0}`)
  const { rows: [row] } = await sql<{ name: string }>`select current_database() as name`.execute(world.database.db)
  const admin = new pg.Client(await postgresUrl())
  await admin.connect()
  await admin.query(`alter database ${row?.name ?? ''} set default_transaction_read_only = ${on ? 'on' : 'off'}`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [row?.name])
  await admin.end()
  // Connections that have ended are noticed one by one.
  for (let good = 0; good < 20;) good += await sql`select 1`.execute(world.database.db).then(() => 1, () => 0)
}

/** Runs a pragma on the connection that writes. */
async function pragma(world: World, text: string): Promise<number> {
  const { rows } = await inTransaction(world.database, (trx) => sql.raw<Record<string, number>>(`pragma ${text}`).execute(trx))
  return Object.values(rows[0] ?? {})[0] ?? 0
}

onEveryEngine('a database that cannot be written', (world, engine) => {
  let fleet: Fleet
  let key = ''
  let people: As[] = []
  const writes = async (): Promise<[method: string, path: string, as: As, body?: unknown][]> => [
    ['POST', '/v1/devices', fleet.as('admin'), { serial: fresh('SN'), model: 'M', name: 'N' }],
    ['DELETE', '/v1/devices/d', fleet.as('admin')],
    ['POST', '/v1/devices/d/voucher', fleet.as('member'), { code: '7KDRQ4MXT9E8KQF23WRH' }],
    ['POST', '/v1/devices/d/undo', fleet.as('admin')],
    ['PUT', `/v1/host/workspaces/${fleet.workspace}`, { role: 'host' }, { name: 'Other', timeZone: 'UTC' }],
    ['PUT', '/v1/host/devices/e', { role: 'host' }, { workspace: fleet.workspace, serial: fresh('SN'), model: 'M', name: 'N' }],
    ['POST', '/v1/host/sessions', { role: 'host' }, { subject: fresh('new'), workspace: fleet.workspace, roles: ['viewer'] }],
    ['POST', '/v1/vendor/vouchers', { role: 'vendor' }, { count: 1, days: 1 }],
  ]
  const reads = ['/v1/me', '/v1/devices', '/v1/devices/d', '/v1/devices/d/license', '/v1/devices/d/features/dashboard', '/v1/summary']

  before(async () => {
    fleet = await Fleet.open(world())
    await fleet.put('d', { serial: fresh('SN') })
    await fleet.license('d')
    key = (await makeKey(world(), 'viewer', fleet.workspace)).token
    people = [fleet.as('viewer'), fleet.as('member'), fleet.as('admin')]
    for (const as of [...people, { role: 'vendor' } as const]) await world().ask(as, 'GET', '/v1/me')
  })

  test('refuses every change as such, says when to come back, and keeps nothing of it', async () => {
    const before = await dump(world().database)
    await readOnly(world(), engine, true)
    for (const [method, path, as, body] of await writes()) {
      const { status, body: problem, headers } = await world().ask(as, method, path, body)
      assert.deepEqual([status, problem['code'], headers.get('retry-after')], [503, 'storage-unavailable', '1'], `${method} ${path} ${JSON.stringify(problem)}`)
    }
    assert.deepEqual(await dump(world().database), before)
  })

  test('is read on, by people and keys, also when their visit would be written down', async () => {
    for (const later of [0, 3_600_001, 86_400_000]) {
      world().now = START + later
      for (const path of reads) {
        for (const as of people) assert.equal((await world().ask(as, 'GET', path)).status, 200, `${path} after ${later} ms`)
        assert.equal((await world().ask(null, 'GET', path, undefined, { authorization: `Bearer ${key}` })).status, 200, path)
      }
      assert.equal((await world().ask(fleet.as('viewer'), 'POST', '/v1/licenses/query', { deviceIds: ['d'] })).status, 200)
    }
  })

  test('does not know who was never here', async () => {
    const { status, body } = await world().ask({ role: 'viewer', workspace: fleet.workspace, subject: fresh('never here') }, 'GET', '/v1/me')
    assert.deepEqual([status, body['code']], [503, 'storage-unavailable'])
  })

  // SQLite's own program reaches the connection that writes by changes alone; a full disk, below, heals on all of them.
  if (engine !== 'sqlite') test('is written again at once when it can be, and tells of no bug', async () => {
    await readOnly(world(), engine, false)
    for (const [method, path, as, body] of (await writes()).slice(0, 1)) assert.equal((await world().ask(as, method, path, body)).status, 201)
    const code = (await world().codes(1))[0]
    assert.equal((await world().ask(fleet.as('member'), 'POST', '/v1/devices/d/voucher', { code })).status, 200)
    assert.deepEqual(world().errors, [])
    world().now = START
  })
})

for (const engine of ['sqlite', 'wasm'] as const) {
  onEngine(engine, 'a full disk', (world) => {
    test('takes no half of anything; what is there is read, and room makes it whole', async () => {
      const fleet = await Fleet.open(world())
      await fleet.put('d', { serial: fresh('SN') })
      await world().ask({ role: 'vendor' }, 'GET', '/v1/vendor/vouchers')
      const pages = await pragma(world(), 'page_count')
      await pragma(world(), `max_page_count = ${pages + 2}`)
      const before = await dump(world().database)
      const rows = Array.from({ length: 900 }, (_, index) => `${fleet.workspace},${fresh('SN')},M,${'long name '.repeat(15)}${index}`)
      const file = ['workspace,serial,model,name', ...rows].join('\n')
      for (let count = 0; count < 3; count += 1) {
        const { status, body, headers } = await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/devices/import', file)
        assert.deepEqual([status, body['code'], headers.get('retry-after')], [503, 'storage-unavailable', '1'])
      }
      assert.deepEqual(await dump(world().database), before)
      assert.equal((await world().ask({ role: 'host' }, 'PUT', `/v1/host/devices/d`, { workspace: fleet.workspace, serial: 'x', model: 'M', name: 'N' })).status, 409)
      assert.equal((await world().ask<{ items: unknown[] }>({ role: 'vendor' }, 'GET', '/v1/vendor/devices')).body.items.length, 1)
      await pragma(world(), 'max_page_count = 1000000')
      assert.deepEqual((await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/devices/import', file)).body, { imported: 900, unchanged: 0 })
      assert.deepEqual(world().errors, [])
    })
  })
}

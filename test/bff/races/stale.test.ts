import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Database, policyOf, type Trx } from '../../../bff/index.ts'
import { onEngine } from '../engines.ts'
import { assertCovers } from '../ledger/books.ts'
import { Desk, fresh, verdict } from '../vouchers/desk.ts'

const MODELS = { SHORT: { expiringWithinDays: 5 } }
const POLICY = policyOf({ models: MODELS })
const SECONDS = 5_000

/** Waits until a session of this database waits for a lock, so that what it read before is old when it goes on. */
async function blocked({ db }: Database): Promise<void> {
  for (const end = performance.now() + SECONDS; performance.now() < end; await pause(2)) {
    const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    if (rows.length > 0) return
  }
  throw new Error('nobody waits for a lock')
}

/** Holds a device, as another server would that is changing it. */
async function holdDevice({ db }: Database, workspace: string, id: string): Promise<{ trx: Trx; end: () => Promise<unknown> }> {
  const trx = await db.startTransaction().execute()
  await trx.updateTable('devices').set({ revision: sql`revision` }).where('workspace_id', '=', workspace).where('id', '=', id).execute()
  return { trx, end: () => trx.commit().execute() }
}

/** Only servers that share a PostgreSQL get between each other's statements. */
onEngine('postgres', 'what changes while a request waits for its turn', (world) => {
  const open = async (): Promise<Desk> => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    for (const device of ['a', 'b']) await desk.redeem(await desk.code({ days: 20 }), device)
    return desk
  }

  for (const what of ['redeem', 'undo'] as const) {
    test(`is seen: the model of the device, to ${what}`, async () => {
      const desk = await open()
      await desk.redeem(await desk.code({ days: 20 }), 'a')
      const { trx, end } = await holdDevice(world().database, desk.workspace, 'a')
      const code = await desk.code({ days: 20 })
      const answer = what === 'redeem' ? desk.redeem(code, 'a') : desk.undo('a')
      await blocked(world().database)
      await trx.updateTable('devices').set({ model: 'SHORT' }).where('workspace_id', '=', desk.workspace).where('id', '=', 'a').execute()
      await end()
      assert.equal((await answer).body.license.expiringWithinDays, 5)
      await assertCovers(world().database, POLICY, desk.workspace)
    })
  }

  test('is seen: the model of another device of an import', async () => {
    const desk = await open()
    const { end } = await holdDevice(world().database, desk.workspace, 'a')
    const sold = desk.sell({ device: 'a', firstDay: '2026-11-01', lastDay: '2026-12-24' }, { device: 'b', firstDay: '2026-11-01', lastDay: '2026-12-24' })
    await blocked(world().database)
    assert.equal(await desk.place('b', 'SHORT'), 200)
    await end()
    assert.equal(await sold, 200)
    await assertCovers(world().database, POLICY, desk.workspace)
  })

  test('is seen: the zone of the workspace, to a change of models', async () => {
    const desk = await open()
    const trx = await world().database.db.startTransaction().execute()
    const serial = fresh('NEW')
    await trx.insertInto('serials').values({ serial_key: serial.replace('-', ''), workspace_id: '', device_id: '', seen_at: 0, trial_used_at: null, grace_used_at: null }).execute()
    const rows = [{ id: 'n', serial }, { id: 'a', serial: `SN-${desk.workspace}-a` }].map((row) => ({ ...row, workspace: desk.workspace, model: 'SHORT', name: 'Pump' }))
    const placed = world().ask({ role: 'host' }, 'POST', '/v1/host/devices', rows.map((row) => JSON.stringify(row)).join('\n'), { 'content-type': 'application/x-ndjson' })
    await blocked(world().database)
    assert.equal(await desk.moveTo('Pacific/Kiritimati'), 200)
    await trx.rollback().execute()
    assert.equal((await placed).status, 200)
    await assertCovers(world().database, POLICY, desk.workspace)
  })

  test('is seen: a voucher that another server takes, revokes or frees', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    const rows = [
      ['used', { used: 1 }, '409 voucher-used'], ['revoked', { revoked_at: world().now }, '404 voucher-not-found'], ['late', { redeem_by: world().now }, '409 voucher-expired'],
      ['late, undone too long ago', { redeem_by: world().now, freed: 1, reuse_until: world().now }, '409 voucher-expired'],
    ] as const
    for (const [how, change, expected] of rows) {
      const { code, id } = await desk.issue()
      const trx = await world().database.db.startTransaction().execute()
      await trx.updateTable('vouchers').set(change).where('id', '=', id).execute()
      const answer = desk.redeem(code, 'b')
      await blocked(world().database)
      await trx.commit().execute()
      assert.equal(verdict(await answer), expected, how)
      assert.equal((await desk.license('b')).ledger.length, 0)
    }
  })
}, { models: MODELS })

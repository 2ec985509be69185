import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { importGrants } from '../../../bff/grants/import.ts'
import { Faults } from '../../../bff/http/faults.ts'
import { policyOf } from '../../../bff/index.ts'
import { onEveryEngine } from '../engines.ts'
import { takeAway } from '../ledger/tables.ts'
import { Desk } from '../vouchers/desk.ts'
import { Stream } from './stream.ts'

onEveryEngine('the stream of changes', (world) => {
  test('says hello with the last change, and is kept by nobody on its way', async () => {
    const desk = await Desk.open(world())
    const stream = await Stream.open(world(), desk.viewer)
    const { headers } = stream.response
    assert.deepEqual([headers.get('content-type'), headers.get('cache-control'), headers.get('x-accel-buffering')], ['text/event-stream', 'no-store', 'no'])
    const { changedAt, now } = JSON.parse(stream.events[0]?.data ?? '{}') as Record<string, string>
    assert.deepEqual([changedAt, now], ['2026-11-21T09:30:00.000Z', '2026-11-21T09:30:00.000Z'])
    stream.close()
  })

  test('tells every change of a device once, whoever makes it', async () => {
    const desk = await Desk.open(world(), { devices: ['pump-1', 'pump-2'] })
    const stream = await Stream.open(world(), desk.viewer)
    await desk.redeem(await desk.code())
    assert.equal(await stream.changed(), 'pump-1')
    await desk.undo()
    assert.equal(await stream.changed(), 'pump-1')
    await desk.sell({ device: 'pump-2', firstDay: '2026-01-01', lastDay: '2026-12-31' })
    assert.equal(await stream.changed(), 'pump-2')
    await world().ask(desk.admin, 'PUT', '/v1/devices/pump-2/renewal', { planned: false })
    assert.equal(await stream.changed(), 'pump-2')
    await desk.place('pump-3')
    assert.equal(await stream.changed(), 'pump-3')
    await world().ask(desk.admin, 'DELETE', '/v1/devices/pump-3')
    assert.equal(await stream.changed(), 'pump-3')
    await desk.moveTo('Asia/Tokyo')
    assert.equal(await stream.changed(), null)
    stream.close()
  })

  test('tells nothing of what was refused or only looked at, and nothing of other workspaces', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const stream = await Stream.open(world(), desk.viewer)
    await desk.redeem('7KDRQ4MXT9E8KQF23WRH')
    await desk.preview(await desk.code())
    await other.redeem(await other.code())
    await desk.redeem(await desk.code())
    assert.equal(await stream.changed(), 'pump-1')
    assert.equal(stream.events.length, 2)
    stream.close()
  })

  test('resumes after the number that a reader had, and says "any" where that is too long ago', async () => {
    const desk = await Desk.open(world(), { devices: ['pump-1', 'pump-2'] })
    const first = await Stream.open(world(), desk.viewer)
    const { id } = first.events[0] ?? {}
    first.close()
    for (const device of ['pump-1', 'pump-2']) await desk.redeem(await desk.code(), device)
    const second = await Stream.open(world(), desk.viewer, { lastSeq: id ?? '' })
    assert.deepEqual([await second.changed(), await second.changed()].sort(), ['pump-1', 'pump-2'])
    second.close()
    for (const lastSeq of ['999999', '0']) {
      const stream = await Stream.open(world(), desk.viewer, { lastSeq })
      assert.equal(await stream.changed(), null)
      stream.close()
    }
    const same = await Stream.open(world(), desk.viewer, { lastSeq: second.events.at(-1)?.id ?? '' })
    await desk.redeem(await desk.code())
    assert.equal(await same.changed(), 'pump-1')
    same.close()
  })

  test('tells a change of more than 100 devices as one of any', async () => {
    const devices = Array.from({ length: 150 }, (_, index) => `p-${index}`)
    const desk = await Desk.open(world(), { devices: ['pump-1'] })
    const stream = await Stream.open(world(), desk.viewer)
    await desk.placeAll(devices)
    assert.equal(await stream.changed(), null)
    stream.close()
  })

  test('tells what time was set to: everything may have changed', async () => {
    const desk = await Desk.open(world())
    const stream = await Stream.open(world(), desk.viewer)
    world().now += 86_400_000
    assert.equal(await stream.changed(), null)
    stream.close()
  })

  test('tells what another process changes', async () => {
    const desk = await Desk.open(world())
    const other = world().make({}, {})
    const stream = await Stream.open(world(), desk.viewer, { bff: other })
    const rows = [{ workspace: desk.workspace, serial: `SN-${desk.workspace}-pump-1`, kind: 'standard' as const, firstDay: 20_000, lastDay: 21_000, reference: desk.workspace, line: 2 }]
    // Another object for the same database, so that no commit of it is heard of.
    const elsewhere = { ...world().database, db: world().database.db.withTables() }
    await inTransaction(elsewhere, (trx) => importGrants(trx, rows, new Faults(), { by: 'x', now: world().now, policy: policyOf() }))
    assert.equal(await stream.changed(), 'pump-1')
    stream.close()
  })

  test('ends where the server ends, and is refused to who has too many', async () => {
    const desk = await Desk.open(world())
    const bff = world().make({}, {})
    const streams = await Promise.all(Array.from({ length: 100 }, async () => Stream.open(world(), desk.viewer, { bff })))
    const ask = async (): Promise<number> => (await bff.fetch(new Request('http://bff.test/v1/events', {
      headers: { 'x-test-as': JSON.stringify({ subject: desk.viewer.subject, workspace: desk.workspace, roles: ['viewer'] }) },
    }))).status
    assert.equal(await ask(), 429)
    streams[0]?.close()
    await streams[0]?.ended
    const again = await Stream.open(world(), desk.viewer, { bff })
    await bff.close()
    await Promise.all([...streams, again].map(async (stream) => stream.ended))
  })

  test('survives a database that is away for a while', async () => {
    const desk = await Desk.open(world())
    const stream = await Stream.open(world(), desk.viewer)
    const bringBack = await takeAway(world(), 'feeds')
    await new Promise((resolve) => { setTimeout(resolve, 400) })
    await bringBack()
    await desk.redeem(await desk.code())
    assert.equal(await stream.changed(), 'pump-1')
    stream.close()
  })
})

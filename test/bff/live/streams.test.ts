import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type As, onEngine, onEveryEngine, type World } from '../engines.ts'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { markChanged } from '../../../bff/db/changes.sql.ts'
import { takeAway } from '../ledger/tables.ts'
import { Desk } from '../vouchers/desk.ts'
import { Stream } from './stream.ts'

/** A request for a stream, not read by anybody yet. */
function request(as: As, headers: Record<string, string> = {}, init: RequestInit = {}): Request {
  const who = JSON.stringify({ subject: as.subject ?? as.role, workspace: as.workspace ?? 'acme', roles: [as.role] })
  return new Request('http://bff.test/v1/events', { ...init, headers: { 'x-test-as': who, ...headers } })
}

function mark(world: World, workspace: string, ...ids: string[]): Promise<void> {
  return inTransaction(world.database, async (trx) => { for (const id of ids) markChanged(trx, workspace, id, world.now) })
}

onEveryEngine('what a stream remembers', (world) => {
  test('the number of several changes that belong together comes with the last of them', async () => {
    const { workspace, viewer } = await Desk.open(world())
    const stream = await Stream.open(world(), viewer)
    await mark(world(), workspace, 'x', 'y', 'z')
    const told = [await stream.next(), await stream.next(), await stream.next()]
    assert.deepEqual(told.map(({ id }) => id), [undefined, undefined, String(Number(stream.events[0]?.id) + 1)])
    stream.close()
  })

  test('who comes back keeps the old number until everything was told', async () => {
    const { workspace, viewer } = await Desk.open(world())
    const first = await Stream.open(world(), viewer)
    const lastSeq = first.events[0]?.id ?? ''
    first.close()
    await mark(world(), workspace, 'x')
    const again = await Stream.open(world(), viewer, { lastSeq })
    assert.deepEqual([again.events[0]?.id, await again.changed(), Number(again.events[1]?.id)], [lastSeq, 'x', Number(lastSeq) + 1])
    again.close()
  })

  test('anything may have changed for whose number is too old, and the latest 1,000 numbers are kept', async () => {
    const { workspace, viewer } = await Desk.open(world())
    const { db } = world().database
    await db.updateTable('feeds').set({ seq: 1_899 }).where('workspace_id', '=', workspace).execute()
    await db.insertInto('changes').values([899, 900, 901].map((seq) => ({ workspace_id: workspace, seq, device_id: 'x' }))).execute()
    await mark(world(), workspace, 'z')
    const kept = await db.selectFrom('changes').select('seq').where('workspace_id', '=', workspace).where('seq', '>', 100).orderBy('seq').execute()
    assert.deepEqual(kept.map(({ seq }) => seq), [901, 1_900])
    const stream = await Stream.open(world(), viewer, { lastSeq: '899' })
    assert.equal(await stream.changed(), null)
    stream.close()
  })

  for (const [count, named] of [[1, true], [100, true], [101, false], [5_000, false]] as const) {
    test(`${count} devices that change at once are told ${named ? 'by name' : 'as any'}`, async () => {
      const { workspace, viewer } = await Desk.open(world())
      const stream = await Stream.open(world(), viewer)
      const ids = Array.from({ length: count }, (_, index) => `p-${index}`)
      await mark(world(), workspace, ...ids, ...ids.slice(0, 100))
      await stream.next()
      assert.deepEqual(stream.events.slice(1).map(({ data }) => data).sort(), (named ? ids : [null]).map((deviceId) => JSON.stringify({ deviceId })).sort())
      stream.close()
    })
  }

  test('what is rolled back is not told, and takes no number', async () => {
    const { workspace, viewer } = await Desk.open(world())
    const stream = await Stream.open(world(), viewer)
    await assert.rejects(inTransaction(world().database, async (trx) => {
      markChanged(trx, workspace, 'x', world().now)
      throw new Error('no')
    }))
    await mark(world(), workspace, 'y')
    assert.deepEqual([await stream.changed(), Number(stream.events[1]?.id)], ['y', Number(stream.events[0]?.id) + 1])
    stream.close()
  })
})

onEngine('sqlite', 'how streams are kept', (world) => {
  test('a reader that is slow costs no memory: what changes gathers, and then as any', async () => {
    const { workspace, viewer } = await Desk.open(world())
    const { body } = await world().bff(request(viewer))
    const reader = body?.getReader()
    await reader?.read()
    for (let round = 0; round < 20; round += 1) await mark(world(), workspace, ...Array.from({ length: 50 }, (_, index) => `p-${round}-${index}`))
    await pause(400)
    const text: string[] = []
    // The first was sent when the reader was ready for one.
    for (const _ of [1, 2]) text.push(new TextDecoder().decode((await reader?.read())?.value))
    assert.deepEqual([text[0]?.includes('p-0-0'), text[1]?.match(/deviceId":[^}]*/g)], [true, ['deviceId":null']])
    await reader?.cancel()
  })

  test('HEAD opens none', async () => {
    const bff = world().make({}, { streams: { perCaller: 1 } })
    const { viewer } = await Desk.open(world())
    for (let count = 0; count < 3; count += 1) {
      const { status, body, headers } = await bff(request(viewer, {}, { method: 'HEAD' }))
      assert.deepEqual([status, body, headers.get('content-type')], [200, null, 'text/event-stream'])
    }
    const stream = await Stream.open(world(), viewer, { bff })
    stream.close()
  })

  test('one that is silent shows that it lives, and ends after its time', async () => {
    const { viewer } = await Desk.open(world())
    const stream = await Stream.open(world(), viewer, { bff: world().make({}, { streams: { heartbeatMs: 30, lifeMs: 500 } }) })
    await stream.ended
    assert.ok(stream.beats >= 3, `${stream.beats} beats`)
  })

  test('many that are asked for at once are counted one by one, and those that fail not at all', async () => {
    const bff = world().make({}, { streams: { perCaller: 3 } })
    const { viewer, admin } = await Desk.open(world())
    const bringBack = await takeAway(world(), 'feeds')
    world().broken = true
    for (let count = 0; count < 5; count += 1) assert.ok((await bff(request(viewer))).status >= 500)
    await bringBack()
    const answers = await Promise.all(Array.from({ length: 10 }, async () => bff(request(viewer))))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 429, 429, 429, 429, 429, 429, 429])
    assert.equal((await bff(request(admin))).status, 200)
    for (const { status, body } of answers) if (status === 200) await body?.cancel()
    const again = await bff(request(viewer))
    assert.equal(again.status, 200)
    await bff.close()
    assert.equal((await again.text()).includes('event: hello'), true)
  })

  test('those that begin after the end, end at once', async () => {
    const { viewer } = await Desk.open(world())
    const bff = world().make({}, {})
    await bff.close()
    assert.deepEqual([(await (await bff(request(viewer))).text()).match(/^event: .*$/gm)], [null])
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../../bff/ids.ts'
import { type Answered, onEveryEngine, START } from '../engines.ts'
import { takeAway } from '../ledger/tables.ts'
import { Desk, fresh, type Told, UNKNOWN, verdict } from './desk.ts'

const KEY = { 'idempotency-key': 'k' }
const isReplay = (answer: Answered<unknown>): boolean => answer.headers.get('idempotency-replayed') === 'true'

/** A refused request, and what takes its reason away. */
interface Refused {
  ask: () => Promise<Answered<Told>>
  mend: () => Promise<unknown>
}

/** Refusals that stay what they were for their key, even when their reason is gone. */
const KEPT: [expected: string, arrange: (desk: Desk) => Promise<Refused>][] = [
  ['404 voucher-not-found', async (desk) => {
    const code = fresh('LaterCode0').replace('-', '')
    return { ask: () => desk.redeem(code, 'pump-1', desk.member, KEY), mend: () => desk.bring({ code }) }
  }],
  ['404 device-not-found', async (desk) => {
    const code = await desk.code()
    return { ask: () => desk.redeem(code, 'later', desk.member, KEY), mend: () => desk.place('later') }
  }],
  ['409 voucher-not-yet-valid', async (desk) => {
    const code = await desk.code({ notBefore: '2026-11-21T10:00:00Z' })
    return { ask: () => desk.redeem(code, 'pump-1', desk.member, KEY), mend: async () => { desk.now = '2026-11-21T10:00Z' } }
  }],
  ['409 voucher-used', async (desk) => {
    const code = await desk.code()
    await desk.place('pump-2')
    await desk.redeem(code, 'pump-2')
    return { ask: () => desk.redeem(code, 'pump-1', desk.member, KEY), mend: () => desk.undo('pump-2') }
  }],
  ['409 undo-not-possible', async (desk) => ({ ask: () => desk.undo('pump-1', desk.admin, KEY), mend: async () => desk.redeem(await desk.code()) })],
]

onEveryEngine('refusals that are kept', (world) => {
  for (const [expected, arrange] of KEPT) {
    test(`${expected} is replayed for its key, and asked anew with another`, async () => {
      const desk = await Desk.open(world())
      const { ask, mend } = await arrange(desk)
      const first = await ask()
      assert.deepEqual([verdict(first), isReplay(first)], [expected, false])
      await mend()
      const again = await ask()
      assert.ok(isReplay(again))
      assert.deepEqual([again.status, again.body, again.headers.get('content-type')], [first.status, first.body, 'application/problem+json'])
      KEY['idempotency-key'] = fresh('other')
      assert.ok((await ask()).status < 300)
      KEY['idempotency-key'] = 'k'
    })
  }

  test('422 voucher-malformed is replayed too', async () => {
    const desk = await Desk.open(world())
    const answers = [await desk.redeem('short', 'pump-1', desk.member, KEY), await desk.redeem('short', 'pump-1', desk.member, KEY)]
    assert.deepEqual(answers.map((answer) => [verdict(answer), isReplay(answer)]), [['422 voucher-malformed', false], ['422 voucher-malformed', true]])
  })

  test('count as one attempt, however often they are replayed', async () => {
    const desk = await Desk.open(world())
    const first = await desk.redeem(UNKNOWN, 'pump-1', desk.member, KEY)
    for (let time = 0; time < 12; time += 1) assert.deepEqual((await desk.redeem(UNKNOWN, 'pump-1', desk.member, KEY)).body, first.body)
    assert.deepEqual([first.body.triesLeft, (await desk.redeem(UNKNOWN)).body.triesLeft], [9, 8])
  })
}, { attempts: { person: 10, workspace: 50, minutes: 15 } })

/** Refusals that are asked anew with the same key. */
const NOT_KEPT: [expected: string, arrange: (desk: Desk) => Promise<Refused>][] = [
  ['401 unauthenticated', async (desk) => {
    const code = await desk.code()
    let as: typeof desk.member | null = null
    return {
      ask: () => desk.world.ask<Told>(as, 'POST', '/v1/devices/pump-1/voucher', { code }, KEY), mend: async () => { as = desk.member },
    }
  }],
  ['429 too-many-attempts', async (desk) => {
    const code = await desk.code()
    for (let time = 0; time < 10; time += 1) await desk.redeem(UNKNOWN)
    return { ask: () => desk.redeem(code, 'pump-1', desk.member, KEY), mend: async () => { desk.world.now = START + 15 * 60_000 } }
  }],
  ['500 internal', async (desk) => {
    const code = await desk.code()
    const mend = await takeAway(desk.world, 'covers')
    return { ask: () => desk.redeem(code, 'pump-1', desk.member, KEY), mend }
  }],
]

onEveryEngine('refusals that are not kept', (world) => {
  for (const [expected, arrange] of NOT_KEPT) {
    test(`${expected} is asked anew with the same key`, async () => {
      const desk = await Desk.open(world())
      const { ask, mend } = await arrange(desk)
      assert.equal(verdict(await ask()), expected)
      await mend()
      const anew = await ask()
      assert.deepEqual([verdict(anew), isReplay(anew)], ['200 activated', false])
      assert.ok(isReplay(await ask()))
    })
  }
}, { attempts: { person: 10, workspace: 50, minutes: 15 } })

onEveryEngine('the same Idempotency-Key while the first request is running', (world) => {
  test('is told so, and gets the first answer when there is one', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code()
    const { body: { person: { id } } } = await world().ask<{ person: { id: string } }>(desk.member, 'GET', '/v1/me')
    // As if ten look-ups of the same person were under way: the first request waits for one of them to end.
    const { db } = world().database
    await db.insertInto('attempts').values(Array.from({ length: 10 }, () => ({
      id: newId(START), caller: id, workspace_id: desk.workspace, at: START, refused: 0 as const,
    }))).execute()
    const both = [desk.redeem(code, 'pump-1', desk.member, KEY), desk.redeem(code, 'pump-1', desk.member, KEY)]
    assert.equal(verdict(await Promise.race(both)), '409 idempotency-in-progress')
    assert.equal(verdict(await desk.redeem(code, 'pump-1', desk.admin, KEY)), '200 activated')
    await db.deleteFrom('attempts').where('caller', '=', id).execute()
    const answers = (await Promise.all(both)).map(verdict).sort()
    assert.deepEqual(answers, ['200 already-redeemed', '409 idempotency-in-progress'])
    const again = await desk.redeem(code, 'pump-1', desk.member, KEY)
    assert.deepEqual([verdict(again), isReplay(again)], ['200 already-redeemed', true])
  })
}, { attempts: { person: 10, workspace: 50, minutes: 15 } })

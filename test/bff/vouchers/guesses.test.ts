import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../../bff/index.ts'
import { newId } from '../../../bff/ids.ts'
import { type Answered, onEveryEngine, START } from '../engines.ts'
import { without } from '../ledger/tables.ts'
import { Desk, type Told, UNKNOWN, verdict } from './desk.ts'

const DEFAULTS = { attempts: { person: 10, workspace: 50, minutes: 15 } }

function tally(answers: readonly Answered<Told>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[verdict(answer)] = (counts[verdict(answer)] ?? 0) + 1
  return counts
}

async function underWay({ db }: Database): Promise<number> {
  return (await db.selectFrom('attempts').select('id').where('refused', '=', 0).execute()).length
}

onEveryEngine('many codes at once', (world) => {
  test('by one caller, all wrong: ten are looked up', async () => {
    const desk = await Desk.open(world())
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) =>
      index % 3 === 0 ? desk.preview(UNKNOWN) : desk.redeem(UNKNOWN)))
    assert.deepEqual(tally(answers), { '404 voucher-not-found': 10, '429 too-many-attempts': 20 })
    assert.equal(await underWay(world().database), 0)
  })

  test('by one caller through two servers, all wrong: ten are looked up', async () => {
    const desk = await Desk.open(world())
    const first = world().bff
    const second = world().make(DEFAULTS, {})
    const asked: Promise<Answered<Told>>[] = []
    for (let index = 0; index < 30; index += 1) {
      world().bff = index % 2 === 0 ? first : second
      asked.push(desk.redeem(UNKNOWN))
    }
    assert.deepEqual(tally(await Promise.all(asked)), { '404 voucher-not-found': 10, '429 too-many-attempts': 20 })
  })

  test('by ten people of one workspace, all wrong: fifty are looked up', async () => {
    const desk = await Desk.open(world())
    const people = Array.from({ length: 10 }, (_, index) => desk.as('member', `person ${index}`))
    const answers = await Promise.all(people.flatMap((as) => Array.from({ length: 10 }, () => desk.redeem(UNKNOWN, 'pump-1', as))))
    assert.deepEqual(tally(answers), { '404 voucher-not-found': 50, '429 too-many-attempts': 50 })
  })

  test('by one caller, all right: none is refused, each waits for its place', async () => {
    const desk = await Desk.open(world())
    const codes = await desk.codes(30, { days: 1 })
    const answers = await Promise.all(codes.map((code) => desk.redeem(code)))
    assert.deepEqual(tally(answers), { '200 activated': 1, '200 renewed': 29 })
    assert.equal((await desk.license()).lastDay, '2026-12-21')
    assert.equal(await underWay(world().database), 0)
  })

  test('by one caller, some wrong: every right one succeeds as long as fewer than ten are wrong', async () => {
    const desk = await Desk.open(world())
    const codes = await desk.codes(20, { days: 1 })
    const mixed = codes.flatMap((code, index) => (index < 9 ? [UNKNOWN, code] : [code]))
    const answers = await Promise.all(mixed.map((code) => desk.redeem(code)))
    assert.deepEqual(tally(answers), { '200 activated': 1, '200 renewed': 19, '404 voucher-not-found': 9 })
    assert.equal((await desk.redeem(UNKNOWN)).body.triesLeft, 0)
  })
}, DEFAULTS)

onEveryEngine('look-ups that were rolled back', (world) => {
  test('because another server answered the same request leave no trace, however often', async () => {
    const desk = await Desk.open(world())
    const servers = [world().bff, world().make(DEFAULTS)]
    let replayed = 0
    for (const [round, code] of (await desk.codes(15, { days: 1 })).entries()) {
      const both = await Promise.all(servers.map((bff) => {
        world().bff = bff
        return desk.redeem(code, 'pump-1', desk.member, { 'idempotency-key': `round ${round}` })
      }))
      const outcome = round === 0 ? '200 activated' : '200 renewed'
      assert.deepEqual(both.map(verdict), [outcome, outcome])
      replayed += both.filter((answer) => answer.headers.get('idempotency-replayed') === 'true').length
    }
    assert.equal(replayed, 15)
    assert.deepEqual(await world().database.db.selectFrom('attempts').selectAll().execute(), [])
  })

  test('because another server answered, and refused, count once, also the one that fills the limit', async () => {
    const desk = await Desk.open(world())
    const servers = [world().bff, world().make(DEFAULTS)]
    for (let left = 9; left >= 0; left -= 1) {
      const both = await Promise.all(servers.map((bff) => {
        world().bff = bff
        return desk.redeem(UNKNOWN, 'pump-1', desk.member, { 'idempotency-key': `left ${left}` })
      }))
      assert.deepEqual(both.map(({ body }) => [body.code, body.triesLeft]), [['voucher-not-found', left], ['voucher-not-found', left]])
    }
    assert.equal(verdict(await desk.redeem(UNKNOWN)), '429 too-many-attempts')
  })

  for (const key of [{}, { 'idempotency-key': 'k' }]) {
    test(`by a failure ${'idempotency-key' in key ? 'with' : 'without'} an Idempotency-Key count for nothing`, async () => {
      const desk = await Desk.open(world())
      const code = await desk.code()
      const errors = world().errors.length
      await without(world(), 'audit', async () => {
        for (let time = 0; time < 12; time += 1) assert.equal(verdict(await desk.redeem(code, 'pump-1', desk.member, key)), '500 internal')
      })
      assert.equal(world().errors.length, errors + 12)
      assert.equal((await desk.redeem(UNKNOWN)).body.triesLeft, 9)
      assert.equal(verdict(await desk.redeem(code, 'pump-1', desk.member, key)), '200 activated')
    })
  }

  test('by a preview that failed count for nothing', async () => {
    const desk = await Desk.open(world())
    await without(world(), 'vouchers', async () => {
      for (let time = 0; time < 12; time += 1) assert.equal(verdict(await desk.preview(UNKNOWN)), '500 internal')
    })
    assert.equal((await desk.redeem(UNKNOWN)).body.triesLeft, 9)
  })
}, DEFAULTS)

onEveryEngine('look-ups that were cut off', (world) => {
  test('by the death of a server count for nothing half a minute later, and keep nobody out for good', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code()
    await desk.redeem(UNKNOWN)
    const rows = await world().database.db.selectFrom('attempts').selectAll().where('workspace_id', '=', desk.workspace).execute()
    await world().database.db.insertInto('attempts').values(Array.from({ length: 12 }, () => ({
      id: newId(START), caller: rows[0]?.caller ?? '', workspace_id: desk.workspace, at: START, refused: 0 as const,
    }))).execute()
    world().now = START + 30_000
    assert.equal(verdict(await desk.redeem(code)), '200 activated')
    assert.equal((await desk.redeem(UNKNOWN)).body.triesLeft, 8)
  })
}, DEFAULTS)

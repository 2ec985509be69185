import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { Desk, verdict } from './desk.ts'

const BY = '2026-11-25T12:00:00.000Z'
const DEVICES = ['a', 'b', 'c']

/** Undone at an instant, used again at another: past redeem-by until the end of the date seven days after undoing. */
const AGAIN: [undone: string, at: string, expected: string][] = [
  ['2026-11-21T10:00:00.000Z', '2026-11-21T10:00:00.000Z', '200 activated'],
  ['2026-11-21T10:00:00.000Z', '2026-11-25T12:00:00.000Z', '200 activated'],
  ['2026-11-21T10:00:00.000Z', '2026-11-28T22:59:59.999Z', '200 activated'],
  ['2026-11-21T10:00:00.000Z', '2026-11-28T23:00:00.000Z', '409 voucher-expired'],
  ['2026-11-27T23:30:00.000Z', '2026-12-05T22:59:59.999Z', '200 activated'],
  ['2026-11-27T23:30:00.000Z', '2026-12-05T23:00:00.000Z', '409 voucher-expired'],
]

/** Days apart, with a voucher for some devices until redeem-by: instants, each with its steps and what they answer. Model X0
 * of device x has no days for undoing, so that what is freed there can be used again to the end of the date alone. */
const STORIES: [why: string, terms: { maxDevices: number; redeemBy: string }, steps: [at: string, steps: string, expected: string][]][] = [
  ['what was freed long ago does not come back with what is freed today', { maxDevices: 3, redeemBy: '2026-12-20T12:00Z' }, [
    ['2026-11-21T10:00Z', 'a b -a -b', 'activated activated ok ok'],
    ['2026-12-19T12:00Z', 'c', 'activated'],
    ['2026-12-21T12:00Z', 'a -c c a', 'voucher-expired ok activated voucher-expired'],
  ]],
  ['what was freed and can still be used again is counted with what is freed today', { maxDevices: 3, redeemBy: '2026-11-25T12:00Z' }, [
    ['2026-11-21T10:00Z', 'a b c -a', 'activated activated activated ok'],
    ['2026-11-28T22:59:59.999Z', '-b a b c', 'ok activated activated already-redeemed'],
  ]],
  ['what was freed and can no longer be used again is not', { maxDevices: 3, redeemBy: '2026-11-25T12:00Z' }, [
    ['2026-11-21T10:00Z', 'a -a', 'activated ok'],
    ['2026-11-24T10:00Z', 'b c', 'activated activated'],
    ['2026-11-28T23:00Z', '-b a b', 'ok activated voucher-expired'],
  ]],
  ['a model with less time takes none from the others', { maxDevices: 2, redeemBy: '2026-11-25T12:00Z' }, [
    ['2026-11-25T10:00Z', 'a x -a -x', 'activated activated ok ok'],
    ['2026-11-27T10:00Z', 'a', 'activated'],
  ]],
  ['a place that was never used goes first', { maxDevices: 2, redeemBy: '2026-11-25T12:00Z' }, [
    ['2026-11-25T10:00Z', 'a -a b', 'activated ok activated'],
    ['2026-11-26T10:00Z', 'a c', 'activated voucher-expired'],
  ]],
]

/** Steps with one voucher of `maxDevices`, and what each answers: redeem on a, b or c, undo there (-a), wait past redeem-by (.). */
const RUNS: [maxDevices: number, steps: string, expected: string][] = [
  [1, 'a -a a', 'activated ok activated'],
  [1, 'a -a b', 'activated ok activated'],
  [1, 'a -a b c', 'activated ok activated voucher-used'],
  [1, 'a -a a -a', 'activated ok activated undo-not-possible'],
  [1, 'a -a b -b', 'activated ok activated undo-not-possible'],
  [2, 'a b -a c', 'activated activated ok activated'],
  [2, 'a b -a -b a b', 'activated activated ok ok activated activated'],
  [2, 'a -a a -a a -a', 'activated ok activated ok activated undo-not-possible'],
  [2, 'a b -a -b c -c', 'activated activated ok ok activated undo-not-possible'],
  [1, 'a . -a b c', 'activated ok activated voucher-expired'],
  [1, 'a -a . b -b', 'activated ok activated undo-not-possible'],
  [3, 'a . b', 'activated voucher-expired'],
  [3, 'a -a . b c', 'activated ok activated voucher-expired'],
  [3, 'a b -a -b . a b c', 'activated activated ok ok activated activated voucher-expired'],
  [3, 'a -a b . c', 'activated ok activated activated'],
  [3, 'a -a b . c a', 'activated ok activated activated voucher-expired'],
  [2, 'a -a b . a', 'activated ok activated activated'],
  [2, 'a -a b . a c', 'activated ok activated activated voucher-expired'],
  [2, 'a -a a b . c', 'activated ok activated activated voucher-expired'],
  [2, 'a b -a c . a', 'activated activated ok activated voucher-expired'],
  [3, 'a b c -b . c b a', 'activated activated activated ok already-redeemed activated already-redeemed'],
]

/** Takes the steps of a run; answers what each answered. */
async function take(desk: Desk, code: string, steps: string): Promise<string> {
  const seen = []
  for (const step of steps.split(' ')) {
    if (step === '.') desk.now = BY
    else seen.push(verdict(step.startsWith('-') ? await desk.undo(step.slice(1)) : await desk.redeem(code, step)))
  }
  return seen.map((one) => one.slice(4)).join(' ')
}

onEveryEngine('a voucher that was undone', (world) => {
  for (const [undone, at, expected] of AGAIN) {
    test(`at ${undone} answers ${expected} at ${at}`, async () => {
      const desk = await Desk.open(world(), { devices: DEVICES })
      const code = await desk.code({ redeemBy: BY })
      await desk.redeem(code, 'a')
      desk.now = undone
      assert.equal(verdict(await desk.undo('a')), '200 ok')
      desk.now = at
      assert.deepEqual([verdict(await desk.preview(code, 'b')), verdict(await desk.redeem(code, 'b'))], [expected, expected])
    })
  }

  for (const [why, terms, story] of STORIES) {
    test(`over some days: ${why}`, async () => {
      const desk = await Desk.open(world(), { devices: [...DEVICES, 'x'] })
      await desk.place('x', 'X0')
      const code = await desk.code({ ...terms, redeemBy: new Date(terms.redeemBy).toISOString() })
      for (const [at, steps, expected] of story) {
        desk.now = at
        assert.equal(await take(desk, code, steps), expected, at)
      }
    })
  }

  for (const [maxDevices, steps, expected] of RUNS) {
    test(`for ${maxDevices} devices, by the steps ${steps}`, async () => {
      const desk = await Desk.open(world(), { devices: DEVICES })
      const { code, id } = await desk.issue({ maxDevices, redeemBy: BY })
      assert.equal(await take(desk, code, steps), expected)
      const { used } = await world().database.db.selectFrom('vouchers').select('used').where('id', '=', id).executeTakeFirstOrThrow()
      const standing = await world().database.db.selectFrom('grants').select('id').where('voucher_id', '=', id).where('undone_at', 'is', null).execute()
      assert.equal(used, standing.length)
    })
  }

  test('and used again on the same device makes a grant of its own', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code({ days: 30 })
    const first = await desk.redeem(code)
    await desk.undo()
    desk.now = '2026-11-23T12:00Z'
    const second = await desk.redeem(code)
    assert.notEqual(second.body.grant.id, first.body.grant.id)
    assert.deepEqual([second.body.outcome, second.body.grant.from, second.body.license.lastDay], ['activated', '2026-11-23T12:00:00.000Z', '2026-12-23'])
    const { ledger } = await desk.license()
    assert.deepEqual(ledger.map((grant) => [grant.id, grant.undoneAt !== null]), [[first.body.grant.id, true], [second.body.grant.id, false]])
    assert.equal(verdict(await desk.redeem(code)), '200 already-redeemed')
  })

  test('can be undone when it was revoked since, and is then as unknown as any revoked one', async () => {
    const desk = await Desk.open(world())
    const { code, id } = await desk.issue()
    await desk.redeem(code)
    await desk.revoke(id)
    assert.equal((await desk.license()).status, 'active')
    assert.equal(verdict(await desk.undo()), '200 ok')
    assert.deepEqual([(await desk.license()).status, verdict(await desk.redeem(code))], ['none', '404 voucher-not-found'])
  })
}, { models: { X0: { undoDays: 0 } } })

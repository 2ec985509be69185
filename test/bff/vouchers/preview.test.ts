import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FEATURES, KINDS } from '../../../bff/rules/index.ts'
import { onEveryEngine } from '../engines.ts'
import { BESIDES, dump } from '../ledger/tables.ts'
import { Desk, fresh, verdict } from './desk.ts'

const DAY = 86_400_000
const NOON = Date.parse('2026-11-21T12:00Z')

const sold = fc.record({
  kind: fc.constantFrom(...KINDS), first: fc.integer({ min: -120, max: 60 }), length: fc.integer({ min: 0, max: 90 }),
})
const cases = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Australia/Lord_Howe', 'UTC'),
  sold: fc.array(sold, { maxLength: 4 }), days: fc.integer({ min: 1, max: 400 }), offset: fc.integer({ min: -DAY, max: DAY }),
  /** Where the instant stands at an edge of a grant instead. */
  edge: fc.option(fc.record({ of: fc.nat({ max: 7 }), beside: fc.constantFrom(-1, 0, 1) }), { freq: 1 }),
})

const dateOf = (offset: number): string => new Date(NOON + offset * DAY).toISOString().slice(0, 10)

onEveryEngine('a preview', (world) => {
  test('says what redeeming then does, and consumes nothing', async () => {
    const outcomes = new Set<string>()
    await fc.assert(fc.asyncProperty(cases, async (one) => {
      const desk = await Desk.open(world(), { zone: one.zone, at: '2028-01-01T00:00Z' })
      const rows = one.sold.map(({ kind, first, length }) => ({ kind, firstDay: dateOf(first), lastDay: dateOf(first + length), reference: fresh('order') }))
      if (rows.length > 0) assert.equal(await desk.sell(...rows), 200)
      const edges = (await desk.license()).ledger.flatMap((grant) => [grant.from, grant.to])
      const edge = one.edge === null ? undefined : edges[one.edge.of]
      world().now = edge === undefined ? NOON + one.offset : Date.parse(edge) + (one.edge?.beside ?? 0)
      const [code, before] = [await desk.code({ days: one.days }), await desk.license()]
      const tables = await dump(world().database, BESIDES)

      const preview = await desk.preview(code)
      assert.equal(preview.status, 200)
      assert.deepEqual((await desk.preview(code)).body, preview.body)
      assert.deepEqual(await dump(world().database, BESIDES), tables)
      const { body: { outcome, license, grant } } = await desk.redeem(code)
      outcomes.add(outcome)
      assert.deepEqual(preview.body, {
        outcome, from: grant.from, expiresAt: license.expiresAt, lastDay: license.lastDay, daysAdded: grant.days, daysKept: before.daysRemaining ?? 0,
        featuresGained: license.features.filter((feature) => !before.features.includes(feature)),
      })
      const covered = before.status !== 'none' && before.status !== 'expired'
      assert.deepEqual([outcome, grant.from], covered ? ['renewed', before.expiresAt] : ['activated', new Date(world().now).toISOString()])
      assert.equal(grant.days, one.days)
    }), { numRuns: 30, seed: 20_261_121 })
    assert.deepEqual([...outcomes].sort(), ['activated', 'renewed'])
  })

  test('names the features that open', async () => {
    const desk = await Desk.open(world())
    const [first, second] = await desk.codes(2)
    const { body } = await desk.preview(first)
    assert.deepEqual(body.featuresGained, FEATURES.map((feature) => feature.id).filter((id) => id !== 'listing'))
    await desk.redeem(first)
    assert.deepEqual((await desk.preview(second)).body.featuresGained, [])
  })

  test('says of a code that stands on the device that nothing would change', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code({ days: 30 })
    const { body: { grant, license } } = await desk.redeem(code)
    desk.now = '2026-12-01T12:00Z'
    const { body } = await desk.preview(code)
    assert.deepEqual(body, {
      outcome: 'already-redeemed', from: grant.from, expiresAt: license.expiresAt, lastDay: '2026-12-21', daysAdded: 0, daysKept: 20, featuresGained: [],
    })
  })

  test('of a code that another device takes meanwhile promises nothing', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    const code = await desk.code()
    assert.equal(verdict(await desk.preview(code, 'a')), '200 activated')
    assert.equal(verdict(await desk.redeem(code, 'b')), '200 activated')
    assert.equal(verdict(await desk.redeem(code, 'a')), '409 voucher-used')
  })
})

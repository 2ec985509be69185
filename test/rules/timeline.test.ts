import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type Grant, licenseAt } from '../../bff/rules/license.ts'
import { KINDS, STATUSES } from '../../bff/rules/lists.ts'
import { FEATURES } from '../../bff/rules/policy.ts'
import { ruleAt, timelineOf } from '../../bff/rules/timeline.ts'

const DAY_MS = 86_400_000
const START = Date.parse('2026-11-21T09:30:00.000Z')
const ZONES = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu']
const DASHBOARD = FEATURES[1]

const grants = fc.array(fc.record({
  kind: fc.constantFrom(...KINDS), from: fc.integer({ min: -500, max: 500 }), days: fc.integer({ min: 0, max: 400 }), undone: fc.boolean(), odd: fc.integer({ min: 0, max: DAY_MS }),
}).map(({ kind, from, days, undone, odd }): Grant => ({ kind, from: START + from * DAY_MS, to: START + (from + days) * DAY_MS + odd, undone })), { maxLength: 6 })

suite('a timeline', () => {
  test('says what the licence says at every boundary, before it, and after it', () => {
    fc.assert(fc.property(grants, fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 60 }), (ledger, zone, within) => {
      const timeline = timelineOf(ledger, zone, within)
      const instants = [...ledger.flatMap(({ from, to }) => [from, to]), ...timeline.map(({ from }) => from).filter(Number.isFinite), START]
      for (const now of instants.flatMap((at) => [at - 1, at, at + 1])) {
        const { status, expiresAt } = licenseAt(ledger, zone, now, within)
        const ruling = ruleAt(timeline, { id: 'any', openIn: ['active', 'expiring', 'grace'] }, now)
        assert.deepEqual([ruling.status, ruling.allowed], [status, ['active', 'expiring', 'grace'].includes(status)])
        if (!ruling.allowed) assert.equal(ruling.until, expiresAt)
      }
    }), { numRuns: 300 })
  })

  test('opens and closes a feature exactly when it says, whatever statuses open it', () => {
    fc.assert(fc.property(grants, fc.constantFrom(...ZONES), fc.uniqueArray(fc.constantFrom(...STATUSES), { minLength: 1 }), (ledger, zone, openIn) => {
      const timeline = timelineOf(ledger, zone, 31)
      const feature = { id: 'own', openIn }
      for (const { from } of timeline.slice(1)) {
        const ruling = ruleAt(timeline, feature, from)
        if (ruling.changesAt !== null) assert.equal(ruleAt(timeline, feature, ruling.changesAt - 1).status, ruling.status)
        if (!ruling.allowed || ruling.until === null) continue
        assert.equal(ruleAt(timeline, feature, ruling.until - 1).allowed, true)
        assert.equal(ruleAt(timeline, feature, ruling.until).allowed, false)
      }
      const last = timeline.at(-1)?.from ?? START
      const { allowed, until } = ruleAt(timeline, feature, Math.max(last, START))
      if (allowed) assert.equal(until, null)
    }), { numRuns: 300 })
  })

  test('has one span where there is nothing, and none for what was undone', () => {
    const undone: Grant = { kind: 'standard', from: START, to: START + DAY_MS, undone: true }
    for (const ledger of [[], [undone]]) {
      assert.deepEqual(timelineOf(ledger, 'UTC', 31), [{ from: Number.NEGATIVE_INFINITY, status: 'none', expiresAt: null }])
      assert.deepEqual(ruleAt(timelineOf(ledger, 'UTC', 31), DASHBOARD, START), { allowed: false, status: 'none', until: null, changesAt: null })
    }
  })

  test('goes from active to expiring, grace and expired, each at its second', () => {
    const at = (days: number): number => Date.UTC(2026, 0, 1) + days * DAY_MS
    const ledger: Grant[] = [{ kind: 'standard', from: at(0), to: at(100), undone: false }, { kind: 'grace', from: at(100), to: at(160), undone: false }]
    assert.deepEqual(timelineOf(ledger, 'UTC', 31).map(({ from, status }) => [from, status]), [
      [Number.NEGATIVE_INFINITY, 'none'], [at(0), 'active'], [at(100), 'grace'], [at(160), 'expired'],
    ])
    assert.deepEqual(timelineOf(ledger.slice(0, 1), 'UTC', 31).map(({ from, status }) => [from, status]), [
      [Number.NEGATIVE_INFINITY, 'none'], [at(0), 'active'], [at(68), 'expiring'], [at(100), 'expired'],
    ])
  })
})

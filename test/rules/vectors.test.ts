import assert from 'node:assert/strict'
import test from 'node:test'
import {
  coverNow, coverRows, DEFAULT_POLICY, formatDay, licenseAt, termFrom, type Grant, type Kind,
} from '../../bff/rules/index.ts'
import { ms, statusOfRows } from './build.ts'
import vectors from './vectors.json' with { type: 'json' }

const WITHIN = DEFAULT_POLICY.expiringWithinDays

const full = (instant: number | null): string | null => instant === null ? null : new Date(instant).toISOString()

for (const vector of vectors) {
  test(`vector ${vector.name} gives its licence, its rows and its voucher's term`, () => {
    const { timeZone: zone, voucher } = vector
    const now = ms(vector.now)
    const grants: Grant[] = vector.grants.map((one) =>
      ({ kind: one.kind as Kind, from: ms(one.from), to: ms(one.to), undone: one.undone }))

    const { refreshAt, ...license } = licenseAt(grants, zone, now, WITHIN)
    assert.deepEqual({
      ...license, startsAt: full(license.startsAt), expiresAt: full(license.expiresAt), changesAt: full(license.changesAt),
    }, vector.license)
    assert.ok(license.changesAt === null || (refreshAt !== null && refreshAt <= license.changesAt))
    assert.equal(statusOfRows(coverRows(grants, zone, WITHIN), now), vector.license.status)

    const cover = coverNow(grants, now)
    const term = termFrom(cover, voucher.days, zone, now)
    assert.deepEqual({
      days: voucher.days, outcome: cover === null ? 'activated' : 'renewed',
      from: full(term.from), to: full(term.to), lastDay: formatDay(term.lastDay),
    }, voucher)
  })
}

test('there are vectors of every status', () => {
  const seen = new Set(vectors.map((vector) => vector.license.status))
  assert.deepEqual([...seen].sort(), ['active', 'expired', 'expiring', 'grace', 'none'])
  assert.ok(vectors.length >= 120)
})

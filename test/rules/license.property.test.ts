import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { coverRows, formatDay, KINDS, licenseAt, type License } from '../../bff/rules/index.ts'
import { DAY, statusOfRows } from './build.ts'
import { cases, type Case } from './ledgers.ts'
import { check, wallDay } from './zones.ts'

const at = ({ grants, zone, within }: Case, now: number): License => licenseAt(grants, zone, now, within)
const state = (license: License): unknown[] => [license.status, license.expiringSoon]
const shown = ({ changesAt: _, refreshAt: __, ...rest }: License): unknown => rest

/** A few instants from one on and before another, both ends among them. */
function between(from: number, to: number): number[] {
  return [0.1, 0.5, 0.9].map((part) => Math.floor(from + (to - from) * part)).concat(from, to - 1)
}

/** A licence by another way: grow an interval around the last grant begun until nothing touches it, ask Intl for dates. */
function naive({ grants, zone, now, within }: Case): unknown[] {
  const counting = grants.filter((grant) => !grant.undone && grant.from < grant.to)
  const [seed] = counting.filter((grant) => grant.from <= now).sort((a, b) => b.to - a.to)
  if (seed === undefined) return ['none', null, null, null, false]
  const cover = { from: seed.from, to: seed.to }
  for (const _ of counting) {
    for (const grant of counting) {
      if (grant.from > cover.to || grant.to < cover.from) continue
      cover.from = Math.min(cover.from, grant.from)
      cover.to = Math.max(cover.to, grant.to)
    }
  }
  const inside = counting.filter((grant) => grant.from >= cover.from && grant.to <= cover.to)
  const expired = cover.to <= now
  const kinds = inside.filter((grant) => expired ? grant.to === cover.to : grant.to > now).map((grant) => grant.kind)
  const type = KINDS.find((kind) => kinds.includes(kind))
  const lastDay = wallDay(cover.to - 1, zone)
  const left = expired ? 0 : lastDay - wallDay(now, zone)
  const status = expired ? 'expired' : type === 'grace' ? 'grace' : left <= within ? 'expiring' : 'active'
  return [status, type, left, formatDay(lastDay), !expired && left <= within]
}

test('a licence is what a slower way by Intl finds', () => {
  check(fc.property(cases, (one) => {
    // Where midnight comes twice, a date apart, the rules do not step back with the clock on the wall.
    if (one.zone === 'America/St_Johns') return
    const { status, type, daysRemaining, lastDay, expiringSoon } = at(one, one.now)
    assert.deepEqual([status, type, daysRemaining, lastDay, expiringSoon], naive(one))
  }), 3000)
})

test('the rows of the database, compared with now, agree with the licence', () => {
  check(fc.property(cases, fc.array(fc.integer({ min: -300 * DAY, max: 300 * DAY }), { maxLength: 4 }), (one, offsets) => {
    const rows = coverRows(one.grants, one.zone, one.within)
    const edges = rows.flatMap((row) => [row.startsAt, row.expiringFrom, row.graceFrom ?? row.startsAt, row.expiresAt])
    for (const now of [one.now, ...offsets.map((offset) => one.now + offset), ...edges, ...edges.map((edge) => edge - 1)]) {
      const license = at(one, now)
      assert.equal(statusOfRows(rows, now), license.status)
      const row = rows.findLast((each) => each.startsAt <= now)
      assert.deepEqual([row?.startsAt ?? null, row?.expiresAt ?? null], [license.startsAt, license.expiresAt])
      assert.equal(license.expiringSoon, row !== undefined && now >= row.expiringFrom && now < row.expiresAt)
      if (license.status === 'expired') assert.equal(row?.kind, license.type)
    }
  }), 1000)
})

test('status and expiringSoon stay until changesAt and change exactly there', () => {
  check(fc.property(cases, (one) => {
    const license = at(one, one.now)
    const until = license.changesAt
    for (const now of between(one.now, until ?? one.now + 4000 * DAY)) assert.deepEqual(state(at(one, now)), state(license))
    if (until === null) return
    assert.ok(until > one.now)
    assert.notDeepEqual(state(at(one, until)), state(at(one, until - 1)))
  }), 1200)
})

test('status, type, days and dates stay until refreshAt and change exactly there, never after changesAt', () => {
  check(fc.property(cases, (one) => {
    const license = at(one, one.now)
    const { changesAt, refreshAt } = license
    for (const now of between(one.now, refreshAt ?? one.now + 4000 * DAY)) assert.deepEqual(shown(at(one, now)), shown(license))
    if (refreshAt === null) {
      assert.equal(changesAt, null)
      return
    }
    assert.ok(refreshAt > one.now && (changesAt === null || refreshAt <= changesAt))
    assert.notDeepEqual(shown(at(one, refreshAt)), shown(at(one, refreshAt - 1)))
  }), 1200)
})

test('the order of the grants does not matter', () => {
  const shuffled = cases.chain((one) =>
    fc.tuple(fc.constant(one), fc.shuffledSubarray(one.grants, { minLength: one.grants.length })))
  check(fc.property(shuffled, ([one, grants]) => {
    assert.deepEqual(at({ ...one, grants }, one.now), at(one, one.now))
    assert.deepEqual(coverRows(grants, one.zone, one.within), coverRows(one.grants, one.zone, one.within))
  }), 1000)
})

test('an undone grant counts for nothing', () => {
  check(fc.property(cases, (one) => {
    assert.deepEqual(at(one, one.now), at({ ...one, grants: one.grants.filter((grant) => !grant.undone) }, one.now))
  }), 300)
})

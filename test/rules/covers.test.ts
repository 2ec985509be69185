import assert from 'node:assert/strict'
import test from 'node:test'
import {
  coverNow, coverRows, coversOf, decidingCover, licenseAt, nextAfter, type Grant, type Kind,
} from '../../bff/rules/index.ts'
import { grant, iso, ms, undone } from './build.ts'

const JANUARY = grant('standard', '2026-01-01', '2026-02-01')

const JOINS: readonly [name: string, grants: readonly Grant[], covers: readonly string[]][] = [
  ['no grant gives no cover', [], []],
  ['one grant is one cover', [JANUARY], ['2026-01-01/2026-02-01']],
  ['grants that overlap are one cover', [JANUARY, grant('trial', '2026-01-20', '2026-03-01')], ['2026-01-01/2026-03-01']],
  ['grants that touch are one cover', [JANUARY, grant('trial', '2026-02-01', '2026-03-01')], ['2026-01-01/2026-03-01']],
  ['a gap of a millisecond makes two covers', [JANUARY, grant('trial', '2026-02-01T00:00:00.001Z', '2026-03-01')],
    ['2026-01-01/2026-02-01', '2026-02-01T00:00:00.001Z/2026-03-01']],
  ['a grant inside another shortens nothing', [JANUARY, grant('grace', '2026-01-10', '2026-01-12')], ['2026-01-01/2026-02-01']],
  ['grants join through a third',
    [grant('trial', '2026-03-01', '2026-04-01'), JANUARY, grant('grace', '2026-02-01', '2026-03-01')],
    ['2026-01-01/2026-04-01']],
  ['an undone grant joins nothing',
    [JANUARY, undone(grant('grace', '2026-02-01', '2026-03-01')), grant('trial', '2026-03-01', '2026-04-01')],
    ['2026-01-01/2026-02-01', '2026-03-01/2026-04-01']],
  ['a grant of no length counts for nothing', [JANUARY, grant('grace', '2026-05-01', '2026-05-01')], ['2026-01-01/2026-02-01']],
  ['a grant that ends before it starts counts for nothing', [grant('grace', '2026-05-01', '2026-04-01')], []],
]

const short = (instant: number): string => (iso(instant) ?? '').replace('T00:00Z', '')

for (const [name, grants, covers] of JOINS) {
  test(name, () => {
    assert.deepEqual(coversOf(grants).map((cover) => `${short(cover.from)}/${short(cover.to)}`), covers)
    assert.deepEqual(coverRows(grants, 'UTC', 31).map((row) => `${short(row.startsAt)}/${short(row.expiresAt)}`), covers)
  })
}

const TWO = [JANUARY, grant('trial', '2026-03-01', '2026-04-01')]
const HOLDS: readonly [name: string, now: string, deciding: string | null, holding: string | null][] = [
  ['before the first cover nothing decides', '2025-12-31T23:59:59.999Z', null, null],
  ['a cover decides from its first instant', '2026-01-01', '2026-01-01', '2026-01-01'],
  ['a cover holds to its last millisecond', '2026-01-31T23:59:59.999Z', '2026-01-01', '2026-01-01'],
  ['in a gap the cover that ended decides and none holds', '2026-02-01', '2026-01-01', null],
  ['a later cover waits for its start', '2026-02-28T23:59:59.999Z', '2026-01-01', null],
  ['the later cover takes over as it starts', '2026-03-01', '2026-03-01', '2026-03-01'],
  ['after all covers the last one decides', '2026-06-01', '2026-03-01', null],
]
for (const [name, now, deciding, holding] of HOLDS) {
  test(name, () => {
    const from = (cover: { from: number } | null): string | null => cover === null ? null : short(cover.from)
    assert.equal(from(decidingCover(coversOf(TWO), ms(now))), deciding)
    assert.equal(from(coverNow(TWO, ms(now))), holding)
  })
}

test('an expired licence names the start of a cover that waits', () => {
  const license = licenseAt(TWO, 'UTC', ms('2026-02-10'), 31)
  assert.deepEqual([license.status, license.daysRemaining, iso(license.changesAt), iso(license.refreshAt)],
    ['expired', 0, '2026-03-01T00:00Z', '2026-03-01T00:00Z'])
})

test('no licence names the start of the first cover that waits, however the grants are ordered', () => {
  const license = licenseAt(TWO.toReversed(), 'UTC', ms('2025-12-01'), 31)
  assert.deepEqual([license.status, iso(license.changesAt), iso(license.refreshAt)],
    ['none', '2026-01-01T00:00Z', '2026-01-01T00:00Z'])
})

test('the dates are those of the deciding cover, not of one grant', () => {
  const license = licenseAt([JANUARY, grant('grace', '2026-01-31', '2026-03-01T13:00Z')], 'UTC', ms('2026-01-15'), 31)
  assert.deepEqual([iso(license.startsAt), iso(license.expiresAt), license.lastDay],
    ['2026-01-01T00:00Z', '2026-03-01T13:00Z', '2026-03-01'])
})

test('an end at midnight belongs to the date before, an end a millisecond later to the date itself', () => {
  const lastDay = (to: string): string | null => licenseAt([grant('trial', '2026-01-01', to)], 'UTC', ms('2026-01-02'), 31).lastDay
  assert.deepEqual([lastDay('2026-02-01'), lastDay('2026-02-01T00:00:00.001Z')], ['2026-01-31', '2026-02-01'])
})

const ENDED: readonly [kind: Kind, name: string, grants: readonly Grant[]][] = [
  ['trial', 'the kind that ended last', [JANUARY, grant('trial', '2026-01-20', '2026-02-02')]],
  ['grace', 'grace, if it ended last', [JANUARY, grant('grace', '2026-02-01', '2026-02-03')]],
  ['standard', 'the better of two that ended together', [grant('grace', '2026-01-05', '2026-02-01'), JANUARY]],
  ['trial', 'the trial of a trial and a grace that ended together',
    [grant('grace', '2026-01-05', '2026-02-01'), grant('trial', '2026-01-06', '2026-02-01')]],
  ['trial', 'what remains of an undone renewal',
    [grant('trial', '2026-01-01', '2026-02-01'), undone(grant('standard', '2026-02-01', '2026-03-01'))]],
]
for (const [kind, name, grants] of ENDED) {
  test(`the type of an expired licence is ${name}`, () => {
    assert.equal(licenseAt(grants, 'UTC', ms('2026-05-01'), 31).type, kind)
    assert.equal(coverRows(grants, 'UTC', 31).at(-1)?.kind, kind)
  })
}

const WITHIN: readonly [days: number, expiringFrom: string][] = [
  [0, '2026-01-31'], [1, '2026-01-30'], [7, '2026-01-24'], [30, '2026-01-01'], [31, '2026-01-01'], [400, '2026-01-01'],
]
for (const [days, expiringFrom] of WITHIN) {
  test(`with ${days} days of warning the cover of January is expiring from ${expiringFrom}`, () => {
    const [row] = coverRows([JANUARY], 'UTC', days)
    assert.equal(short(row?.expiringFrom ?? NaN), expiringFrom)
    assert.equal(licenseAt([JANUARY], 'UTC', ms(expiringFrom), days).status, 'expiring')
  })
}

test('grace begins in the rows where the last better grant ends, and never where none is behind', () => {
  const graceFrom = (grants: readonly Grant[]): (string | null)[] => coverRows(grants, 'UTC', 31).map((row) => iso(row.graceFrom))
  assert.deepEqual(graceFrom([JANUARY]), [null])
  assert.deepEqual(graceFrom([JANUARY, grant('grace', '2026-01-15', '2026-03-01')]), ['2026-02-01T00:00Z'])
  assert.deepEqual(graceFrom([JANUARY, grant('grace', '2026-01-15', '2026-02-01')]), [null])
  assert.deepEqual(graceFrom([grant('grace', '2026-01-15', '2026-03-01')]), ['2026-01-15T00:00Z'])
})

test('the next of some instants is the earliest one strictly after now', () => {
  assert.equal(nextAfter(5, [9, null, 7, 5, 3]), 7)
  assert.equal(nextAfter(9, [9, null, 7]), null)
  assert.equal(nextAfter(0, []), null)
})

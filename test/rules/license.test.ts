import assert from 'node:assert/strict'
import test from 'node:test'
import { coverRows, licenseAt, type Grant } from '../../bff/rules/index.ts'
import { grant, iso, ms, statusOfRows } from './build.ts'

type Row = [
  name: string, now: string, status: string, type: string | null, days: number | null, soon: boolean,
  changesAt: string | null, refreshAt: string | null,
]

/** One table: a ledger in UTC, seen at its boundaries. */
function table(title: string, grants: readonly Grant[], rows: readonly Row[]): void {
  for (const [name, now, ...expected] of rows) {
    test(`${title}: ${name}`, () => {
      const license = licenseAt(grants, 'UTC', ms(now), 31)
      assert.deepEqual([
        license.status, license.type, license.daysRemaining, license.expiringSoon, iso(license.changesAt), iso(license.refreshAt),
      ], expected)
      assert.equal(statusOfRows(coverRows(grants, 'UTC', 31), ms(now)), expected[0])
    })
  }
}

const START = '2026-01-10T15:30Z'
const [TURN, END] = ['2026-03-10T00:00Z', '2026-04-11T00:00Z']

const PAID: readonly Row[] = [
  ['long before the start', '2025-06-01T12:00Z', 'none', null, null, false, START, START],
  ['a millisecond before the start', '2026-01-10T15:29:59.999Z', 'none', null, null, false, START, START],
  ['at the start', START, 'active', 'standard', 90, false, TURN, '2026-01-11T00:00Z'],
  ['before the first midnight', '2026-01-10T23:59:59.999Z', 'active', 'standard', 90, false, TURN, '2026-01-11T00:00Z'],
  ['at the first midnight', '2026-01-11T00:00Z', 'active', 'standard', 89, false, TURN, '2026-01-12T00:00Z'],
  ['at noon with 32 days to go', '2026-03-09T12:00Z', 'active', 'standard', 32, false, TURN, TURN],
  ['a millisecond before 31 days remain', '2026-03-09T23:59:59.999Z', 'active', 'standard', 32, false, TURN, TURN],
  ['as 31 days begin to remain', TURN, 'expiring', 'standard', 31, true, END, '2026-03-11T00:00Z'],
  ['at noon with 31 days to go', '2026-03-10T12:00Z', 'expiring', 'standard', 31, true, END, '2026-03-11T00:00Z'],
  ['before the last date', '2026-04-09T23:59:59.999Z', 'expiring', 'standard', 1, true, END, '2026-04-10T00:00Z'],
  ['as the last date begins', '2026-04-10T00:00Z', 'expiring', 'standard', 0, true, END, END],
  ['at noon of the last date', '2026-04-10T12:00Z', 'expiring', 'standard', 0, true, END, END],
  ['a millisecond before the end', '2026-04-10T23:59:59.999Z', 'expiring', 'standard', 0, true, END, END],
  ['at the end', END, 'expired', 'standard', 0, false, null, null],
  ['long after the end', '2031-01-01T00:00Z', 'expired', 'standard', 0, false, null, null],
]
table('a paid licence of 90 days', [grant('standard', START, END)], PAID)
table('a trial of 90 days', [grant('trial', START, END)],
  PAID.map((row) => row.with(3, row[3] === null ? null : 'trial') as Row))

const SOON = '2026-02-08T00:00Z'
const GRACE_END = '2026-03-12T00:00Z'
table('a grace of 60 days', [grant('grace', START, GRACE_END)], [
  ['a millisecond before the start', '2026-01-10T15:29:59.999Z', 'none', null, null, false, START, START],
  ['at the start', START, 'grace', 'grace', 60, false, SOON, '2026-01-11T00:00Z'],
  ['a millisecond before it ends soon', '2026-02-07T23:59:59.999Z', 'grace', 'grace', 32, false, SOON, SOON],
  ['as it begins to end soon', SOON, 'grace', 'grace', 31, true, GRACE_END, '2026-02-09T00:00Z'],
  ['a millisecond before the end', '2026-03-11T23:59:59.999Z', 'grace', 'grace', 0, true, GRACE_END, GRACE_END],
  ['at the end', GRACE_END, 'expired', 'grace', 0, false, null, null],
])

table('a licence that is shorter than 31 days', [grant('standard', START, '2026-01-21T00:00Z')], [
  ['at the start', START, 'expiring', 'standard', 10, true, '2026-01-21T00:00Z', '2026-01-11T00:00Z'],
  ['at the end', '2026-01-21T00:00Z', 'expired', 'standard', 0, false, null, null],
])

const GRACE_LATER = [grant('standard', START, '2026-02-01T10:00Z'), grant('grace', '2026-02-01T10:00Z', '2026-04-02T00:00Z')]
table('a paid licence that runs out into 60 days of grace', GRACE_LATER, [
  ['at the start', START, 'active', 'standard', 81, false, '2026-02-01T10:00Z', '2026-01-11T00:00Z'],
  ['before the grace, within its day', '2026-02-01T09:59:59.999Z', 'active', 'standard', 59, false,
    '2026-02-01T10:00Z', '2026-02-01T10:00Z'],
  ['as only grace lies ahead', '2026-02-01T10:00Z', 'grace', 'grace', 59, false, '2026-03-01T00:00Z', '2026-02-02T00:00Z'],
  ['as the grace ends soon', '2026-03-01T00:00Z', 'grace', 'grace', 31, true, '2026-04-02T00:00Z', '2026-03-02T00:00Z'],
])

const SHORT_GRACE = [grant('standard', START, '2026-02-01T00:00Z'), grant('grace', '2026-02-01T00:00Z', '2026-02-11T00:00Z')]
table('a paid licence with a short grace behind it', SHORT_GRACE, [
  ['at the start', START, 'expiring', 'standard', 31, true, '2026-02-01T00:00Z', '2026-01-11T00:00Z'],
  ['as only grace lies ahead', '2026-02-01T00:00Z', 'grace', 'grace', 9, true, '2026-02-11T00:00Z', '2026-02-02T00:00Z'],
  ['at the end', '2026-02-11T00:00Z', 'expired', 'grace', 0, false, null, null],
])

const PAID_INSIDE = [grant('grace', '2026-01-01', '2026-03-01'), grant('standard', '2026-01-10', '2026-01-20T12:00Z')]
table('a grace with a paid licence inside it', PAID_INSIDE, [
  ['before the paid one, which lies ahead', '2026-01-05', 'active', 'standard', 54, false,
    '2026-01-20T12:00Z', '2026-01-06T00:00Z'],
  ['a millisecond before the paid one ends', '2026-01-20T11:59:59.999Z', 'active', 'standard', 39, false,
    '2026-01-20T12:00Z', '2026-01-20T12:00Z'],
  ['after the paid one, which no longer counts', '2026-01-20T12:00Z', 'grace', 'grace', 39, false,
    '2026-01-28T00:00Z', '2026-01-21T00:00Z'],
])

const UPGRADE = [grant('grace', '2026-01-01', '2026-01-15'), grant('standard', '2026-01-15', '2026-04-15')]
table('a grace that was renewed early', UPGRADE, [
  ['in the grace', '2026-01-10', 'active', 'standard', 94, false, '2026-03-14T00:00Z', '2026-01-11T00:00Z'],
  ['in the paid part', '2026-01-15', 'active', 'standard', 89, false, '2026-03-14T00:00Z', '2026-01-16T00:00Z'],
])

const KINDS_IN_TURN = [
  grant('standard', '2026-01-01', '2026-02-01T10:00Z'), grant('trial', '2026-02-01T10:00Z', '2026-02-03T10:00Z'),
  grant('grace', '2026-02-03T10:00Z', '2026-05-01'),
]
table('the best kind ahead is the type', KINDS_IN_TURN, [
  ['while standard lies ahead', '2026-02-01T09:00Z', 'active', 'standard', 88, false, '2026-02-03T10:00Z', '2026-02-01T10:00Z'],
  ['as standard ends', '2026-02-01T10:00Z', 'active', 'trial', 88, false, '2026-02-03T10:00Z', '2026-02-02T00:00Z'],
  ['before the trial ends', '2026-02-03T09:59Z', 'active', 'trial', 86, false, '2026-02-03T10:00Z', '2026-02-03T10:00Z'],
  ['as the trial ends', '2026-02-03T10:00Z', 'grace', 'grace', 86, false, '2026-03-30T00:00Z', '2026-02-04T00:00Z'],
])

import assert from 'node:assert/strict'
import test from 'node:test'
import { coverNow, endOfDaysAfter, formatDay, licenseAt, termFrom, type Grant } from '../../bff/rules/index.ts'
import { grant, iso, ms, undone } from './build.ts'

type Row = [name: string, zone: string, now: string, days: number, to: string, lastDay: string]

const FRESH: readonly Row[] = [
  ['from the first instant of a date', 'UTC', '2026-01-10T00:00Z', 30, '2026-02-10T00:00Z', '2026-02-09'],
  ['from noon', 'UTC', '2026-01-10T12:00Z', 30, '2026-02-10T00:00Z', '2026-02-09'],
  ['from the last millisecond of a date', 'UTC', '2026-01-10T23:59:59.999Z', 30, '2026-02-10T00:00Z', '2026-02-09'],
  ['from a millisecond later', 'UTC', '2026-01-11T00:00Z', 30, '2026-02-11T00:00Z', '2026-02-10'],
  ['of one day', 'UTC', '2026-01-10T12:00Z', 1, '2026-01-12T00:00Z', '2026-01-11'],
  ['over a leap day', 'UTC', '2028-02-01T12:00Z', 28, '2028-03-01T00:00Z', '2028-02-29'],
  ['of a year without a leap day', 'UTC', '2026-03-01T12:00Z', 365, '2027-03-02T00:00Z', '2027-03-01'],
  ['where the local date is ahead of UTC', 'Asia/Kathmandu', '2026-01-10T18:15Z', 1, '2026-01-12T18:15Z', '2026-01-12'],
  ['where the local date is a millisecond short of it',
    'Asia/Kathmandu', '2026-01-10T18:14:59.999Z', 1, '2026-01-11T18:15Z', '2026-01-11'],
  ['where the local date is behind UTC', 'America/New_York', '2026-01-10T04:59:59.999Z', 1, '2026-01-11T05:00Z', '2026-01-10'],
  ['into summer time', 'Europe/Berlin', '2026-03-20T12:00Z', 30, '2026-04-19T22:00Z', '2026-04-19'],
  ['into winter time', 'Europe/Berlin', '2026-10-20T12:00Z', 30, '2026-11-19T23:00Z', '2026-11-19'],
  ['that ends with the date of the change', 'Europe/Berlin', '2026-03-28T12:00Z', 1, '2026-03-29T22:00Z', '2026-03-29'],
  ['that ends where DST skips midnight', 'America/Sao_Paulo', '2018-11-02T12:00Z', 1, '2018-11-04T03:00Z', '2018-11-03'],
  ['that ends with the date that has no midnight', 'America/Sao_Paulo', '2018-11-02T12:00Z', 2, '2018-11-05T02:00Z', '2018-11-04'],
  ['that ends where clocks move by half an hour', 'Australia/Lord_Howe', '2026-10-02T12:00Z', 2, '2026-10-04T13:00Z', '2026-10-04'],
]
for (const [name, zone, now, days, to, lastDay] of FRESH) {
  test(`a term of ${days} days ${name} (${zone}) is valid through ${lastDay}`, () => {
    const term = termFrom(null, days, zone, ms(now))
    assert.deepEqual([iso(term.from), iso(term.to), formatDay(term.lastDay)], [iso(ms(now)), to, lastDay])
  })
}

const LAST: readonly [zone: string, now: string, days: number, to: string, lastDay: string][] = [
  ['UTC', '9998-12-01T12:00Z', 29, '9998-12-31T00:00Z', '9998-12-30'],
  ['UTC', '9998-12-01T12:00Z', 30, '9999-01-01T00:00Z', '9998-12-31'],
  ['UTC', '9998-12-01T12:00Z', 31, '9999-01-01T00:00Z', '9998-12-31'],
  ['Pacific/Kiritimati', '2026-01-01T12:00Z', 36_500_000, '9998-12-31T10:00Z', '9998-12-31'],
  ['Etc/GMT+12', '2026-01-01T12:00Z', 36_500_000, '9999-01-01T12:00Z', '9998-12-31'],
]
for (const [zone, now, days, to, lastDay] of LAST) {
  test(`a term of ${days} days from ${now} (${zone}) is valid through ${lastDay}, as none lasts longer`, () => {
    const term = termFrom(null, days, zone, ms(now))
    assert.deepEqual([iso(term.to), formatDay(term.lastDay)], [to, lastDay])
  })
}

const APRIL = grant('standard', '2026-01-10T15:30Z', '2026-05-01')
const RENEWING: readonly [name: string, ledger: Grant[], zone: string, now: string, from: string, to: string][] = [
  ['early begins where the cover ends', [APRIL], 'UTC', '2026-02-01T12:00Z', '2026-05-01T00:00Z', '2026-05-31T00:00Z'],
  ['at the start of the cover begins where it ends', [APRIL], 'UTC', '2026-01-10T15:30Z', '2026-05-01T00:00Z', '2026-05-31T00:00Z'],
  ['in the last millisecond begins where the cover ends',
    [APRIL], 'UTC', '2026-04-30T23:59:59.999Z', '2026-05-01T00:00Z', '2026-05-31T00:00Z'],
  ['at the end begins now', [APRIL], 'UTC', '2026-05-01T00:00Z', '2026-05-01T00:00Z', '2026-06-01T00:00Z'],
  ['late begins now and pays for no dead time', [APRIL], 'UTC', '2026-07-01T08:00Z', '2026-07-01T08:00Z', '2026-08-01T00:00Z'],
  ['before the cover of an import neither waits for it nor moves it',
    [APRIL], 'UTC', '2026-01-01T08:00Z', '2026-01-01T08:00Z', '2026-02-01T00:00Z'],
  ['out of a trial loses nothing of it',
    [grant('trial', '2026-01-10', '2026-05-01')], 'UTC', '2026-02-01', '2026-05-01T00:00Z', '2026-05-31T00:00Z'],
  ['out of a grace loses nothing of it',
    [grant('grace', '2026-01-10', '2026-05-01')], 'UTC', '2026-02-01', '2026-05-01T00:00Z', '2026-05-31T00:00Z'],
  ['after an undone grant begins now', [undone(APRIL)], 'UTC', '2026-02-01T12:00Z', '2026-02-01T12:00Z', '2026-03-04T00:00Z'],
  ['a cover that ends within a date counts from that date',
    [grant('standard', '2026-01-10', '2026-04-30T10:00Z')], 'UTC', '2026-02-01', '2026-04-30T10:00Z', '2026-05-31T00:00Z'],
  ['reads the end in the zone of today', [APRIL], 'Europe/Berlin', '2026-02-01', '2026-05-01T00:00Z', '2026-05-31T22:00Z'],
]
for (const [name, ledger, zone, now, from, to] of RENEWING) {
  test(`renewing by 30 days ${name}`, () => {
    const term = termFrom(coverNow(ledger, ms(now)), 30, zone, ms(now))
    assert.deepEqual([iso(term.from), iso(term.to)], [from, to])
  })
}

test('changing the zone moves no stored instant, but dates are read anew', () => {
  const read = (zone: string): unknown[] => {
    const license = licenseAt([APRIL], zone, ms('2026-04-01T02:00Z'), 31)
    return [iso(license.startsAt), iso(license.expiresAt), license.lastDay, license.daysRemaining]
  }
  assert.deepEqual(read('UTC'), ['2026-01-10T15:30Z', '2026-05-01T00:00Z', '2026-04-30', 29])
  assert.deepEqual(read('America/New_York'), ['2026-01-10T15:30Z', '2026-05-01T00:00Z', '2026-04-30', 30])
  assert.deepEqual(read('Pacific/Auckland'), ['2026-01-10T15:30Z', '2026-05-01T00:00Z', '2026-05-01', 30])
})

const UNTIL: readonly [name: string, zone: string, at: string, days: number, until: string][] = [
  ['from the first instant of a date', 'UTC', '2026-01-10T00:00Z', 7, '2026-01-18T00:00Z'],
  ['from the last millisecond of a date', 'UTC', '2026-01-10T23:59:59.999Z', 7, '2026-01-18T00:00Z'],
  ['with no days, to the end of the same date', 'UTC', '2026-01-10T12:00Z', 0, '2026-01-11T00:00Z'],
  ['in the local date', 'America/New_York', '2026-01-10T04:00Z', 7, '2026-01-17T05:00Z'],
  ['over a change to summer time', 'Europe/Berlin', '2026-03-25T12:00Z', 7, '2026-04-01T22:00Z'],
]
for (const [name, zone, at, days, until] of UNTIL) {
  test(`"until the end of the date ${days} days later" is counted ${name}`, () => {
    assert.equal(iso(endOfDaysAfter(ms(at), days, zone)), until)
  })
}

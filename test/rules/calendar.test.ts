import assert from 'node:assert/strict'
import test from 'node:test'
import { dayOf, formatDay, isTimeZone, parseDay, startOfDay } from '../../bff/rules/index.ts'
import { day, HOUR, iso, ms } from './build.ts'

const STARTS: readonly [zone: string, date: string, start: string, before: string, why: string][] = [
  ['UTC', '2026-11-21', '2026-11-21T00:00Z', '2026-11-20', 'at midnight'],
  ['Etc/UTC', '2026-11-21', '2026-11-21T00:00Z', '2026-11-20', 'at midnight, by another name'],
  ['UTC', '1969-12-31', '1969-12-31T00:00Z', '1969-12-30', 'before 1970'],
  ['UTC', '2028-02-29', '2028-02-29T00:00Z', '2028-02-28', 'on a leap day'],
  ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00Z', '2026-03-28', 'on the date of summer time'],
  ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00Z', '2026-03-29', 'after a date of 23 hours'],
  ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00Z', '2026-10-25', 'after a date of 25 hours'],
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00Z', '2018-11-03', 'at one, where midnight is skipped'],
  ['America/Sao_Paulo', '2018-11-05', '2018-11-05T02:00Z', '2018-11-04', 'at midnight again on the next date'],
  ['Africa/Cairo', '2010-04-30', '2010-04-29T22:00Z', '2010-04-29', 'at one, where midnight is skipped'],
  ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00Z', '2023-04-27', 'at one, as summer time came back'],
  ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00Z', '2024-03-30', 'at one, where midnight is skipped'],
  ['America/Santiago', '2023-09-03', '2023-09-03T04:00Z', '2023-09-02', 'at one, where midnight is skipped'],
  ['America/Havana', '2026-03-08', '2026-03-08T05:00Z', '2026-03-07', 'at one, where midnight is skipped'],
  ['America/Havana', '2026-11-01', '2026-11-01T04:00Z', '2026-10-31', 'at the first of two midnights'],
  ['America/St_Johns', '2010-11-07', '2010-11-07T02:30Z', '2010-11-06', 'at the first of two midnights, a date apart'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30Z', '2026-10-03', 'on a date of 23.5 hours'],
  ['Australia/Lord_Howe', '2026-10-05', '2026-10-04T13:00Z', '2026-10-04', 'after a date of 23.5 hours'],
  ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15Z', '2025-12-31', 'at a quarter past in UTC'],
  ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00Z', '2025-12-31', 'furthest ahead of UTC'],
  ['Etc/GMT+12', '2026-01-01', '2026-01-01T12:00Z', '2025-12-31', 'furthest behind UTC'],
  ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00Z', '2011-12-28', 'before the date that was left out'],
  ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00Z', '2011-12-29', 'after the date that was left out'],
]
for (const [zone, date, start, before, why] of STARTS) {
  test(`${date} begins in ${zone} ${why}`, () => {
    assert.equal(iso(startOfDay(day(date), zone)), start)
    assert.equal(formatDay(dayOf(ms(start), zone)), date)
    assert.equal(formatDay(dayOf(ms(start) - 1, zone)), before)
    assert.equal(formatDay(dayOf(ms(start) + 12 * HOUR, zone)), date)
  })
}

test('a date that the zone left out begins where the next one does', () => {
  assert.equal(startOfDay(day('2011-12-30'), 'Pacific/Apia'), startOfDay(day('2011-12-31'), 'Pacific/Apia'))
})

test('in the hour after a midnight that comes twice the date does not step back', () => {
  const times = ['T02:29Z', 'T02:30Z', 'T02:31Z', 'T03:29Z', 'T03:30Z']
  const dates = times.map((time) => formatDay(dayOf(ms(`2010-11-07${time}`), 'America/St_Johns')))
  assert.deepEqual(dates, ['2010-11-06', '2010-11-07', '2010-11-07', '2010-11-07', '2010-11-07'])
})

test('answers stay the same when more dates were asked for than are remembered', () => {
  const ask = (): number[] => [0, 20_500, 41_000].map((one) => startOfDay(one, 'Asia/Kathmandu'))
  const before = ask()
  for (let one = 0; one < 20_100; one += 1) startOfDay(one, 'Asia/Kathmandu')
  assert.deepEqual(ask(), before)
})

test('an instant that is none is refused, not answered', () => {
  assert.throws(() => dayOf(NaN, 'Europe/Berlin'), RangeError)
  assert.throws(() => startOfDay(0, 'Nowhere/City'), RangeError)
})

const DATES: readonly [text: string, valid: boolean][] = [
  ['2026-11-21', true], ['1970-01-01', true], ['1969-12-31', true], ['2028-02-29', true], ['2000-02-29', true],
  ['2026-02-29', false], ['1900-02-29', false], ['2026-02-30', false], ['2026-04-31', false], ['2026-13-01', false],
  ['2026-00-01', false], ['2026-01-00', false], ['2026-01-32', false], ['2026-1-1', false], ['26-01-01', false], ['', false],
  [' 2026-01-01', false], ['2026-01-01T00:00Z', false], ['2026-01-01\n', false], ['+002026-01-01', false],
  ['+012026-01', false], ['２０２６-01-01', false], ['tomorrow', false],
]
for (const [text, valid] of DATES) {
  test(`${JSON.stringify(text)} is ${valid ? 'a' : 'no'} date`, () => {
    const parsed = parseDay(text)
    assert.equal(parsed === null ? null : formatDay(parsed), valid ? text : null)
  })
}

test('dates count from 1970-01-01', () => {
  assert.deepEqual(['1970-01-01', '1970-01-02', '1969-12-31', '2026-11-21'].map(parseDay), [0, 1, -1, 20778])
})

const ZONES: readonly [name: string, known: boolean][] = [
  ['UTC', true], ['Europe/Berlin', true], ['America/Argentina/Buenos_Aires', true], ['Etc/GMT+12', true], ['Asia/Calcutta', true],
  ['', false], [' UTC', false], ['Nowhere/City', false], ['+01:00', false], ['-05', false], ['05:30', false], ['Berlin', false],
  ['__proto__', false], ['Europe/Berlin; drop table', false],
]
for (const [name, known] of ZONES) {
  test(`${JSON.stringify(name)} is ${known ? 'a' : 'no'} time zone`, () => assert.equal(isTimeZone(name), known))
}

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  coverNow, dayOf, endOfDaysAfter, KINDS, latestGrant, licenseAt, startOfDay, termFrom, type Grant, type Term, type UndoGrant,
} from '../../bff/rules/index.ts'
import { DAY } from './build.ts'
import { begunCases, cases, type Case } from './ledgers.ts'
import { check, instants, wallStart, zones } from './zones.ts'

const lengths = fc.integer({ min: 1, max: 800 })
const zonedInstants = zones.chain((zone) => fc.tuple(fc.constant(zone), instants(zone)))

/** Whether a zone has a date at all: Samoa left one out. */
const exists = (day: number, zone: string): boolean => startOfDay(day, zone) < startOfDay(day + 1, zone)

function redeem({ grants, zone, now }: Case, days: number): Term {
  return termFrom(coverNow(grants, now), days, zone, now)
}

test('a fresh term begins now and is valid through the whole of its last date, by Intl too', () => {
  check(fc.property(zonedInstants, lengths, ([zone, now], days) => {
    const term = termFrom(null, days, zone, now)
    const today = dayOf(now, zone)
    assert.deepEqual(term, { from: now, to: wallStart(today + days + 1, zone), lastDay: today + days })
    fc.pre(exists(term.lastDay, zone))
    assert.equal(dayOf(term.to - 1, zone), term.lastDay)
    assert.equal(dayOf(term.to, zone), dayOf(startOfDay(term.lastDay + 1, zone), zone))
  }), 800)
})

test('no instant of a date gives less than another: terms begun on one date end together', () => {
  check(fc.property(zonedInstants, lengths, ([zone, now], days) => {
    const today = dayOf(now, zone)
    const [first, last] = [startOfDay(today, zone), startOfDay(today + 1, zone) - 1]
    assert.equal(termFrom(null, days, zone, first).to, termFrom(null, days, zone, last).to)
    assert.equal(endOfDaysAfter(now, days, zone), termFrom(null, days, zone, now).to)
  }), 400)
})

test('two terms one after the other end where one of both lengths does', () => {
  check(fc.property(zonedInstants, lengths, lengths, ([zone, now], one, other) => {
    const first = termFrom(null, one, zone, now)
    fc.pre(exists(first.lastDay, zone))
    const renewed = termFrom({ from: now, to: first.to, grants: [] }, other, zone, now)
    assert.deepEqual({ ...renewed, from: now }, termFrom(null, one + other, zone, now))
  }), 500)
})

test('renewing keeps every day: the days remaining grow by the term, and the start stays', () => {
  check(fc.property(begunCases, lengths, fc.constantFrom(...KINDS), (one, days, kind) => {
    const before = licenseAt(one.grants, one.zone, one.now, one.within)
    const { from, to, lastDay } = redeem(one, days)
    fc.pre(exists(lastDay, one.zone))
    const after = licenseAt([...one.grants, { kind, from, to, undone: false }], one.zone, one.now, one.within)
    const covered = before.status !== 'none' && before.status !== 'expired'
    assert.equal(after.daysRemaining, (covered ? before.daysRemaining ?? NaN : 0) + days)
    assert.equal(after.expiresAt, to)
    assert.equal(from, covered ? before.expiresAt : one.now)
    if (covered) assert.equal(after.startsAt, before.startsAt)
  }), 600)
})

test('redeeming moves no cover that begins later', () => {
  check(fc.property(cases, lengths, (one, days) => {
    const before = licenseAt(one.grants, one.zone, one.now, one.within)
    const { from } = redeem(one, days)
    assert.equal(from, before.status === 'none' || before.status === 'expired' ? one.now : before.expiresAt)
  }), 300)
})

test('undoing the last redemption gives exactly the licence before, at every instant', () => {
  check(fc.property(begunCases, lengths, fc.constantFrom(0, 1, 40), (one, days, later) => {
    const { from, to } = redeem(one, days)
    const ledger = one.grants.map((grant): Grant & UndoGrant => ({ ...grant, at: grant.from, voucherId: null }))
    const renewed = [...ledger, { kind: 'standard' as const, from, to, undone: false, at: one.now, voucherId: 'v' }]
    const latest = latestGrant(renewed)
    assert.equal(latest, renewed.at(-1))
    const undone = renewed.map((grant) => grant === latest ? { ...grant, undone: true } : grant)
    for (const now of [one.now, one.now + later * DAY, from, to]) {
      assert.deepEqual(licenseAt(undone, one.zone, now, one.within), licenseAt(one.grants, one.zone, now, one.within))
    }
  }), 300)
})

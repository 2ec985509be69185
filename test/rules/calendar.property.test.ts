import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { dayOf, formatDay, parseDay, startOfDay } from '../../bff/rules/index.ts'
import { DAY, HOUR } from './build.ts'
import { check, days, instants, wallDay, wallStart, zones } from './zones.ts'

const zonedDays = fc.tuple(zones, days)
const zonedInstants = zones.chain((zone) => fc.tuple(fc.constant(zone), instants(zone)))

test('a date starts where the clocks of Intl first show it', () => {
  check(fc.property(zonedDays, ([zone, day]) => { assert.equal(startOfDay(day, zone), wallStart(day, zone)) }), 1500)
})

test('around every change of the clocks dates start where Intl shows it', () => {
  const restless = [
    'America/Sao_Paulo', 'Africa/Cairo', 'America/Havana', 'America/St_Johns', 'Asia/Gaza', 'Australia/Lord_Howe', 'Pacific/Apia',
  ]
  for (const zone of restless) {
    for (let day = Date.UTC(2005, 0) / DAY; day < Date.UTC(2025, 0) / DAY; day += 1) {
      if (startOfDay(day + 1, zone) - startOfDay(day, zone) === DAY) continue
      for (const near of [day, day + 1]) assert.equal(startOfDay(near, zone), wallStart(near, zone), `${formatDay(near)} ${zone}`)
    }
  }
})

test('the first instant of a date lies in it (in the next, where the zone left it out), the one before does not', () => {
  check(fc.property(zonedDays, ([zone, day]) => {
    const start = startOfDay(day, zone)
    const exists = start < startOfDay(day + 1, zone)
    assert.equal(dayOf(start, zone), exists ? day : day + 1)
    assert.ok(dayOf(start - 1, zone) < day)
  }), 1500)
})

test('an instant lies between the start of its date and that of the next', () => {
  check(fc.property(zonedInstants, ([zone, instant]) => {
    const day = dayOf(instant, zone)
    assert.ok(startOfDay(day, zone) <= instant && instant < startOfDay(day + 1, zone))
  }), 1500)
})

test('the date of an instant is that of the clock on the wall, but in the hour after a midnight that comes twice', () => {
  check(fc.property(zonedInstants, ([zone, instant]) => {
    const [day, wall] = [dayOf(instant, zone), wallDay(instant, zone)]
    if (day === wall) return
    const start = startOfDay(day, zone)
    assert.equal(wall, day - 1)
    assert.ok(wallDay(start, zone) === day && instant - start < HOUR)
  }), 3000)
})

test('dates never step back', () => {
  check(fc.property(zonedInstants, fc.integer({ min: 0, max: 3 * DAY }), ([zone, instant], later) => {
    assert.ok(dayOf(instant, zone) <= dayOf(instant + later, zone))
  }), 1000)
})

test('a date is read as it is written', () => {
  check(fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (day) => { assert.equal(parseDay(formatDay(day)), day) }), 500)
})

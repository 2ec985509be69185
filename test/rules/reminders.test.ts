import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dayOf, startOfDay, timeOfDay } from '../../bff/rules/calendar.ts'
import { DEFAULT_POLICY } from '../../bff/rules/policy.ts'
import { endsReached, reminderDay, rungDue } from '../../bff/rules/reminders.ts'

const ZONES = ['Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia'] as const
const [HOUR, LADDER] = [DEFAULT_POLICY.reminderHour, DEFAULT_POLICY.reminderDays]
/** Before the change to summer time in Berlin. */
const FIRST = Date.UTC(2027, 1, 20) / 86_400_000

/** A grace period of 60 days that began at noon of the first day. */
function graceIn(zone: string): { expiresAt: number; since: number } {
  return { expiresAt: startOfDay(FIRST + 61, zone), since: timeOfDay(FIRST, '12:00', zone) }
}

suite('the ladder', () => {
  for (const zone of ZONES) {
    test(`of 60 days of grace, day by day, in ${zone}`, () => {
      const told: [left: number, rung: number][] = []
      for (let day = FIRST; day <= FIRST + 70; day += 1) {
        const rung = rungDue(graceIn(zone), DEFAULT_POLICY, zone, { after: day - 1, through: day })
        if (rung !== null) told.push([FIRST + 60 - day, rung])
      }
      assert.deepEqual(told, LADDER.map((rung) => [rung, rung]))
    })
  }

  const grace = graceIn('Europe/Berlin')
  const rows: readonly [why: string, since: number, after: number, through: number, rung: number | null][] = [
    ['after an outage, the most urgent one that was missed alone', grace.since, 20, 54, 7],
    ['after an outage to the end, that it has expired', grace.since, 20, 90, -1],
    ['nothing where the day before had it', grace.since, 53, 54, null],
    ['nothing whose moment lies before the licence ends so', timeOfDay(FIRST + 53, HOUR, 'Europe/Berlin') + 1, 50, 54, null],
    ['what comes at that very moment', timeOfDay(FIRST + 53, HOUR, 'Europe/Berlin'), 50, 54, 7],
    ['nothing before the first rung', grace.since, 0, 29, null],
    ['the first rung on its day', grace.since, 0, 30, 30],
  ]
  for (const [why, since, after, through, rung] of rows) {
    test(`tells ${why}`, () => {
      assert.equal(rungDue({ ...grace, since }, DEFAULT_POLICY, 'Europe/Berlin', { after: FIRST + after, through: FIRST + through }), rung)
    })
  }

  test('has gone out from its hour on, not a moment before', () => {
    for (const zone of ZONES) {
      const at = timeOfDay(FIRST, HOUR, zone)
      assert.deepEqual([reminderDay(at - 1, HOUR, zone), reminderDay(at, HOUR, zone)], [FIRST - 1, FIRST])
    }
  })

  test('finds exactly the ends that reach a rung, in intervals apart from each other', () => {
    for (const zone of ZONES) {
      for (const [after, through] of [[0, 1], [0, 3], [5, 40]] as const) {
        const dates = { after: FIRST + after, through: FIRST + through }
        const ends = endsReached(LADDER, zone, dates)
        ends.slice(1).forEach((one, index) => { assert.ok(one.after > (ends[index]?.until ?? 0)) })
        for (let day = FIRST - 5; day <= FIRST + 80; day += 1) {
          const expiresAt = startOfDay(day + 1, zone)
          const reached = LADDER.some((rung) => dayOf(expiresAt - 1, zone) - rung > dates.after && dayOf(expiresAt - 1, zone) - rung <= dates.through)
          assert.equal(ends.some((one) => expiresAt > one.after && expiresAt <= one.until), reached, `${zone} ${day - FIRST}`)
        }
      }
    }
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { bringLegacy } from '../grace/legacy.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'

/** Each changes to or from summer time within the walk: on 28 March, 14 March and 4 April. */
const ZONES = ['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland'] as const
const FIRST = Temporal.PlainDate.from('2027-02-20')
const MINUTE_MS = 60_000

/** When a date has a local time. */
function at(date: Temporal.PlainDate, time: string, timeZone: string): number {
  return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
}

onEveryEngine('60 days of grace, day by day', (world, engine) => {
  // One engine walks every day; the others show that they see the days that count, and the days beside them.
  const counts = [0, 29, 30, 31, 45, 46, 47, 53, 57, 59, 60, 61, 62]
  const days = engine === 'sqlite' ? Array.from({ length: 70 }, (_, day) => day) : counts
  for (const zone of ZONES) {
    test(`are reminded of at nine o'clock in ${zone}, not a minute before, whatever the clocks do`, async () => {
      const desk = await Desk.open(world(), { zone, at: new Date(at(FIRST, '12:00', zone)).toISOString() })
      await world().bff.reminders.run()
      await bringLegacy(desk, [desk.member.subject ?? '', 'pump-1', 'W', 'S'])
      assert.equal((await world().ask(desk.member, 'POST', '/v1/grace')).body['started'], 1)
      const told: [left: number, rung: number][] = []
      let early = 0
      for (const day of days) {
        const nine = at(FIRST.add({ days: day }), '09:00', zone)
        early += (await world().bff.reminders.run({ at: nine - MINUTE_MS })).decided
        const { decided } = await world().bff.reminders.run({ at: nine })
        const rows = await world().database.db.selectFrom('reminders').select('rung').where('workspace_id', '=', desk.workspace).where('decided_at', '=', nine).execute()
        assert.equal(rows.length, decided)
        for (const { rung } of rows) told.push([60 - day, rung])
      }
      assert.equal(early, 0)
      assert.deepEqual(told, [30, 14, 7, 3, 1, 0, -1].map((rung) => [rung, rung]))
    })
  }
})

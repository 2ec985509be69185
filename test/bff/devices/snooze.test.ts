import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type As, onEveryEngine } from '../engines.ts'
import type { Summary } from '../grace/legacy.ts'
import { Desk } from '../vouchers/desk.ts'

const FORMER = { firstDay: '2026-01-01' }

onEveryEngine('a warning that a person has snoozed', (world) => {
  const snooze = (desk: Desk, kind = 'expired', as: As = desk.member) => world().ask<{ kind: string; until: string }>(as, 'POST', `/v1/alerts/${kind}/snooze`)
  const until = async (desk: Desk, as: As = desk.member): Promise<Summary['snoozedUntil']> => (await world().ask<Summary>(as, 'GET', '/v1/summary')).body.snoozedUntil

  test('stays away from that person alone until the date seven days later begins', async () => {
    const desk = await Desk.open(world())
    await desk.sell({ ...FORMER, lastDay: '2026-06-30' })
    assert.deepEqual((await snooze(desk)).body, { kind: 'expired', until: '2026-11-27T23:00:00.000Z' })
    assert.deepEqual(await until(desk), { expired: '2026-11-27T23:00:00.000Z', expiring: null, grace: null })
    assert.equal((await until(desk, desk.admin)).expired, null)
    world().now = Date.parse('2026-11-27T23:00:00Z') - 1
    assert.notEqual((await until(desk)).expired, null)
    world().now += 1
    assert.equal((await until(desk)).expired, null)
  })

  test('returns when it counts more, also when it counted fewer in between', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b', 'c'] })
    for (const device of ['a', 'b']) await desk.sell({ ...FORMER, device, lastDay: '2026-06-30' })
    await snooze(desk)
    await desk.sell({ ...FORMER, device: 'c', lastDay: '2026-06-30' })
    assert.equal((await until(desk)).expired, null)
    await snooze(desk)
    await desk.redeem(await desk.code(), 'a')
    assert.notEqual((await until(desk)).expired, null)
    await desk.undo('a')
    assert.equal((await until(desk)).expired, null)
  })

  for (const [left, from, reached] of [
    // Days that remain on 21 November, when it is snoozed, and the instant from which a rung (30, 14, 7, 3, 1, 0) is reached.
    [16, '2026-11-23T08:00:00.000Z', true], [12, '2026-11-26T08:00:00.000Z', true], [22, '2026-11-27T22:59:59.999Z', false],
  ] as const) {
    test(`with ${left} days left ${reached ? `returns at ${from}, when a reminder is due` : 'stays away, as no reminder is due'}`, async () => {
      const desk = await Desk.open(world())
      const lastDay = new Date(Date.UTC(2026, 10, 21 + left)).toISOString().slice(0, 10)
      await desk.sell({ ...FORMER, lastDay })
      await snooze(desk, 'expiring')
      world().now = Date.parse(from) - 1
      assert.notEqual((await until(desk)).expiring, null)
      world().now += 1
      assert.equal((await until(desk)).expiring === null, reached)
    })
  }

  test('of expired licences returns the day after one has ended, at the hour of reminders', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    await desk.sell({ ...FORMER, device: 'a', lastDay: '2026-06-30' })
    await desk.sell({ ...FORMER, device: 'b', lastDay: '2026-11-20' })
    world().now = Date.parse('2026-11-20T23:30:00Z')
    await snooze(desk)
    world().now = Date.parse('2026-11-21T08:00:00Z') - 1
    assert.notEqual((await until(desk)).expired, null)
    world().now += 1
    assert.equal((await until(desk)).expired, null)
  })

  test('is snoozed by members, for warnings that there are', async () => {
    const desk = await Desk.open(world())
    assert.equal((await snooze(desk, 'expired', desk.viewer)).status, 403)
    assert.equal((await snooze(desk, 'nothing')).status, 404)
  })
})

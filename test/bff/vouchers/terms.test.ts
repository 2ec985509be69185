import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { Desk, verdict } from './desk.ts'

/** Worked by hand: zone, instant, days of the voucher, last day and the instant at which it is over. */
const TERMS: [why: string, zone: string, at: string, days: number, lastDay: string, to: string][] = [
  ['an ordinary year', 'Europe/Berlin', '2026-11-21T09:30Z', 365, '2027-11-21', '2027-11-21T23:00:00.000Z'],
  ['a year with a leap day', 'Europe/Berlin', '2027-03-01T12:00Z', 365, '2028-02-29', '2028-02-29T23:00:00.000Z'],
  ['the last ms of a date', 'Europe/Berlin', '2026-11-21T22:59:59.999Z', 10, '2026-12-01', '2026-12-01T23:00:00.000Z'],
  ['the first instant of a date', 'Europe/Berlin', '2026-11-21T23:00:00.000Z', 10, '2026-12-02', '2026-12-02T23:00:00.000Z'],
  ['a day of 23 hours', 'Europe/Berlin', '2027-03-27T12:00Z', 1, '2027-03-28', '2027-03-28T22:00:00.000Z'],
  ['a day of 25 hours', 'Europe/Berlin', '2027-10-30T12:00Z', 1, '2027-10-31', '2027-10-31T23:00:00.000Z'],
  ['an end before midnight is skipped', 'Africa/Cairo', '2027-04-28T12:00Z', 1, '2027-04-29', '2027-04-29T22:00:00.000Z'],
  ['an end after midnight was skipped', 'Africa/Cairo', '2027-04-28T12:00Z', 2, '2027-04-30', '2027-04-30T21:00:00.000Z'],
  ['a start in a date without midnight', 'America/Santiago', '2027-09-05T04:00Z', 1, '2027-09-06', '2027-09-07T03:00:00.000Z'],
  ['an end where midnight comes twice', 'America/Havana', '2027-11-05T12:00Z', 1, '2027-11-06', '2027-11-07T04:00:00.000Z'],
  ['a change of half an hour', 'Australia/Lord_Howe', '2027-04-03T00:00Z', 1, '2027-04-04', '2027-04-04T13:30:00.000Z'],
  ['a quarter of an hour off', 'Asia/Kathmandu', '2026-11-21T18:14:59.999Z', 30, '2026-12-21', '2026-12-21T18:15:00.000Z'],
  ['14 hours ahead', 'Pacific/Kiritimati', '2026-11-21T10:00Z', 1, '2026-11-23', '2026-11-23T10:00:00.000Z'],
  ['12 hours behind', 'Etc/GMT+12', '2026-11-21T11:59Z', 1, '2026-11-21', '2026-11-22T12:00:00.000Z'],
]

/** A voucher of 10 days on a licence that ends at 2026-12-21T23:00Z, once the workspace has moved. */
const MOVES: [zone: string, lastDay: string, to: string][] = [
  ['Europe/Berlin', '2026-12-31', '2026-12-31T23:00:00.000Z'],
  ['America/New_York', '2026-12-31', '2027-01-01T05:00:00.000Z'],
  ['Asia/Tokyo', '2027-01-01', '2027-01-01T15:00:00.000Z'],
  ['UTC', '2026-12-31', '2027-01-01T00:00:00.000Z'],
]

onEveryEngine('a licence by voucher', (world) => {
  for (const [why, zone, at, days, lastDay, to] of TERMS) {
    test(`is right to the day: ${why} (${zone}, ${at}, ${days} days)`, async () => {
      const desk = await Desk.open(world(), { zone, at })
      const { body: { grant, license } } = await desk.redeem(await desk.code({ days }))
      assert.deepEqual([grant.from, grant.to], [new Date(at).toISOString(), to])
      assert.deepEqual([license.lastDay, license.expiresAt, license.timeZone], [lastDay, to, zone])
      world().now = Date.parse(to) - 1
      assert.deepEqual((({ status, daysRemaining }) => [status, daysRemaining])(await desk.license()), ['expiring', 0])
      world().now = Date.parse(to)
      assert.equal((await desk.license()).status, 'expired')
    })
  }

  test('ends in the year 9998 at the latest, and a voucher that could add nothing stays unused', async () => {
    const desk = await Desk.open(world(), { zone: 'Etc/GMT+12' })
    assert.equal(await desk.sell({ firstDay: '2026-01-01', lastDay: '9998-12-30' }), 200)
    const [last, more] = [await desk.issue({ days: 36_500 }), await desk.issue({ days: 1 })]
    const seen = await desk.preview(last.code)
    const done = await desk.redeem(last.code)
    assert.deepEqual([seen.body.lastDay, seen.body.daysAdded], ['9998-12-31', 1])
    assert.deepEqual([done.body.license.lastDay, done.body.grant.to], ['9998-12-31', '9999-01-01T12:00:00.000Z'])
    assert.deepEqual([verdict(await desk.preview(more.code)), verdict(await desk.redeem(more.code))], ['422 invalid', '422 invalid'])
    await desk.moveTo('Pacific/Kiritimati')
    assert.equal((await desk.license()).lastDay, '9999-01-02')
    assert.deepEqual([verdict(await desk.redeem(more.code)), (await desk.license()).ledger.length], ['422 invalid', 2])
    await desk.moveTo('Etc/GMT+12')
    assert.equal(verdict(await desk.undo()), '200 ok')
    assert.equal(verdict(await desk.redeem(more.code)), '200 renewed')
    assert.deepEqual(await world().database.db.selectFrom('attempts').select('id').execute(), [])
  })

  test('loses nothing by a change of the clocks between its terms', async () => {
    const desk = await Desk.open(world(), { at: '2027-03-20T20:00Z' })
    for (const code of await desk.codes(10, { days: 1 })) await desk.redeem(code)
    const { lastDay, ledger } = await desk.license()
    assert.equal(lastDay, '2027-03-30')
    assert.deepEqual(ledger.slice(1).map((grant) => grant.from), ledger.slice(0, -1).map((grant) => grant.to))
  })

  for (const [zone, lastDay, to] of MOVES) {
    test(`is renewed by dates of ${zone} once the workspace is there, and what stood before does not move`, async () => {
      const desk = await Desk.open(world())
      const first = await desk.redeem(await desk.code({ days: 30 }))
      assert.equal(await desk.moveTo(zone), 200)
      const { body } = await desk.redeem(await desk.code({ days: 10 }))
      assert.deepEqual([body.grant.from, body.grant.to, body.license.lastDay], [first.body.grant.to, to, lastDay])
      assert.deepEqual((await desk.license()).ledger[0], first.body.grant)
    })
  }
})

onEveryEngine('renewing early', (world) => {
  for (const kind of ['standard', 'trial', 'grace'] as const) {
    test(`out of ${kind} loses nothing of it`, async () => {
      const desk = await Desk.open(world())
      assert.equal(await desk.sell({ kind, firstDay: '2026-11-01', lastDay: '2026-12-30' }), 200)
      const before = await desk.license()
      assert.deepEqual([before.type, before.status, before.daysRemaining], [kind, kind === 'grace' ? 'grace' : 'active', 39])
      const { body: { outcome, grant, license } } = await desk.redeem(await desk.code({ days: 100 }))
      assert.deepEqual([outcome, grant.from, license.status, license.type], ['renewed', '2026-12-30T23:00:00.000Z', 'active', 'standard'])
      assert.deepEqual([license.daysRemaining, license.lastDay, license.startsAt], [139, '2027-04-09', before.startsAt])
    })
  }

  test('out of grace that ends soon brings the status back to active', async () => {
    const desk = await Desk.open(world())
    await desk.sell({ firstDay: '2026-01-01', lastDay: '2026-11-15' }, { kind: 'grace', firstDay: '2026-11-16', lastDay: '2026-12-01' })
    assert.deepEqual((({ status, expiringSoon }) => [status, expiringSoon])(await desk.license()), ['grace', true])
    const { body: { license } } = await desk.redeem(await desk.code({ days: 22 }))
    assert.deepEqual([license.status, license.expiringSoon, license.lastDay, license.daysRemaining], ['active', false, '2026-12-23', 32])
  })
})

onEveryEngine('a cover that begins later', (world) => {
  /** A desk with an imported cover from 2027-01-10 to 2027-03-10, seen from November. */
  const open = async (): Promise<Desk> => {
    const desk = await Desk.open(world())
    desk.now = '2027-02-01T00:00Z'
    assert.equal(await desk.sell({ firstDay: '2027-01-10', lastDay: '2027-03-10' }), 200)
    desk.now = '2026-11-21T09:30Z'
    assert.equal((await desk.license()).status, 'none')
    return desk
  }

  test('is neither waited for nor moved', async () => {
    const desk = await open()
    const { ledger: [imported] } = await desk.license()
    const { body: { outcome, grant, license } } = await desk.redeem(await desk.code({ days: 30 }))
    assert.deepEqual([outcome, grant.from, license.expiresAt], ['activated', '2026-11-21T09:30:00.000Z', '2026-12-21T23:00:00.000Z'])
    assert.deepEqual((await desk.license()).ledger[0], imported)
    const seen = []
    for (const at of ['2026-12-21T22:59Z', '2026-12-21T23:00Z', '2027-01-09T22:59Z', '2027-01-09T23:00Z', '2027-03-10T23:00Z']) {
      desk.now = at
      seen.push((await desk.license()).status)
    }
    assert.deepEqual(seen, ['expiring', 'expired', 'expired', 'active', 'expired'])
  })

  test('is one with a term that reaches it, and then renewing begins at its end', async () => {
    const desk = await open()
    const long = await desk.code({ days: 60 })
    assert.equal((await desk.preview(long)).body.lastDay, '2027-03-10')
    const { body } = await desk.redeem(long)
    assert.deepEqual([body.grant.to, body.license.lastDay], ['2027-01-20T23:00:00.000Z', '2027-03-10'])
    const next = await desk.redeem(await desk.code({ days: 5 }))
    assert.deepEqual([verdict(next), next.body.grant.from, next.body.license.lastDay], ['200 renewed', '2027-03-10T23:00:00.000Z', '2027-03-15'])
  })
})

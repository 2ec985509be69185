import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { BESIDES, dump } from '../ledger/tables.ts'
import { Desk, type Told, verdict } from './desk.ts'
import type { Answered } from '../engines.ts'

/** What the licence was before the voucher that is undone. */
const BEFORE: Record<string, (desk: Desk) => Promise<unknown>> = {
  'no licence': async () => {},
  'one by voucher': async (desk) => desk.redeem(await desk.code({ days: 20 })),
  'one that has expired': (desk) => desk.sell({ firstDay: '2025-01-01', lastDay: '2025-12-31' }),
  'a trial': (desk) => desk.sell({ kind: 'trial', firstDay: '2026-11-01', lastDay: '2026-12-24' }),
  'grace': (desk) => desk.sell({ kind: 'grace', firstDay: '2026-11-01', lastDay: '2026-12-24' }),
}

/** Zone, instant of redeeming, days of undoing: from when it is too late. */
const UNTIL: [zone: string, at: string, undoDays: number, until: string][] = [
  ['Europe/Berlin', '2026-11-21T09:30:00.000Z', 7, '2026-11-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-11-21T22:59:59.999Z', 7, '2026-11-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-11-21T23:00:00.000Z', 7, '2026-11-29T23:00:00.000Z'],
  ['Europe/Berlin', '2027-03-24T12:00:00.000Z', 7, '2027-03-31T22:00:00.000Z'],
  ['Africa/Cairo', '2027-04-22T12:00:00.000Z', 7, '2027-04-29T22:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-21T10:00:00.000Z', 7, '2026-11-29T10:00:00.000Z'],
  ['Europe/Berlin', '2026-11-21T09:30:00.000Z', 0, '2026-11-21T23:00:00.000Z'],
]

function assertImpossible(answer: Answered<Told>, reason: string): void {
  assert.deepEqual([verdict(answer), answer.body.reason, answer.body.remedy], ['409 undo-not-possible', reason, 'contact'])
}

onEveryEngine('undoing', (world) => {
  for (const [what, arrange] of Object.entries(BEFORE)) {
    test(`brings exactly the licence back that was there: ${what}`, async () => {
      const desk = await Desk.open(world())
      await arrange(desk)
      const before = await desk.license()
      const { body: { grant } } = await desk.redeem(await desk.code({ days: 90 }))
      const undone = await desk.undo()
      assert.equal(verdict(undone), '200 ok')
      const { ledger, ...after } = await desk.license()
      assert.deepEqual({ ...after, ledger: ledger.slice(0, -1) }, before)
      assert.deepEqual(undone.body.license, after)
      const [marked, member] = [ledger.at(-1), await world().ask<{ person: { id: string } }>(desk.admin, 'GET', '/v1/me')]
      assert.deepEqual(marked, { ...grant, undoneAt: '2026-11-21T09:30:00.000Z', undoneBy: member.body.person.id })
      assert.deepEqual(undone.body.grant, marked)
    })
  }

  for (const [zone, at, undoDays, until] of UNTIL) {
    test(`of what was redeemed at ${at} in ${zone} is possible for ${undoDays} days: before ${until}`, async () => {
      for (const [offset, expected] of [[-1, '200 ok'], [0, '409 undo-not-possible'], [1, '409 undo-not-possible']] as const) {
        const desk = await Desk.open(world(), { zone, at })
        if (undoDays === 0) await desk.place('pump-1', 'X0')
        await desk.redeem(await desk.code())
        world().now = Date.parse(until) + offset
        assert.equal((await desk.license()).actions.includes('undo'), offset < 0)
        const answer = await desk.undo()
        assert.equal(verdict(answer), expected)
        if (offset >= 0) assertImpossible(answer, 'too-late')
      }
    })
  }

  test('takes redemptions back one after another, the latest first', async () => {
    const desk = await Desk.open(world())
    for (const code of await desk.codes(3, { days: 10 })) await desk.redeem(code)
    const seen = []
    for (let time = 0; time < 4; time += 1) seen.push(verdict(await desk.undo()), (await desk.license()).lastDay)
    assert.deepEqual(seen, ['200 ok', '2026-12-11', '200 ok', '2026-12-01', '200 ok', null, '409 undo-not-possible', null])
    assertImpossible(await desk.undo(), 'no-grant')
  })

  test('is for admins, and only they are shown it', async () => {
    const desk = await Desk.open(world())
    await desk.redeem(await desk.code())
    assert.deepEqual((await desk.license('pump-1', desk.member)).actions, ['renew', 'contact'])
    for (const as of [desk.member, desk.viewer]) assert.equal(verdict(await desk.undo('pump-1', as)), '403 role-required')
    assert.deepEqual((await desk.license()).actions, ['renew', 'undo', 'contact'])
    assert.equal(verdict(await desk.undo()), '200 ok')
  })

  test('reaches no device that is unknown or of another workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world(), { devices: ['theirs'] })]
    await other.redeem(await other.code(), 'theirs')
    const [unknown, foreign] = [await desk.undo('nowhere'), await desk.undo('theirs')]
    assert.deepEqual([unknown.status, unknown.body.code, foreign.body], [404, 'device-not-found', unknown.body])
    assert.equal((await other.license('theirs')).status, 'active')
  })

  test('runs out without a reload: refreshAt of an admin covers its end, that of others does not', async () => {
    const desk = await Desk.open(world())
    await desk.redeem(await desk.code({ days: 1 }))
    desk.now = '2026-11-24T12:00Z'
    assert.deepEqual([(await desk.license()).status, (await desk.license()).refreshAt], ['expired', '2026-11-28T23:00:00.000Z'])
    assert.equal((await desk.license('pump-1', desk.member)).refreshAt, null)
    desk.now = '2026-11-28T23:00Z'
    assert.deepEqual([(await desk.license()).refreshAt, (await desk.license()).actions], [null, ['renew', 'start-trial', 'contact']])
  })
}, { models: { X0: { undoDays: 0 } } })

/** What stands on the device, and why nothing of it can be undone. */
const LATEST: [name: string, expected: string, arrange: (desk: Desk) => Promise<unknown>][] = [
  ['nothing', 'no-grant', async () => {}],
  ['an imported trial', 'not-a-voucher', (desk) => desk.sell({ kind: 'trial', firstDay: '2026-11-01', lastDay: '2026-12-24' })],
  ['a voucher, and an import that begins later', 'not-a-voucher', async (desk) => {
    await desk.redeem(await desk.code({ days: 30 }))
    await desk.sell({ firstDay: '2026-12-01', lastDay: '2026-12-24' })
  }],
  ['two vouchers, and an import that begins with the second', 'not-a-voucher', async (desk) => {
    for (const code of await desk.codes(2, { days: 30 })) await desk.redeem(code)
    await desk.sell({ firstDay: '2026-12-22', lastDay: '2026-12-24' })
  }],
  ['a voucher, and an import that begins earlier', 'possible', async (desk) => {
    await desk.redeem(await desk.code({ days: 30 }))
    await desk.sell({ firstDay: '2026-11-21', lastDay: '2027-06-30' })
  }],
  ['a voucher of which one more was undone', 'possible', async (desk) => {
    for (const code of await desk.codes(2)) await desk.redeem(code)
    await desk.undo()
  }],
]

onEveryEngine('undoing takes the latest grant that counts,', (world) => {
  for (const [name, expected, arrange] of LATEST) {
    test(`which of ${name} is ${expected}`, async () => {
      const desk = await Desk.open(world())
      await arrange(desk)
      const before = await dump(world().database, BESIDES)
      const answer = await desk.undo()
      if (expected === 'possible') assert.equal(verdict(answer), '200 ok')
      else {
        assertImpossible(answer, expected)
        assert.deepEqual(await dump(world().database, BESIDES), before)
      }
    })
  }
})

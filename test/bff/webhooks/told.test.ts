import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { EVENT_TYPES, tell } from '../../../bff/ledger/facts.sql.ts'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { onEveryEngine } from '../engines.ts'
import { bringLegacy } from '../grace/legacy.ts'
import { dump } from '../ledger/tables.ts'
import { Desk } from '../vouchers/desk.ts'
import { type Event, LOOPBACK, makeWebhook, Receiver, verified } from './receiver.ts'

const VENDOR = { role: 'vendor' } as const

onEveryEngine('what webhooks tell', (world) => {
  let receiver: Receiver
  before(async () => {
    receiver = await Receiver.open()
    world().bff = world().make({}, { postWebhook: LOOPBACK })
  })
  after(() => { receiver.close() })

  const cases: [told: readonly string[], act: (desk: Desk) => Promise<unknown>][] = [
    [['voucher.redeemed', 'license.activated'], async (desk) => desk.redeem((await desk.codes(1))[0] ?? '')],
    [['trial.started'], async (desk) => desk.world.ask(desk.member, 'POST', '/v1/devices/pump-1/trial')],
    [['grace.started'], async (desk) => { await bringLegacy(desk, [desk.member.subject ?? '', 'pump-1', 'W', 'S']); return desk.world.ask(desk.member, 'POST', '/v1/devices/pump-1/grace') }],
    [['grace.started'], async (desk) => { await bringLegacy(desk, [desk.member.subject ?? '', 'pump-1', 'W', 'S']); return desk.world.ask(desk.member, 'POST', '/v1/grace') }],
    [['license.activated'], async (desk) => desk.sell({ firstDay: '2026-01-01', lastDay: '2027-06-30' })],
    [[], async (desk) => desk.sell({ firstDay: '2025-01-01', lastDay: '2025-06-30' })],
  ]
  for (const [told, act] of cases) {
    test(`${told.join(', ') || 'nothing'}, once, by its real route, to the workspace and to the seller`, async () => {
      const desk = await Desk.open(world())
      const admin = { role: 'admin', workspace: desk.workspace } as const
      const own = await makeWebhook(world(), admin, receiver.url(`/${desk.workspace}`), EVENT_TYPES)
      const sellers = await makeWebhook(world(), VENDOR, receiver.url(`/seller/${desk.workspace}`), EVENT_TYPES)
      await act(desk)
      await world().bff.webhooks.run()
      await world().bff.webhooks.run()
      for (const [{ secret }, path] of [[own, `/${desk.workspace}`], [sellers, `/seller/${desk.workspace}`]] as const) {
        const events = receiver.at(path).map((got) => verified(secret, got))
        assert.deepEqual(events.map(({ type }) => type).sort(), [...told].sort())
        for (const event of events) assertTold(event, desk.workspace)
      }
      await world().ask(VENDOR, 'DELETE', `/v1/vendor/webhooks/${sellers.id}`)
    })
  }

  function assertTold({ data, timestamp }: Event, workspace: string): void {
    const { license } = data
    assert.deepEqual([data.workspace, data.deviceId, data['serial']], [workspace, 'pump-1', `SN-${workspace}-pump-1`])
    assert.match(timestamp, /^2026-11-21T09:30:0\d\.\d{3}Z$/)
    assert.deepEqual(Object.keys(license).sort(), ['daysRemaining', 'expiresAt', 'expiringSoon', 'lastDay', 'startsAt', 'status', 'timeZone', 'type'])
    assert.ok(license['status'] === 'active' || license['status'] === 'grace')
  }

  test('that a licence was renewed and that this was undone, with ids and no code', async () => {
    const desk = await Desk.open(world())
    const admin = { role: 'admin', workspace: desk.workspace } as const
    const [first = '', second = ''] = await desk.codes(2)
    await desk.redeem(first)
    const { secret } = await makeWebhook(world(), admin, receiver.url(`/${desk.workspace}`), ['license.renewed', 'license.undone'])
    await desk.redeem(second)
    await desk.undo()
    await world().bff.webhooks.run()
    const got = receiver.at(`/${desk.workspace}`)
    assert.deepEqual(got.map((one) => verified(secret, one).type).sort(), ['license.renewed', 'license.undone'])
    for (const { body } of got) for (const code of [first, second]) assert.ok(!body.includes(code.slice(0, 12)), 'a code was told')
    assert.ok(got.some(({ body }) => body.includes(`"last4":"${second.slice(-4)}"`)))
  })

  test('to nobody who did not ask for it, and to no other workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const before = await dump(world().database)
    await desk.redeem((await desk.codes(1))[0] ?? '')
    const { webhook_events: none } = await dump(world().database)
    assert.deepEqual(none, before['webhook_events'], 'without a reader nothing is stored')
    await makeWebhook(world(), { role: 'admin', workspace: other.workspace }, receiver.url(`/${other.workspace}`), EVENT_TYPES)
    await makeWebhook(world(), { role: 'admin', workspace: desk.workspace }, receiver.url(`/${desk.workspace}`), ['trial.started'])
    await desk.redeem((await desk.codes(1))[0] ?? '')
    assert.deepEqual((await dump(world().database))['webhook_events'], none)
  })

  test('in as many transactions as a redemption has without them', async () => {
    const desk = await Desk.open(world())
    const begun = mock.method(world().database.db, 'transaction')
    const count = async (): Promise<number> => {
      const code = await desk.code()
      begun.mock.resetCalls()
      assert.equal((await desk.redeem(code)).status, 200)
      return begun.mock.callCount()
    }
    // The first one is also the first visit of who redeems.
    await count()
    const without = await count()
    await makeWebhook(world(), desk.admin, receiver.url(`/${desk.workspace}`), EVENT_TYPES)
    assert.equal(await count(), without)
    begun.mock.restore()
    await world().bff.webhooks.run()
    assert.deepEqual(receiver.at(`/${desk.workspace}`).length, 2)
  })

  test('nothing of a change that was rolled back, and what can happen once only once', async () => {
    const desk = await Desk.open(world())
    const { secret } = await makeWebhook(world(), { role: 'admin', workspace: desk.workspace }, receiver.url(`/${desk.workspace}`), ['reminders.no-recipient'])
    const fact = (once: string): Parameters<typeof tell>[2] => ({ type: 'reminders.no-recipient', workspace: desk.workspace, deviceId: null, data: () => ({ day: '2026-11-21' }), once })
    await assert.rejects(inTransaction(world().database, async (trx) => {
      await tell(trx, world().now, fact(`lost:${desk.workspace}`))
      throw new Error('no')
    }), /no/)
    for (let round = 0; round < 2; round += 1) await inTransaction(world().database, (trx) => tell(trx, world().now, fact(`day:${desk.workspace}`), fact(`day:${desk.workspace}`)))
    await world().bff.webhooks.run()
    const [got, ...more] = receiver.at(`/${desk.workspace}`)
    assert.ok(got !== undefined && more.length === 0)
    assert.deepEqual(verified(secret, got), { type: 'reminders.no-recipient', timestamp: '2026-11-21T09:30:00.000Z', data: { workspace: desk.workspace, day: '2026-11-21' } })
  })
})

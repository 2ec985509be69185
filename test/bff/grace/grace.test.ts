import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, type As, onEveryEngine } from '../engines.ts'
import { Desk, fresh, type Told, verdict } from '../vouchers/desk.ts'
import { bringLegacy, type Summary } from './legacy.ts'

const GRACE_POLICY = {
  graceOpenUntil: '2026-11-30', models: { LATE: { graceOpenUntil: '2027-02-28', graceDays: 10 }, EVER: { graceOpenUntil: null }, OVER: { graceOpenUntil: '2026-11-20' } },
}

function start(desk: Desk, device = 'pump-1', as: As = desk.member): Promise<Answered<Told>> {
  return desk.world.ask<Told>(as, 'POST', `/v1/devices/${device}/grace`)
}

const ours = (desk: Desk): string => desk.member.subject ?? ''

onEveryEngine('a grace period', (world) => {
  test('begins now, lasts 60 days to the end of the last, and opens what an active licence opens', async () => {
    const desk = await Desk.open(world())
    await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
    assert.deepEqual((await desk.license('pump-1', desk.member)).actions, ['activate', 'start-grace', 'contact'])
    const { status, body } = await start(desk)
    assert.deepEqual([status, body.license.status, body.license.type, body.license.lastDay, body.license.daysRemaining], [200, 'grace', 'grace', '2027-01-20', 60])
    assert.deepEqual([body.grant.kind, body.grant.source, body.grant.days, body.grant.from, body.grant.to], ['grace', { type: 'grace' }, 60, '2026-11-21T09:30:00.000Z', '2027-01-20T23:00:00.000Z'])
    assert.ok(body.license.features.includes('dashboard'))
    assert.deepEqual(body.license.actions, ['renew', 'contact'])
  })

  for (const [days, status, soon, open] of [[28, 'grace', false, true], [29, 'grace', true, true], [60, 'grace', true, true], [61, 'expired', false, false]] as const) {
    test(`${days} days later is ${status}${soon ? ', and ends soon' : ''}`, async () => {
      const desk = await Desk.open(world())
      await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
      await start(desk)
      world().now += days * 86_400_000
      const license = await desk.license()
      assert.deepEqual([license.status, license.expiringSoon, license.features.includes('dashboard'), license.daysRemaining], [status, soon, open, Math.max(60 - days, 0)])
      assert.equal(verdict(await start(desk)), '409 grace-not-eligible')
    })
  }

  test('loses no day to a voucher that is redeemed during it', async () => {
    const desk = await Desk.open(world())
    await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
    await start(desk)
    world().now += 10 * 86_400_000
    const { body } = await desk.redeem(await desk.code({ days: 365 }))
    assert.deepEqual([body.outcome, body.license.type, body.license.lastDay], ['renewed', 'standard', '2028-01-20'])
  })

  for (const [model, last] of [['P100', '2026-11-30T23:00:00Z'], ['LATE', '2027-02-28T23:00:00Z']] as const) {
    test(`of model ${model} can be started until its window closes`, async () => {
      for (const [offset, expected] of [[-1, '200 ok'], [0, '409 grace-not-eligible'], [1, '409 grace-not-eligible']] as const) {
        const desk = await Desk.open(world())
        await desk.place('pump-1', model)
        await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
        world().now = Date.parse(last) + offset
        const before = await desk.license('pump-1', desk.member)
        const { body: { alerts } } = await world().ask<Summary>(desk.member, 'GET', '/v1/summary')
        const { body: { items } } = await world().ask<{ items: unknown[] }>(desk.member, 'GET', '/v1/devices?alert=grace')
        const open = offset < 0 ? 1 : 0
        assert.deepEqual([before.grace, before.actions.includes('start-grace'), alerts.grace, items.length],
          [{ eligible: open === 1, reason: open === 1 ? 'eligible' : 'window-closed' }, open === 1, open, open])
        assert.equal(before.refreshAt, open === 1 ? new Date(last).toISOString() : null)
        const answer = await start(desk)
        assert.equal(verdict(answer), expected)
        if (offset >= 0) assert.deepEqual([answer.body.reason, answer.body.remedy], ['window-closed', 'activate'])
      }
    })
  }

  test('is never over for a model without a window, and over for one whose window has closed', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    await desk.place('a', 'EVER')
    await desk.place('b', 'OVER')
    await bringLegacy(desk, [ours(desk), 'a', 'W', 'S'], [ours(desk), 'b', 'W', 'S'])
    assert.equal((await desk.license('b', desk.member)).grace.reason, 'window-closed')
    desk.now = '2031-01-01T00:00Z'
    assert.equal((await desk.license('a', desk.member)).grace.reason, 'eligible')
  })

  test('is had once by a serial number, also where the device is removed and comes back, here or elsewhere', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world(), { devices: [] })]
    const serial = `sn ${desk.workspace} PUMP-1`
    await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'], [ours(other), 'pump-1', 'W', 'S'])
    await start(desk)
    await world().ask(desk.admin, 'DELETE', '/v1/devices/pump-1')
    const { body } = await world().ask<{ id: string; license: { grace: { reason: string } } }>(other.admin, 'POST', '/v1/devices', { serial, model: 'P100', name: 'N' })
    assert.equal(body.license.grace.reason, 'claimed-by-other')
    await world().ask(other.member, 'GET', '/v1/me')
    const again = await start(other, body.id)
    assert.deepEqual([verdict(again), again.body.reason], ['409 grace-not-eligible', 'already-used'])
  })

  for (const [reason, remedy, records] of [
    ['not-legacy', 'activate', []], ['claimed-by-other', 'contact', [['x', 'W', 'S']]], ['in-several-workspaces', 'contact', [['', 'W', 'S'], ['', 'W2', 'S']]],
    ['in-several-sites', 'contact', [['', 'W', 'S'], ['', 'W', 'S2']]],
  ] as const) {
    test(`is refused for ${reason}, with the way to go on`, async () => {
      const desk = await Desk.open(world())
      await bringLegacy(desk, ...records.map(([account, workspace, site]): [string, string, string, string] => [account === '' ? ours(desk) : account, 'pump-1', workspace, site]))
      const answer = await start(desk)
      assert.deepEqual([verdict(answer), answer.body.reason, answer.body.remedy], ['409 grace-not-eligible', reason, remedy])
      assert.deepEqual((await desk.license()).ledger, [])
    })
  }

  test('of a licensed device is refused, and of one that another workspace has is not found', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world(), { devices: ['theirs'] })]
    await bringLegacy(desk, [ours(desk), 'pump-1', 'W', 'S'])
    await desk.redeem(await desk.code())
    const answer = await start(desk)
    assert.deepEqual([answer.body.reason, answer.body.remedy], ['already-licensed', 'renew'])
    assert.equal(verdict(await start(desk, 'theirs')), '404 device-not-found')
    assert.equal(verdict(await start(desk, 'pump-1', desk.viewer)), '403 role-required')
    assert.equal((await other.license('theirs')).status, 'none')
  })
}, GRACE_POLICY)

/** Asks once as somebody with an e-mail address, as a host's token says it. */
async function visit(desk: Desk, subject: string, email: string, emailVerified: boolean): Promise<void> {
  const response = await desk.world.bff.fetch(new Request('http://bff.test/v1/me', {
    headers: { 'x-test-as': JSON.stringify({ subject, workspace: desk.workspace, roles: ['viewer'], email, emailVerified }) },
  }))
  assert.equal(response.status, 200)
}

onEveryEngine('people of the legacy platform', (world) => {
  const reason = async (desk: Desk): Promise<string> => (await desk.license('pump-1', { role: 'viewer', workspace: desk.workspace, subject: `${desk.workspace} looks on` })).grace.reason

  for (const order of ['records first', 'person first'] as const) {
    for (const [how, account, email, verified, expected] of [
      ['by subject', 'SUBJECT', 'a@b.example', false, 'eligible'],
      ['by verified e-mail, in any case', 'Ann@B.example', 'aNN@b.EXAMPLE', true, 'eligible'],
      ['not by an e-mail that nobody verified', 'ann2@b.example', 'ann2@b.example', false, 'claimed-by-other'],
      ['not by a subject in another case', 'subject', 'x@b.example', false, 'claimed-by-other'],
    ] as const) {
      test(`are recognised ${how}, ${order}`, async () => {
        const desk = await Desk.open(world())
        const [mark] = [fresh('p')]
        const bring = (): Promise<void> => bringLegacy(desk, [`${mark}${account}`, 'pump-1', 'W', 'S'])
        const come = (): Promise<void> => visit(desk, `${mark}SUBJECT`, `${mark}${email}`, verified)
        for (const step of order === 'records first' ? [bring, come] : [come, bring]) await step()
        assert.equal(await reason(desk), expected)
      })
    }
  }

  test('are recognised by an e-mail that is verified later, and stay so when it changes', async () => {
    const desk = await Desk.open(world())
    const mark = fresh('p')
    await bringLegacy(desk, [`${mark}@b.example`, 'pump-1', 'W', 'S'])
    await visit(desk, mark, `${mark}@b.example`, false)
    assert.equal(await reason(desk), 'claimed-by-other')
    await visit(desk, mark, `${mark}@b.example`, true)
    assert.equal(await reason(desk), 'eligible')
    await visit(desk, mark, `${mark}@elsewhere.example`, true)
    assert.equal(await reason(desk), 'eligible')
  })

  test('are recognised in every workspace of theirs, and in no other', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const mark = fresh('p')
    await visit(desk, mark, `${mark}@b.example`, true)
    await bringLegacy(desk, [mark, 'pump-1', 'W', 'S'])
    await bringLegacy(other, [mark, 'pump-1', 'W', 'S'])
    assert.deepEqual([await reason(desk), await reason(other)], ['eligible', 'claimed-by-other'])
    await visit(other, mark, `${mark}@b.example`, true)
    assert.equal(await reason(other), 'eligible')
  })

  test('are recognised when the host makes a session for them', async () => {
    const desk = await Desk.open(world())
    const mark = fresh('p')
    await bringLegacy(desk, [`${mark}@b.example`, 'pump-1', 'W', 'S'])
    const body = { subject: mark, workspace: desk.workspace, roles: ['viewer'], email: `${mark}@b.example` }
    await world().ask({ role: 'host' }, 'POST', '/v1/host/sessions', body)
    assert.equal(await reason(desk), 'claimed-by-other')
    await world().ask({ role: 'host' }, 'POST', '/v1/host/sessions', { ...body, emailVerified: true })
    assert.equal(await reason(desk), 'eligible')
  })

  test('are missed by no import that runs at the same moment as their first visit', async () => {
    for (let round = 0; round < 10; round += 1) {
      const desk = await Desk.open(world())
      const mark = fresh('p')
      await Promise.all([bringLegacy(desk, [mark, 'pump-1', 'W', 'S']), visit(desk, mark, `${mark}@b.example`, true)])
      assert.equal(await reason(desk), 'eligible', `round ${round}`)
    }
  })
})

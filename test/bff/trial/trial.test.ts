import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, type As, onEveryEngine } from '../engines.ts'
import { bringLegacy } from '../grace/legacy.ts'
import { dump } from '../ledger/tables.ts'
import { Desk, fresh, type Told, verdict } from '../vouchers/desk.ts'

function start(desk: Desk, device = 'pump-1', as: As = desk.member, headers: Record<string, string> = {}): Promise<Answered<Told>> {
  return desk.world.ask<Told>(as, 'POST', `/v1/devices/${device}/trial`, undefined, headers)
}

interface Added {
  id: string
  license: { trial: { eligible: boolean; reason: string } }
}

async function add(desk: Desk, serial: string, model = 'P100'): Promise<Added> {
  return (await desk.world.ask<Added>(desk.admin, 'POST', '/v1/devices', { serial, model, name: 'New' })).body
}

onEveryEngine('a first-device trial', (world) => {
  test('is on offer when a device is added, begins now and lasts 180 days', async () => {
    const desk = await Desk.open(world(), { devices: [] })
    const { id, license: { trial } } = await add(desk, fresh('SN'))
    assert.deepEqual(trial, { eligible: true, reason: 'eligible' })
    const { body } = await start(desk, id)
    assert.deepEqual([body.license.status, body.license.type, body.license.lastDay, body.license.actions], ['active', 'trial', '2027-05-20', ['renew', 'contact']])
    assert.deepEqual([body.grant.kind, body.grant.source, body.grant.days], ['trial', { type: 'trial' }, 180])
  })

  for (const [trick, play] of Object.entries<(desk: Desk, other: Desk, serial: string, id: string) => Promise<[Desk, string]>>({
    'pressing again': async (desk, _other, _serial, id) => [desk, id],
    'removing the device and adding it again': async (desk, _other, serial, id) => {
      await desk.world.ask(desk.admin, 'DELETE', `/v1/devices/${id}`)
      return [desk, (await add(desk, serial)).id]
    },
    'adding it to another workspace': async (desk, other, serial, id) => {
      await desk.world.ask(desk.admin, 'DELETE', `/v1/devices/${id}`)
      return [other, (await add(other, serial)).id]
    },
    'writing the serial number otherwise': async (desk, other, serial, id) => {
      await desk.world.ask(desk.admin, 'DELETE', `/v1/devices/${id}`)
      return [other, (await add(other, ` ${serial.toLowerCase().replaceAll('-', ' – ')} `)).id]
    },
    'waiting until it has ended': async (desk, _other, _serial, id) => {
      desk.now = '2028-01-01T00:00Z'
      return [desk, id]
    },
  })) {
    test(`is not had twice by ${trick}`, async () => {
      const [desk, other] = [await Desk.open(world(), { devices: [] }), await Desk.open(world(), { devices: [] })]
      const serial = fresh('SN-Trick')
      const { id } = await add(desk, serial)
      assert.equal(verdict(await start(desk, id)), '200 ok')
      const [where, device] = await play(desk, other, serial, id)
      const answer = await start(where, device)
      assert.deepEqual([verdict(answer), answer.body.reason], ['409 trial-not-eligible', 'already-used'])
    })
  }

  test('is not had by a serial number that was elsewhere first, even without a trial', async () => {
    const [desk, other] = [await Desk.open(world(), { devices: [] }), await Desk.open(world(), { devices: [] })]
    const serial = fresh('SN')
    const { id } = await add(desk, serial)
    await world().ask(desk.admin, 'DELETE', `/v1/devices/${id}`)
    const added = await add(other, serial)
    assert.deepEqual(added.license.trial, { eligible: false, reason: 'seen-before' })
    assert.equal((await start(other, added.id)).body.reason, 'seen-before')
  })

  test('is refused with its reason, and changes nothing', async () => {
    const desk = await Desk.open(world(), { devices: ['legacy', 'licensed', 'none'] })
    await desk.place('none', 'NONE')
    await bringLegacy(desk, ['x', 'legacy', 'W', 'S'])
    await desk.redeem(await desk.code(), 'licensed')
    for (const [device, reason, remedy] of [['legacy', 'seen-before', 'activate'], ['licensed', 'already-licensed', 'renew'], ['none', 'model-excluded', 'activate']] as const) {
      const before = await dump(world().database)
      const answer = await start(desk, device)
      assert.deepEqual([verdict(answer), answer.body.reason, answer.body.remedy], ['409 trial-not-eligible', reason, remedy])
      assert.deepEqual(await dump(world().database), before)
    }
    assert.equal(verdict(await start(desk, 'legacy', desk.viewer)), '403 role-required')
    assert.equal(verdict(await start(desk, 'nothing')), '404 device-not-found')
  })

  test('is started once by any number who press at the same moment', async () => {
    const desk = await Desk.open(world())
    const answers = await Promise.all(Array.from({ length: 8 }, () => start(desk)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409, 409, 409])
    assert.equal((await desk.license()).ledger.length, 1)
  })

  test('is answered again to the same key', async () => {
    const desk = await Desk.open(world())
    const [first, again] = [await start(desk, 'pump-1', desk.member, { 'idempotency-key': 'k' }), await start(desk, 'pump-1', desk.member, { 'idempotency-key': 'k' })]
    assert.deepEqual([again.status, again.body], [200, first.body])
  })
}, { models: { NONE: { trialDays: 0 } } })

onEveryEngine('a limit of trials', (world) => {
  test('holds, also for those who start at the same moment', async () => {
    const devices = ['a', 'b', 'c', 'd', 'e', 'f']
    const desk = await Desk.open(world(), { devices })
    const answers = await Promise.all(devices.map(async (device) => start(desk, device)))
    assert.deepEqual(answers.map(({ status, body }) => body.reason ?? status).sort(), [200, 200, 'workspace-limit', 'workspace-limit', 'workspace-limit', 'workspace-limit'])
    const other = await Desk.open(world())
    assert.equal((await start(other)).status, 200)
  })
}, { trialsPerWorkspace: 2 })

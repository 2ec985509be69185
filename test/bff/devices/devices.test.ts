import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { Fleet, fresh } from './fleet.ts'

onEveryEngine('a device of a workspace (R30)', (world) => {
  test('is added by an admin, with an id of ours or the portal’s own', async () => {
    const fleet = await Fleet.open(world())
    const own = await fleet.add({ serial: fresh('SN'), id: 'portal-42', siteId: 'hall-1', name: 'Pump 42' })
    assert.equal(own.status, 201)
    const { license, ...device } = own.body
    assert.deepEqual(device, { id: 'portal-42', serial: device.serial, model: 'P100', name: 'Pump 42', siteId: 'hall-1', renewalPlanned: true })
    assert.deepEqual([license.deviceId, license.status, license.features], ['portal-42', 'none', ['listing']])
    const ours = await fleet.add({ serial: fresh('SN') })
    assert.match(ours.body.id, /^[0-9a-f]{32}$/)
    assert.equal(ours.body.siteId, null)
    assert.deepEqual((await fleet.get('portal-42', 'admin')).body, own.body)
  })

  test('is not added by a member or a viewer where the policy does not say so', async () => {
    const fleet = await Fleet.open(world())
    for (const role of ['member', 'viewer'] as const) {
      const { status, body } = await fleet.add({ serial: fresh('SN') }, role)
      assert.deepEqual([status, body.code, body.reason], [403, 'role-required', 'admin'])
    }
  })

  test('that is there already is not added again, however its serial number is written', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('Abc 12')
    const { body: { id } } = await fleet.add({ serial })
    for (const again of [serial, serial.toUpperCase(), serial.replace(' ', '-'), ` ${serial} `, serial.replace('12', '１２'), serial.replace(' ', '\u200b'), serial.replace(' ', '–')]) {
      const { status, body } = await fleet.add({ serial: again })
      assert.deepEqual([status, body.code, body.deviceId], [409, 'device-exists', id], JSON.stringify(again))
    }
  })

  test('keeps its id to itself, also while it is removed', async () => {
    const fleet = await Fleet.open(world())
    await fleet.add({ serial: fresh('SN'), id: 'taken' })
    assert.equal((await fleet.add({ serial: fresh('SN'), id: 'taken' })).body.code, 'device-exists')
    await fleet.remove('taken')
    assert.equal((await fleet.add({ serial: fresh('SN'), id: 'taken' })).body.code, 'device-exists')
  })

  test('has its id in its workspace alone', async () => {
    const [one, other] = [await Fleet.open(world()), await Fleet.open(world())]
    for (const fleet of [one, other]) assert.equal((await fleet.add({ serial: fresh('SN'), id: 'pump' })).status, 201)
    await one.remove('pump')
    assert.equal((await other.get('pump')).status, 200)
  })

  test('is removed by an admin, is then nowhere, and is removed once', async () => {
    const fleet = await Fleet.open(world())
    const { body: device } = await fleet.add({ serial: fresh('SN'), id: 'gone' })
    for (const role of ['viewer', 'member'] as const) assert.equal((await fleet.remove('gone', role)).body.code, 'role-required')
    assert.deepEqual(await fleet.remove('gone').then(({ status, body }) => [status, body]), [200, device])
    for (const path of ['', '/license', '/features/listing']) {
      assert.equal((await world().ask(fleet.as('viewer'), 'GET', `/v1/devices/gone${path}`)).body['code'], 'device-not-found', path)
    }
    const { body } = await world().ask<{ items: unknown[] }>(fleet.as('viewer'), 'GET', '/v1/devices')
    assert.deepEqual(body.items, [])
    assert.equal((await world().ask<{ total: number }>(fleet.as('viewer'), 'GET', '/v1/summary')).body.total, 0)
    assert.equal((await fleet.remove('gone')).body.code, 'device-not-found')
  })

  test('comes back with its id and its ledger when its serial number is added again', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN Back')
    const { body: { id } } = await fleet.add({ serial, siteId: 'old' })
    const grant = await fleet.license(id)
    const before = await fleet.ledger(id)
    await fleet.remove(id)
    const back = await fleet.add({ serial: serial.toLowerCase(), model: 'P200', name: 'Back', id: 'another' })
    assert.equal(back.status, 201)
    const { license, ...device } = back.body
    assert.deepEqual(device, { id, serial: serial.toLowerCase(), model: 'P200', name: 'Back', siteId: null, renewalPlanned: true })
    assert.equal(license.status, 'active')
    const after = await fleet.ledger(id)
    assert.deepEqual([after.ledger, after.expiresAt], [before.ledger, before.expiresAt])
    assert.equal(after.ledger[0]?.id, grant)
    assert.equal((await fleet.get('another')).status, 404)
  })

  test('can be removed and added again and again', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN')
    const ids = new Set<string>()
    for (let count = 0; count < 4; count += 1) {
      const { status, body } = await fleet.add({ serial })
      assert.equal(status, 201)
      ids.add(body.id)
      assert.equal((await fleet.remove(body.id)).status, 200)
    }
    assert.equal(ids.size, 1)
    assert.deepEqual((await fleet.audit([...ids][0] ?? '')).map((one) => one.action), [
      'device-added', 'device-removed', ...Array.from({ length: 3 }, () => ['device-restored', 'device-removed']).flat(),
    ])
  })

  test('in another workspace is claimed, for portals and hosts alike, with the way to support', async () => {
    const [owner, other] = [await Fleet.open(world()), await Fleet.open(world())]
    const serial = fresh('SN')
    const { body: { id } } = await owner.add({ serial })
    for (const { status, body } of [await other.add({ serial }), await other.put('x', { serial })]) {
      assert.deepEqual([status, body.code, body.remedy, body.deviceId], [409, 'device-claimed', 'contact', undefined])
      assert.ok(!JSON.stringify(body).includes(owner.workspace) && !JSON.stringify(body).includes(id))
    }
    assert.equal((await owner.get(id)).status, 200)
  })

  test('that was removed there is a new one elsewhere: empty, and seen before', async () => {
    const [owner, other] = [await Fleet.open(world()), await Fleet.open(world())]
    const serial = fresh('SN')
    const { body: first } = await owner.add({ serial })
    assert.equal(first.license.trial.reason, 'eligible')
    await owner.license(first.id)
    await owner.remove(first.id)
    const { status, body: second } = await other.add({ serial })
    assert.equal(status, 201)
    assert.notEqual(second.id, first.id)
    assert.deepEqual([(await other.ledger(second.id)).ledger, second.license.status, second.license.trial], [[], 'none', { eligible: false, reason: 'seen-before' }])
    // The first workspace cannot take it back meanwhile; once it is removed there, it comes back with what it had.
    assert.equal((await owner.add({ serial })).body.code, 'device-claimed')
    await other.remove(second.id)
    const { body: back } = await owner.add({ serial })
    assert.deepEqual([back.id, back.license.status, (await owner.ledger(back.id)).ledger.length], [first.id, 'active', 1])
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { Fleet, fresh } from './fleet.ts'

onEveryEngine("a device of the host's server (R30)", (world) => {
  test('is created under its own id, changed by the same request, and left alone where nothing differs', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN')
    const created = await fleet.put('p1', { serial, siteId: 's1', name: 'One' })
    assert.deepEqual([created.status, created.body.id, created.body.name, created.body.siteId], [201, 'p1', 'One', 's1'])
    const changed = await fleet.put('p1', { serial, name: 'Two', model: 'P200' })
    assert.deepEqual([changed.status, changed.body.name, changed.body.model, changed.body.siteId], [200, 'Two', 'P200', null])
    assert.deepEqual((await fleet.put('p1', { serial, name: 'Two', model: 'P200' })).status, 200)
    assert.deepEqual(await fleet.audit('p1'), [
      { action: 'device-added', before: null, after: { serial, model: 'P100', name: 'One', siteId: 's1', removed: false } },
      {
        action: 'device-changed', before: { serial, model: 'P100', name: 'One', siteId: 's1', removed: false },
        after: { serial, model: 'P200', name: 'Two', siteId: null, removed: false },
      },
    ])
  })

  test('may write its serial number in another way, which is the same one', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('Sn Same')
    await fleet.put('p1', { serial })
    const { status, body } = await fleet.put('p1', { serial: serial.toUpperCase().replaceAll(' ', '') })
    assert.deepEqual([status, body.serial], [200, serial.toUpperCase().replaceAll(' ', '')])
    const { body: list } = await world().ask<{ items: unknown[] }>(fleet.as('viewer'), 'GET', `/v1/devices?q=${encodeURIComponent(serial)}`)
    assert.equal(list.items.length, 1)
  })

  test('has one serial number, and its serial number one id', async () => {
    const fleet = await Fleet.open(world())
    const [one, two] = [fresh('SN'), fresh('SN')]
    await fleet.put('p1', { serial: one })
    const other = await fleet.put('p1', { serial: two })
    assert.deepEqual([other.status, other.body.code, other.body.deviceId], [409, 'device-exists', 'p1'])
    const elsewhere = await fleet.put('p2', { serial: one })
    assert.deepEqual([elsewhere.status, elsewhere.body.code, elsewhere.body.deviceId], [409, 'device-exists', 'p1'])
    assert.equal((await fleet.get('p1')).body.serial, one)
    assert.equal((await fleet.get('p2')).status, 404)
  })

  test('comes back with its ledger when it is put again after it was removed, by whomever', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN')
    await fleet.put('p1', { serial })
    await fleet.license('p1')
    const ways = [() => fleet.remove('p1'), () => world().ask({ role: 'host' }, 'DELETE', `/v1/host/devices/p1?workspace=${fleet.workspace}`)]
    for (const remove of ways) {
      assert.equal((await remove()).status, 200)
      const back = await fleet.put('p1', { serial, name: 'Back' })
      assert.deepEqual([back.status, back.body.license.status, back.body.name], [201, 'active', 'Back'])
    }
    assert.equal((await fleet.ledger('p1')).ledger.length, 1)
  })

  test('under another id than before is told the former one', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN')
    await fleet.put('old', { serial })
    await fleet.remove('old')
    const { status, body } = await fleet.put('new', { serial })
    assert.deepEqual([status, body.code, body.deviceId], [409, 'device-exists', 'old'])
  })

  test('of a workspace that does not exist is refused', async () => {
    const fleet = await Fleet.open(world())
    const { status, body } = await fleet.put('p1', { workspace: 'nowhere', serial: fresh('SN') })
    assert.deepEqual([status, body.code], [403, 'workspace-unknown'])
  })

  test('is removed once, and only where it is', async () => {
    const fleet = await Fleet.open(world())
    await fleet.put('p1', { serial: fresh('SN') })
    const remove = async (workspace: string): Promise<number> => (await world().ask({ role: 'host' }, 'DELETE', `/v1/host/devices/p1?workspace=${workspace}`)).status
    assert.deepEqual([await remove('nowhere'), await remove(fleet.workspace), await remove(fleet.workspace)], [404, 200, 404])
  })

  test('with another model is judged by that model at once, also in lists and counts', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN')
    await fleet.put('p1', { serial })
    await fleet.license('p1', { days: 40 })
    assert.deepEqual((await fleet.get('p1')).body.license.status, 'active')
    const { body } = await fleet.put('p1', { serial, model: 'EARLY' })
    assert.deepEqual([body.license.status, body.license.expiringWithinDays], ['expiring', 90])
    for (const status of ['expiring', 'active'] as const) {
      const { body: list } = await world().ask<{ items: { id: string }[] }>(fleet.as('viewer'), 'GET', `/v1/devices?status=${status}`)
      assert.deepEqual(list.items.map((one) => one.id), status === 'expiring' ? ['p1'] : [])
    }
    const { body: summary } = await world().ask<{ alerts: object }>(fleet.as('viewer'), 'GET', '/v1/summary')
    assert.deepEqual(summary.alerts, { expired: 0, expiring: 1, grace: 0 })
  })
}, { models: { EARLY: { expiringWithinDays: 90 } } })

onEveryEngine('the same request with an Idempotency-Key', (world) => {
  test('is one request only with the same query: devices of two workspaces are two', async () => {
    const [one, other] = [await Fleet.open(world()), await Fleet.open(world())]
    for (const fleet of [one, other]) await fleet.put('same', { serial: fresh('SN') })
    const remove = (fleet: Fleet): Promise<{ status: number; body: Record<string, unknown> }> =>
      world().ask({ role: 'host' }, 'DELETE', `/v1/host/devices/same?workspace=${fleet.workspace}`, undefined, { 'idempotency-key': 'remove' })
    assert.equal((await remove(one)).status, 200)
    const second = await remove(other)
    assert.deepEqual([second.status, second.body['code']], [422, 'idempotency-key-reused'])
    assert.equal((await other.get('same')).status, 200)
    assert.equal((await remove(one)).status, 200)
  })

  test('may have any address: a long one is refused like any other', async () => {
    const fleet = await Fleet.open(world())
    const id = Array.from({ length: 500 }, (_, index) => (index * 7_919 % 65_536).toString(36)).join('').repeat(4)
    for (let count = 0; count < 2; count += 1) {
      const { status, body } = await world().ask(fleet.as('admin'), 'DELETE', `/v1/devices/${id}`, undefined, { 'idempotency-key': 'long' })
      assert.deepEqual([status, body['code']], [404, 'device-not-found'])
    }
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEngine, onEveryEngine } from '../engines.ts'
import { Fleet, fresh } from './fleet.ts'

onEveryEngine('a device', (world) => {
  const names = [
    '<script>alert(1)</script>', '=HYPERLINK("https://evil.example")', '@SUM(A1)', '+1', '-1', 'a\r\nSet-Cookie: x=1', '\u202eevil', '{{7*7}}', '${x}', "'; drop table devices; --",
    '\\', '"', '日本語', '👩‍🔧', 'e\u0301', ' spaces ', '\t', '\u0007bell',
  ].filter((name) => name.trim() !== '')
  test('may have any name: it is stored as text, and comes back as it was', async () => {
    const fleet = await Fleet.open(world())
    for (const name of names) {
      const { status, body } = await fleet.add({ serial: fresh('SN'), name, model: name, id: fresh('id') })
      assert.equal(status, 201)
      assert.deepEqual([(await fleet.get(body.id)).body.name, body.name, body.model], [name, name, name])
    }
    const { body } = await world().ask<{ items: { name: string }[] }>(fleet.as('viewer'), 'GET', '/v1/devices?limit=200')
    assert.deepEqual(body.items.map((one) => one.name).sort(), [...names].sort())
  })
})

onEngine('wasm', 'where members add devices', (world) => {
  test('they do, and still remove none; viewers do neither', async () => {
    const fleet = await Fleet.open(world())
    const { status, body } = await fleet.add({ serial: fresh('SN') }, 'member')
    assert.equal(status, 201)
    assert.equal((await fleet.add({ serial: fresh('SN') }, 'viewer')).body.code, 'role-required')
    assert.equal((await fleet.remove(body.id, 'member')).body.code, 'role-required')
  })
}, { memberAddsDevices: true })

onEngine('wasm', 'where the host checks serial numbers', (world) => {
  const asked: object[] = []
  test('only those that it knows are added by people; the host itself is not asked', async () => {
    const fleet = await Fleet.open(world())
    world().bff = world().make({}, { checkSerial: async (device) => { asked.push(device); return device.serial.startsWith('GOOD') } })
    assert.equal((await fleet.add({ serial: 'GOOD 1' })).status, 201)
    const { status, body } = await fleet.add({ serial: 'BAD 1', model: 'P200' })
    assert.deepEqual([status, body.code, body.errors], [422, 'invalid', [{ pointer: '/serial', detail: 'This serial number cannot be added here.' }]])
    assert.equal((await fleet.put('bad-2', { serial: 'BAD 2' })).status, 201)
    assert.deepEqual(asked, [{ workspace: fleet.workspace, serial: 'GOOD 1', model: 'P100' }, { workspace: fleet.workspace, serial: 'BAD 1', model: 'P200' }])
  })

  test('who may not add is not asked about', async () => {
    const fleet = await Fleet.open(world())
    assert.equal((await fleet.add({ serial: 'BAD 3' }, 'member')).body.code, 'role-required')
    assert.equal(asked.length, 2)
  })
})

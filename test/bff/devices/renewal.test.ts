import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import type { Summary } from '../grace/legacy.ts'
import { Desk } from '../vouchers/desk.ts'

interface Planned {
  renewalPlanned: boolean
}

onEveryEngine('a device that will not be renewed', (world) => {
  const plan = (desk: Desk, planned: unknown, as = desk.admin, device = 'pump-1') => world().ask<Planned>(as, 'PUT', `/v1/devices/${device}/renewal`, { planned })
  const alerts = async (desk: Desk): Promise<Summary['alerts']> => (await world().ask<Summary>(desk.viewer, 'GET', '/v1/summary')).body.alerts

  test('leaves warnings and their lists, keeps its status, and comes back by itself when a voucher is redeemed', async () => {
    const desk = await Desk.open(world())
    await desk.sell({ firstDay: '2026-01-01', lastDay: '2026-12-01' })
    assert.deepEqual(await alerts(desk), { expired: 0, expiring: 1, grace: 0 })
    assert.equal((await plan(desk, false)).body.renewalPlanned, false)
    assert.deepEqual(await alerts(desk), { expired: 0, expiring: 0, grace: 0 })
    assert.deepEqual((await world().ask<{ items: unknown[] }>(desk.viewer, 'GET', '/v1/devices?alert=expiring')).body.items, [])
    assert.equal((await desk.license()).status, 'expiring')
    await desk.redeem(await desk.code({ days: 3 }))
    assert.deepEqual(await alerts(desk), { expired: 0, expiring: 1, grace: 0 })
    assert.equal((await world().ask<Planned>(desk.viewer, 'GET', '/v1/devices/pump-1')).body.renewalPlanned, true)
  })

  test('is marked by admins, and marking it again changes nothing', async () => {
    const desk = await Desk.open(world())
    for (const as of [desk.viewer, desk.member]) assert.equal((await plan(desk, false, as)).status, 403)
    assert.equal((await plan(desk, false, desk.admin, 'nothing')).status, 404)
    assert.equal((await plan(desk, 'no')).status, 422)
    await plan(desk, false)
    const before = await dump(world().database)
    assert.equal((await plan(desk, false)).status, 200)
    assert.deepEqual(await dump(world().database), before)
    assert.equal((await plan(desk, true)).body.renewalPlanned, true)
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { Desk, fresh, type Told, UNKNOWN, verdict } from './desk.ts'

const ROUNDS = 8

/** One request, to be sent twice at once: role, method, path, body and the answer of the first. */
type Sent = [as: 'admin' | 'vendor', method: string, path: string, body: unknown, expected: number]

const REQUESTS: Record<string, (desk: Desk) => Promise<Sent>> = {
  'redeeming': async (desk) => ['admin', 'POST', '/v1/devices/pump-1/voucher', { code: await desk.code() }, 200],
  'a code that is refused': async () => ['admin', 'POST', '/v1/devices/pump-1/voucher', { code: UNKNOWN }, 404],
  'undoing': async (desk) => {
    await desk.redeem(await desk.code())
    return ['admin', 'POST', '/v1/devices/pump-1/undo', undefined, 200]
  },
  'adding a device': async () => ['admin', 'POST', '/v1/devices', { serial: fresh('SN'), model: 'P100', name: 'New' }, 201],
  'removing a device': async () => ['admin', 'DELETE', '/v1/devices/pump-1', undefined, 200],
  'importing licences': async (desk) => ['vendor', 'POST', '/v1/vendor/grants/import',
    `workspace,serial,kind,firstDay,lastDay,reference\n${desk.workspace},SN-${desk.workspace}-pump-1,standard,2026-01-01,2026-12-31,${fresh('order')}`, 200],
}

onEveryEngine('two servers that get the same request with the same key at once', (world) => {
  for (const [what, arrange] of Object.entries(REQUESTS)) {
    test(`do it once and answer alike: ${what}`, async () => {
      const servers = [world().bff, world().make({}, {})]
      for (let round = 0; round < ROUNDS; round += 1) {
        const desk = await Desk.open(world())
        const [as, method, path, body, expected] = await arrange(desk)
        const tables = await dump(world().database)
        const key = fresh('key')
        const both = await Promise.all(servers.map((bff) => {
          world().bff = bff
          return world().ask<Told>(as === 'admin' ? desk.admin : { role: as }, method, path, body, { 'idempotency-key': key })
        }))
        const [first, second] = both
        assert.deepEqual([first?.status, first?.body], [second?.status, second?.body])
        assert.equal(first?.status, expected)
        const after = await dump(world().database)
        const added = (table: string): number => (after[table]?.length ?? 0) - (tables[table]?.length ?? 0)
        assert.deepEqual([added('idempotency'), added('audit')], [1, expected === 404 ? 0 : 1])
        assert.ok(both.some((answer) => answer.headers.get('idempotency-replayed') === 'true'))
      }
    })
  }

  test('but different bodies do one of them, and refuse the other', async () => {
    const servers = [world().bff, world().make({}, {})]
    for (let round = 0; round < ROUNDS; round += 1) {
      const desk = await Desk.open(world())
      const codes = await desk.codes(2)
      const both = await Promise.all(servers.map((bff, index) => {
        world().bff = bff
        return desk.redeem(codes[index], 'pump-1', desk.member, { 'idempotency-key': 'k' })
      }))
      assert.deepEqual(both.map(verdict).sort(), ['200 activated', '422 idempotency-key-reused'])
      assert.equal((await desk.license()).ledger.length, 1)
    }
  })
})

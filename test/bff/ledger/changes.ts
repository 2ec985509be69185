import assert from 'node:assert/strict'
import fc from 'fast-check'
import { KINDS } from '../../../bff/rules/index.ts'
import { Desk, fresh } from '../vouchers/desk.ts'

export const DEVICES = ['a', 'b', 'c'] as const
const DAY = 86_400_000

/** One thing that happens to a workspace. */
const device = fc.constantFrom(...DEVICES)
export const changes = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('redeem' as const), device, days: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('undo' as const), device }) },
  { weight: 3, arbitrary: fc.record({
    what: fc.constant('import' as const), device, kind: fc.constantFrom(...KINDS), first: fc.integer({ min: -150, max: 20 }), length: fc.integer({ min: 0, max: 120 }),
  }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('model' as const), device, model: fc.constantFrom('P100', 'SHORT', 'LONG') }) },
  { weight: 2, arbitrary: fc.record({
    what: fc.constant('zone' as const), zone: fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Etc/GMT+12'),
  }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('remove' as const), device }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 30 * DAY }) }) },
)
export type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never

/** Models with days of warning of their own. */
export const MODELS = { SHORT: { expiringWithinDays: 5 }, LONG: { expiringWithinDays: 60, undoDays: 60 } }

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Makes a change over HTTP; answers the audit entry that it has to write, null where it was refused or changed nothing. */
export async function make(desk: Desk, change: Change): Promise<string | null> {
  const { world, workspace } = desk
  const status = async (answer: Promise<{ status: number; body: unknown }>, ...allowed: number[]): Promise<boolean> => {
    const got = await answer
    assert.ok(got.status < 300 || allowed.includes(got.status), `${got.status} ${JSON.stringify(got.body)}`)
    return got.status < 300
  }
  switch (change.what) {
    case 'redeem':
      return await status(desk.redeem(await desk.code({ days: change.days }), change.device), 404) ? 'voucher-redeemed' : null
    case 'undo':
      return await status(desk.undo(change.device), 404, 409) ? 'grant-undone' : null
    case 'import': {
      const from = world.now + change.first * DAY
      const row = { device: change.device, kind: change.kind, firstDay: dateOf(from), lastDay: dateOf(from + change.length * DAY), reference: fresh('order') }
      const code = await desk.sell(row)
      assert.ok(code === 200 || code === 422)
      return code === 200 ? 'grant-imported' : null
    }
    case 'model': {
      const [before] = await world.database.db.selectFrom('devices').select(['model', 'removed_at']).where('workspace_id', '=', workspace)
        .where('id', '=', change.device).execute()
      assert.ok(await desk.place(change.device, change.model) < 300)
      return before?.removed_at !== null ? 'device-restored' : before.model === change.model ? null : 'device-changed'
    }
    case 'zone': {
      const [before] = await world.database.db.selectFrom('workspaces').select('time_zone').where('id', '=', workspace).execute()
      assert.equal(await desk.moveTo(change.zone), 200)
      return before?.time_zone === change.zone ? null : 'workspace-changed'
    }
    case 'remove':
      return await status(world.ask({ role: 'host' }, 'DELETE', `/v1/host/devices/${change.device}?workspace=${workspace}`), 404) ? 'device-removed' : null
    case 'wait':
      world.now += change.ms
      return null
  }
}

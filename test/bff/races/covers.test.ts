import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyOf } from '../../../bff/index.ts'
import { rounds } from '../../rounds.ts'
import { onEveryEngine } from '../engines.ts'
import { assertBooks, assertCovers } from '../ledger/books.ts'
import { Desk } from '../vouchers/desk.ts'

const MODELS = { SHORT: { expiringWithinDays: 5 }, LONG: { expiringWithinDays: 90 } }
const POLICY = policyOf({ models: MODELS })
const ZONES = ['Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati', 'Europe/Berlin']
const DEVICES = ['a', 'b', 'c', 'd', 'e', 'f']
const ROUNDS = rounds(4)

onEveryEngine('changes of zone, model and ledger at once', (world) => {
  test('leave the rows that the rules would write, and lose no change', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const desk = await Desk.open(world(), { zone: 'UTC', devices: DEVICES })
      const codes = await desk.codes(DEVICES.length, { days: 40 })
      const second = world().make({ models: MODELS }, {})
      const first = world().bff
      const asks = [
        ...DEVICES.map((device, index) => () => desk.redeem(codes[index], device).then(({ status }) => status)),
        ...DEVICES.map((device, index) => () => desk.place(device, index % 2 === 0 ? 'SHORT' : 'LONG')),
        ...DEVICES.map((device) => () => desk.sell({ device, firstDay: '2026-10-01', lastDay: '2026-12-24' })),
        ...ZONES.map((zone) => () => desk.moveTo(zone)),
      ]
      // Every round begins with another of them, and the first four with one of each kind.
      const begin = round * 7 % asks.length
      const turned = [...asks.slice(begin), ...asks.slice(0, begin)]
      const statuses = await Promise.all(turned.map((ask, index) => {
        world().bff = index % 2 === 0 ? first : second
        return ask()
      }))
      assert.deepEqual(statuses.filter((status) => status !== 200), [])
      for (const device of DEVICES) assert.equal((await desk.license(device)).ledger.length, 2)
      await assertCovers(world().database, POLICY, desk.workspace)
    }
    assert.deepEqual(world().errors, [])
    assert.deepEqual(await assertBooks(world().database), { redeemed: ROUNDS * DEVICES.length, undone: 0 })
  })
}, { models: MODELS })

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { policyOf } from '../../../bff/index.ts'
import { rounds } from '../../rounds.ts'
import { assertBooks, assertCovers } from '../ledger/books.ts'
import { Desk } from '../vouchers/desk.ts'
import { onSharedEngines, type Racer, tally } from './arena.ts'
import type { Came, Redemption } from './racer.ts'

const RACERS = 40
const ROUNDS = rounds(3)
const names = Array.from({ length: RACERS }, (_, index) => `d${index}`)

onSharedEngines('two processes on one database', (arena) => {
  let racers: Racer[] = []
  before(async () => { racers = await Promise.all([arena().racer(), arena().racer()]) })
  after(async () => { await Promise.all(racers.map((racer) => racer.end({ kill: false }))) })

  /** Sends every second request to one process, the others to the other. */
  const race = async (asks: readonly Redemption[]): Promise<Came[]> =>
    (await Promise.all(racers.map((racer, which) => racer.race(asks.filter((_, index) => index % 2 === which))))).flat()

  test(`one voucher, ${RACERS} racers, ${ROUNDS} rounds: one wins each, and the others are told that it is used`, async () => {
    const desk = await Desk.open(arena().world, { devices: names })
    for (const code of await desk.codes(ROUNDS)) {
      const { '409 voucher-used': losers, ...winners } = tally(await race(names.map((device) => ({ workspace: desk.workspace, device, code }))))
      assert.deepEqual([Object.values(winners), losers], [[1], RACERS - 1])
    }
    await assertBooks(arena().world.database)
    await assertCovers(arena().world.database, policyOf(), desk.workspace)
  })

  test('one voucher for five devices: five win', async () => {
    const desk = await Desk.open(arena().world, { devices: names })
    const [code = ''] = await desk.codes(1, { maxDevices: 5 })
    const came = await race(names.map((device) => ({ workspace: desk.workspace, device, code })))
    assert.deepEqual(tally(came), { '200 activated': 5, '409 voucher-used': RACERS - 5 })
    await assertBooks(arena().world.database)
  })

  test('twenty vouchers at once on one device: all count, and no day is lost', async () => {
    for (let round = 0; round < rounds(2); round += 1) {
      const desk = await Desk.open(arena().world)
      const codes = await desk.codes(20, { days: 10 })
      assert.deepEqual(tally(await race(codes.map((code) => ({ workspace: desk.workspace, device: 'pump-1', code })))), { '200 activated': 1, '200 renewed': 19 })
      assert.deepEqual((({ lastDay, ledger }) => [lastDay, ledger.length])(await desk.license()), ['2027-06-09', 20])
      await assertCovers(arena().world.database, policyOf(), desk.workspace)
    }
  })

  test('the same requests with the same keys to both: each is done once, and both answer alike', async () => {
    const desk = await Desk.open(arena().world)
    const codes = await desk.codes(20, { days: 1 })
    const asks = codes.map((code, index) => ({ workspace: desk.workspace, device: 'pump-1', code, key: `key ${index}` }))
    const [here, there] = await Promise.all(racers.map((racer) => racer.race(asks)))
    assert.deepEqual(here, there)
    assert.deepEqual(tally(here ?? []), { '200 activated': 1, '200 renewed': 19 })
    assert.equal((await desk.license()).ledger.length, 20)
  })
})

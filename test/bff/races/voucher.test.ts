import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyOf } from '../../../bff/index.ts'
import { rounds } from '../../rounds.ts'
import { assertBooks, assertCovers } from '../ledger/books.ts'
import { Desk } from '../vouchers/desk.ts'
import { type Arena, onSharedEngines, tally } from './arena.ts'

const RACERS = 200
const ROUNDS = rounds(5)
const MINUTES_16 = 960_000
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `d${index}`)

async function assertOrder({ world }: Arena, desk: Desk): Promise<void> {
  assert.deepEqual(world.errors, [])
  await assertBooks(world.database)
  await assertCovers(world.database, policyOf(), desk.workspace)
}

onSharedEngines('one process', (arena) => {
  test(`one voucher, ${RACERS} racers, ${ROUNDS} rounds: one wins each, and the others are told that it is used`, async () => {
    const desk = await Desk.open(arena().world, { devices: names(RACERS) })
    for (const code of await desk.codes(ROUNDS)) {
      arena().world.now += MINUTES_16
      const came = await arena().race(names(RACERS).map((device) => ({ workspace: desk.workspace, device, code })))
      const { '409 voucher-used': losers, ...winners } = tally(came)
      assert.deepEqual([Object.values(winners), losers], [[1], RACERS - 1])
    }
    await assertOrder(arena(), desk)
  })

  test(`one voucher for five devices, ${RACERS} racers: five win`, async () => {
    const desk = await Desk.open(arena().world, { devices: names(RACERS) })
    for (const code of await desk.codes(rounds(1), { maxDevices: 5 })) {
      arena().world.now += MINUTES_16
      const came = await arena().race(names(RACERS).map((device) => ({ workspace: desk.workspace, device, code })))
      assert.deepEqual([came.filter(({ status }) => status === 200).length, tally(came)['409 voucher-used']], [5, RACERS - 5])
    }
    await assertOrder(arena(), desk)
  })

  test('one voucher, a hundred times on one device: one grant, and all are told of it', async () => {
    const desk = await Desk.open(arena().world)
    for (const code of await desk.codes(3, { maxDevices: 100 })) {
      const came = await arena().race(Array.from({ length: 100 }, () => ({ workspace: desk.workspace, device: 'pump-1', code })))
      assert.deepEqual([new Set(came.map(({ grant }) => grant)).size, tally(came)['200 already-redeemed']], [1, 99])
    }
    assert.equal((await desk.license()).ledger.length, 3)
    await assertOrder(arena(), desk)
  })

  test('twenty vouchers at once on one device: all count, and no day is lost', async () => {
    for (let round = 0; round < rounds(2); round += 1) {
      const desk = await Desk.open(arena().world)
      const came = await arena().race((await desk.codes(20, { days: 10 })).map((code) => ({ workspace: desk.workspace, device: 'pump-1', code })))
      assert.deepEqual(tally(came), { '200 activated': 1, '200 renewed': 19 })
      const { ledger, lastDay, daysRemaining } = await desk.license()
      assert.deepEqual([ledger.length, lastDay, daysRemaining], [20, '2027-06-09', 200])
      assert.deepEqual(ledger.slice(1).map((grant) => grant.from), ledger.slice(0, -1).map((grant) => grant.to))
      await assertOrder(arena(), desk)
    }
  })

  test('undoing, redeeming and revoking at once: uses never exceed the devices, and every undoing counts once', async () => {
    for (let round = 0; round < rounds(4); round += 1) {
      const desk = await Desk.open(arena().world, { devices: names(8) })
      const { code, id } = await desk.issue({ maxDevices: 2 })
      await desk.redeem(code, 'd0')
      const [undone, ...rest] = await Promise.all([
        Promise.all(Array.from({ length: 5 }, () => desk.undo('d0'))),
        ...names(8).map((device) => desk.redeem(code, device)),
        ...(round % 2 === 0 ? [] : [desk.revoke(id)]),
      ])
      assert.ok(undone.some(({ status }) => status === 200))
      for (const { status } of undone) assert.ok(status === 200 || status === 409)
      for (const answer of rest) assert.ok([200, 404, 409].includes(typeof answer === 'number' ? answer : answer.status))
      await assertOrder(arena(), desk)
    }
  })

  test('redeeming on a device that is removed at once: done or not found, never half', async () => {
    for (let round = 0; round < rounds(4); round += 1) {
      const desk = await Desk.open(arena().world)
      const code = await desk.code()
      const asks = [() => desk.redeem(code), () => arena().world.ask(desk.admin, 'DELETE', '/v1/devices/pump-1')]
      const answers = await Promise.all((round % 2 === 0 ? asks : asks.reverse()).map((ask) => ask()))
      for (const { status } of answers) assert.ok(status === 200 || status === 404)
      await assertOrder(arena(), desk)
    }
  })
})

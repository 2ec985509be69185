import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { policyOf } from '../../../bff/index.ts'
import { rounds } from '../../rounds.ts'
import { assertBooks, assertCovers } from '../ledger/books.ts'
import { Desk } from '../vouchers/desk.ts'
import { type Arena, onSharedEngines, tally } from './arena.ts'
import type { Came, Redemption } from './racer.ts'

/** In each two writers are killed. */
const ROUNDS = rounds(2)
const CODES = 60

/** Lets a process redeem code after code and kills it somewhere in the middle; answers what it had acknowledged. */
async function killed(arena: Arena, oneByOne: readonly Redemption[]): Promise<Came[]> {
  const racer = await arena.racer()
  const acknowledged: Came[] = []
  const enough = Math.floor(Math.random() * CODES / 3)
  const reached = new Promise<void>((resolve) => {
    racer.lines.on('line', (line) => {
      acknowledged.push(JSON.parse(line) as Came)
      if (acknowledged.length > enough) resolve()
    })
  })
  racer.say({ oneByOne })
  await reached
  await pause(Math.random() * 4)
  await racer.end({ kill: true })
  return acknowledged
}

onSharedEngines('the death of a server in the middle of its work', (arena) => {
  test(`${ROUNDS * 2} times: nothing acknowledged is lost, nothing is half there, and asking again completes it`, async () => {
    const { world } = arena()
    for (let round = 0; round < ROUNDS; round += 1) {
      const desk = await Desk.open(world, { devices: ['a', 'b', 'shared'] })
      const plans = await Promise.all(['a', 'b'].map(async (own) => (await desk.codes(CODES, { days: 1 })).map((code, index) =>
        ({ workspace: desk.workspace, device: index % 3 === 0 ? 'shared' : own, code, key: `${own} ${index}` }))))
      const acknowledged = (await Promise.all(plans.map((plan) => killed(arena(), plan)))).flat()

      assert.deepEqual(acknowledged.filter(({ status }) => status !== 200), [])
      const { redeemed } = await assertBooks(world.database, { killed: true })
      await assertCovers(world.database, policyOf(), desk.workspace)
      const ledgers = await Promise.all(['a', 'b', 'shared'].map(async (device) => (await desk.license(device)).ledger))
      const grants = new Set(ledgers.flat().map(({ id }) => id))
      for (const { grant, code } of acknowledged) assert.ok(grants.has(grant ?? ''), `the grant of ${code.slice(-4)} was acknowledged and is lost`)
      assert.ok(acknowledged.length < 2 * CODES, 'the writers were done before they were killed')

      // Whoever got no answer asks again with the same key: done once, whether it had been done or not.
      const again = await arena().race(plans.flat())
      assert.deepEqual(Object.keys(tally(again)).filter((one) => !/^200 (activated|renewed)$/.test(one)), [])
      const answers = new Map(again.map(({ code, grant }) => [code, grant]))
      for (const { code, grant } of acknowledged) assert.equal(answers.get(code), grant)
      assert.equal((await assertBooks(world.database, { killed: true })).redeemed, redeemed - grants.size + 2 * CODES)
      assert.deepEqual((await desk.license('shared')).ledger.length, 2 * CODES / 3)
    }
    assert.deepEqual(world.errors, [])
  })
})

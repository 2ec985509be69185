import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { assertBooks } from '../ledger/books.ts'
import { Desk, verdict } from '../vouchers/desk.ts'
import { type Arena, onSharedEngines } from './arena.ts'

const HELD_MS = 1_500
const STALL_MS = 100

/** Redeems and reads while another program holds the lock; answers how long the event loop stood at most (ms). */
async function longestStall({ world, address }: Arena): Promise<number> {
  const desk = await Desk.open(world)
  const codes = await desk.codes(6, { days: 10 })
  // Whoever is here for the first time is written down, and has to wait for that.
  await Promise.all([desk.member, desk.admin].map((as) => desk.license('pump-1', as)))
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'holder.ts'), address, String(HELD_MS)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(holder, 'exit')
  await once(holder.stdout, 'data')
  const began = performance.now()
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let [reads, done] = [0, false]
  const redeemed = Promise.all(codes.map((code) => desk.redeem(code))).finally(() => { done = true })
  for (; !done; reads += 1) {
    const at = performance.now()
    assert.ok(['none', 'active', 'expiring'].includes((await desk.license()).status))
    assert.ok(performance.now() - at < HELD_MS / 2, 'reading had to wait')
    await pause(20)
  }
  delay.disable()
  assert.deepEqual((await redeemed).map(verdict).sort(), ['200 activated', ...Array.from({ length: 5 }, () => '200 renewed')])
  assert.ok(performance.now() - began > HELD_MS * 0.8, 'nothing had to wait')
  assert.ok(reads > 10, `only ${reads} reads`)
  assert.equal((await desk.license()).lastDay, '2027-01-20')
  await gone
  return delay.max / 1e6
}

onSharedEngines('a foreign program that holds the lock of the file', (arena) => {
  test(`for ${HELD_MS} ms lets requests wait, refuses none, stops no reading and blocks nothing else`, async () => {
    const stalls: number[] = []
    // A busy machine takes the processor away too, but not every time.
    while (stalls.length < 3 && !stalls.some((stall) => stall < STALL_MS)) stalls.push(await longestStall(arena()))
    assert.ok(Math.min(...stalls) < STALL_MS, `the event loop stood for ${stalls.join(', ')} ms`)
    await assertBooks(arena().world.database)
  })

  test('that lets nothing be written down stops no reading by who was here before', async () => {
    const desk = await Desk.open(arena().world)
    await desk.license()
    const { world } = arena()
    const { database, bff } = world
    const away = (error: unknown): boolean => error instanceof Error && error.message === 'away'
    world.bff = world.make({}, { database: { ...database, failure: (error) => (away(error) ? 'unavailable' : database.failure(error)) } })
    await sql`create trigger refuse before update on people begin select raise(abort, 'away'); end`.execute(database.db)
    // Visits are written down once an hour.
    world.now += 2 * 3_600_000
    assert.equal((await desk.license()).status, 'none')
    await sql`drop trigger refuse`.execute(database.db)
    world.bff = bff
  })
}, ['sqlite'])

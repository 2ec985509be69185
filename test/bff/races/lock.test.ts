import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { assertBooks } from '../ledger/books.ts'
import { Desk, verdict } from '../vouchers/desk.ts'
import { onSharedEngines } from './arena.ts'

/** So many readings while the lock is held, with a pause (ms) after each: longer than any wait of a database for a lock that others hold. */
const READINGS = 60
const PAUSE_MS = 25
const STALL_MS = 100

onSharedEngines('a foreign program that holds the lock of the file', (arena) => {
  test('lets requests wait, refuses none, stops no reading and blocks nothing else', async (t) => {
    const { world, address } = arena()
    const desk = await Desk.open(world)
    const codes = await desk.codes(6, { days: 10 })
    // Whoever is here for the first time is written down, and has to wait for that.
    await Promise.all([desk.member, desk.admin].map((as) => desk.license('pump-1', as)))
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'holder.ts'), address], { stdio: ['pipe', 'pipe', 'inherit'] })
    t.after(() => holder.stdin.end())
    const gone = once(holder, 'exit')
    await once(holder.stdout, 'data')
    const answered: string[] = []
    const redeemed = codes.map((code) => desk.redeem(code).then((answer) => answered.push(verdict(answer))))
    const took: number[] = []
    while (took.length < READINGS) {
      const at = performance.now()
      assert.equal((await desk.license()).status, 'none')
      took.push(performance.now() - at)
      await pause(PAUSE_MS)
    }
    assert.deepEqual(answered, [], 'answered while the lock was held')
    holder.stdin.end()
    await Promise.all(redeemed)
    assert.deepEqual(answered.sort(), ['200 activated', ...Array.from({ length: 5 }, () => '200 renewed')])
    assert.equal((await desk.license()).lastDay, '2027-01-20')
    // A busy machine takes the processor away too, but not every time.
    const middle = took.sort((one, other) => one - other)[READINGS / 2] ?? Infinity
    assert.ok(middle < STALL_MS, `a reading took ${middle} ms`)
    await gone
    await assertBooks(world.database)
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

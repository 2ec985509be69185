import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '../../../bff/index.ts'
import { policyOf } from '../../../bff/index.ts'
import { assertBooks, assertCovers } from '../ledger/books.ts'
import { Desk } from '../vouchers/desk.ts'
import { onSharedEngines, tally } from './arena.ts'

/** Lets the file grow by so many pages and no further; answers how many it has. */
async function limit({ db }: Database, pages: number): Promise<void> {
  // Within a transaction, which is where the connection that writes is asked.
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(trx)
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + pages)}`.execute(trx)
  })
}

onSharedEngines('a file that cannot grow', (arena) => {
  for (const pages of [0, 5, 20, 30, 40, 60]) {
    test(`by more than ${pages} pages: what is acknowledged is there, what is not is not, reading goes on, and it heals`, async () => {
      const { world } = arena()
      const desk = await Desk.open(world, { devices: ['a', 'b'] })
      const asks = (await desk.codes(60, { days: 1 })).map((code, index) =>
        ({ workspace: desk.workspace, device: index % 2 === 0 ? 'a' : 'b', code, key: `${desk.workspace} ${index}` }))
      await Promise.all([desk.license('a'), desk.license('a', { ...desk.member, subject: `${desk.workspace} racer` })])
      await limit(world.database, pages)

      const came = await arena().race(asks)
      const done = came.filter(({ status }) => status === 200)
      assert.equal(tally(came)['503 storage-unavailable'], came.length - done.length)
      assert.ok(done.length < came.length, 'the file was not full')
      const ledger = [...(await desk.license('a')).ledger, ...(await desk.license('b')).ledger]
      assert.deepEqual(ledger.map(({ id }) => id).sort(), done.map(({ grant }) => grant).sort())
      await assertBooks(world.database, { killed: true })

      await limit(world.database, 1_000_000)
      world.now += 60_000
      const again = await arena().race(asks)
      assert.deepEqual(Object.keys(tally(again)).sort(), ['200 activated', '200 renewed'])
      for (const { code, grant } of done) assert.equal(again.find((one) => one.code === code)?.grant, grant)
      assert.equal((await desk.license('a')).ledger.length, 30)
      await assertBooks(world.database, { killed: true })
      await assertCovers(world.database, policyOf(), desk.workspace)
    })
  }
}, ['sqlite'])

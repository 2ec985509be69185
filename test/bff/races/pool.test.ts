import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { createBff, Keyring } from '../../../bff/index.ts'
import { openPostgres } from '../../../bff/node/index.ts'
import { freshDatabase } from '../../postgres.ts'

const WAITERS = 35

suite('requests that wait for a connection to PostgreSQL', { concurrency: true }, () => {
  test('wait their turn for longer than a connection may take, as long as others get on', async () => {
    const { db, close } = openPostgres(await freshDatabase())
    const began = performance.now()
    const order: number[] = []
    await Promise.all(Array.from({ length: WAITERS }, async (_, index) => {
      await sql`select pg_sleep(0.7)`.execute(db)
      order.push(index)
    }))
    await close()
    assert.ok(performance.now() - began > 2_500, 'nobody had to wait')
    // In the order of coming, ten at a time.
    assert.deepEqual(order.map((index) => Math.floor(index / 10)), Array.from({ length: WAITERS }, (_, index) => Math.floor(index / 10)))
  })

  test('are all refused within three seconds when the server says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const database = openPostgres(`postgres://nobody@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/none`)
    const bff = createBff({ database, keyring: new Keyring([randomBytes(32)]), authenticate: () => ({ subject: 'x', workspace: 'acme', roles: ['member'] }) })
    const ask = async (afterMs: number): Promise<[status: number, tookMs: number]> => {
      await pause(afterMs)
      const began = performance.now()
      const { status } = await bff.fetch(new Request('http://bff.test/v1/summary'))
      return [status, performance.now() - began]
    }
    // Some come while others are dialling already.
    for (const [status, took] of await Promise.all(Array.from({ length: WAITERS }, (_, index) => ask(index * 20)))) {
      assert.equal(status, 503)
      assert.ok(took < 3_000, `it took ${took} ms`)
    }
    await database.close()
    silent.close()
  })
})

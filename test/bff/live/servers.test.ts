import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, migrate } from '../../../bff/index.ts'
import { listen, openPostgres, openSqlite } from '../../../bff/node/index.ts'
import { freshDatabase } from '../../postgres.ts'
import { World } from '../engines.ts'
import { Stream } from './stream.ts'

const VIEWER = JSON.stringify({ subject: 'viewer', workspace: 'acme', roles: ['viewer'] })

/** Two servers with a connection of their own to one database. */
async function two(open: () => Database): Promise<[World, World]> {
  const first = open()
  await migrate(first.db)
  const worlds: [World, World] = [new World(first), new World(open())]
  await worlds[0].setUp()
  return worlds
}

suite('two servers on one database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'license-live-'))
  const engines: [string, () => Promise<() => Database>][] = [
    ['one SQLite file', async () => () => openSqlite(join(folder, 'license.db'))],
    ['PostgreSQL', async () => {
      const url = await freshDatabase()
      return () => openPostgres(url)
    }],
  ]
  for (const [name, make] of engines) {
    test(`tell each other's changes within a second: ${name}`, async () => {
      const worlds = await two(await make())
      const streams = await Promise.all(worlds.map((world) => Stream.open(world, { role: 'viewer' })))
      for (const [index, world] of worlds.entries()) {
        const id = `pump-of-${index}`
        await world.ask({ role: 'host' }, 'PUT', `/v1/host/devices/${id}`, { workspace: 'acme', serial: `SN-${id}`, model: 'P100', name: id })
        for (const stream of streams) assert.equal(await stream.changed(), id)
      }
      for (const stream of streams) stream.close()
      for (const { database } of worlds) await database.close()
    })
  }
  test('leave nothing behind', () => { rmSync(folder, { recursive: true }) })
})

suite('streams over HTTP', () => {
  test('a page that goes away frees its place', async () => {
    const world = new World(openPostgres(await freshDatabase()))
    await migrate(world.database.db)
    await world.setUp()
    const bff = world.make({}, { streams: { perCaller: 1 } })
    const { port, close } = await listen(bff, { host: '127.0.0.1', port: 0 })
    const url = `http://127.0.0.1:${port}`
    const first = await Stream.at(url, { 'x-test-as': VIEWER })
    const ask = (): Promise<Response> => fetch(`${url}/v1/events`, { headers: { 'x-test-as': VIEWER } })
    const full = await ask()
    assert.equal(full.status, 429)
    await full.text()
    first.close()
    let again = await ask()
    for (let count = 0; count < 50 && again.status === 429; count += 1) {
      await again.text()
      await pause(20)
      again = await ask()
    }
    assert.equal(again.status, 200)
    // A server that ends waits for no stream.
    const from = performance.now()
    await close()
    assert.ok(performance.now() - from < 5_000)
    await again.text()
    await world.database.close()
  })
})

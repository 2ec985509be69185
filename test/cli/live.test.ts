import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { Stream } from '../bff/live/stream.ts'
import { done, folder, serve } from './program.ts'

suite('changes that the program makes while a server runs', () => {
  test('are on its stream within a second; the stream does not hold the server, and goes on after a restart', async () => {
    const where = { cwd: folder() }
    await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], where)
    const key = await done(['keys', 'create', '--role', 'viewer', '--workspace', 'acme'], where)
    const headers = { authorization: `Bearer ${key}` }
    const load = async (serial: string): Promise<void> => {
      writeFileSync(join(where.cwd, 'devices.csv'), `workspace,serial,model,name,id\nacme,${serial},P100,Pump,${serial}\n`)
      await done(['devices', 'import', 'devices.csv'], where)
    }
    const server = await serve(where)
    const stream = await Stream.at(server.url, headers)
    await load('pump-1')
    assert.equal(await stream.changed(), 'pump-1')
    const from = performance.now()
    assert.deepEqual(await server.stop('SIGTERM'), { code: 0, signal: null })
    assert.ok(performance.now() - from < 5_000)
    await stream.ended
    await load('pump-2')
    const again = await serve(where, ['--port', new URL(server.url).port])
    const resumed = await Stream.at(again.url, { ...headers, 'last-event-id': stream.events.at(-1)?.id ?? '' })
    assert.equal(await resumed.changed(), 'pump-2')
    assert.equal(resumed.events.length, 2)
    resumed.close()
    await again.stop('SIGTERM')
  })
})

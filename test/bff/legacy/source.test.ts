import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite, test } from 'node:test'
import { httpLegacySource, type Bff, type LegacySource } from '../../../bff/index.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk, fresh } from '../vouchers/desk.ts'
import { askOf, reasonOf, until, visit } from './people.ts'

onEveryEngine('a legacy platform that can be asked', (world) => {
  const answering = (desk: Desk): LegacySource['recordsOf'] =>
    async ({ email }) => [{ account: email ?? '', serial: `SN-${desk.workspace}-pump-1`, workspace: 'W', site: 'S' }]

  test('is asked about who is new, once, and in nobody’s way', async () => {
    const desk = await Desk.open(world())
    const seen: unknown[] = []
    let answer: (() => void) | null = null
    const bff = world().make({}, { legacySource: { recordsOf: async (person, signal) => {
      seen.push(person)
      await new Promise<void>((resolve) => { answer = resolve })
      return answering(desk)(person, signal)
    } } })
    const ann = fresh('ann')
    await visit(bff, desk, ann)
    await visit(bff, desk, ann)
    await until(() => answer !== null)
    assert.deepEqual(seen, [{ subject: ann, email: `${ann}@b.example` }])
    assert.equal(await reasonOf(desk), 'not-legacy')
    ;(answer as (() => void) | null)?.()
    await until(async () => await reasonOf(desk) === 'eligible')
    assert.deepEqual(await askOf(world(), ann), undefined)
    await bff.close()
  })

  test('that fails, hangs up or answers nonsense is asked again later, after ever longer pauses', async () => {
    const desk = await Desk.open(world())
    let tries = 0
    const recordsOf: LegacySource['recordsOf'] = async (person, signal) => {
      tries += 1
      if (tries === 1) throw new Error('away')
      if (tries === 2) return [{ account: '', serial: '?', workspace: 'W', site: 'S' }]
      return answering(desk)(person, signal)
    }
    // Each looks once at its start, as a server does every minute.
    const look = (): Bff => world().make({}, { onError: () => {}, legacySource: { recordsOf } })
    let bff = look()
    const ann = fresh('ann')
    await visit(bff, desk, ann)
    for (const [count, pause] of [[1, 60_000], [2, 120_000]] as const) {
      const { now } = world()
      await until(async () => tries === count && (await askOf(world(), ann))?.next_at === now + pause)
      assert.equal(await reasonOf(desk), 'not-legacy')
      await bff.close()
      world().now += pause - 1
      bff = look()
      await bff.close()
      assert.equal(tries, count, 'it was asked too early')
      world().now += 1
      bff = look()
    }
    await until(async () => await reasonOf(desk) === 'eligible')
    await until(async () => await askOf(world(), ann) === undefined)
    await bff.close()
  })

  test('is asked after a restart, by one of several servers', async () => {
    const desk = await Desk.open(world())
    const down = world().make({}, { onError: () => {}, legacySource: { recordsOf: async () => { throw new Error('away') } } })
    const ann = fresh('ann')
    await visit(down, desk, ann)
    await until(async () => (await askOf(world(), ann))?.tries === 1 && ((await askOf(world(), ann))?.next_at ?? 0) > world().now)
    await down.close()
    world().now += 60_000
    let count = 0
    const recordsOf: LegacySource['recordsOf'] = async (person, signal) => {
      count += 1
      await sleep(50)
      return answering(desk)(person, signal)
    }
    const servers = Array.from({ length: 3 }, () => world().make({}, { legacySource: { recordsOf } }))
    await until(async () => await reasonOf(desk) === 'eligible')
    assert.equal(count, 1)
    await Promise.all(servers.map(async (bff) => bff.close()))
  })
})

suite('a legacy platform over HTTP', () => {
  async function withServer(handle: (request: IncomingMessage, response: ServerResponse) => void, run: (url: string) => Promise<void>): Promise<void> {
    const server = createServer(handle).listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/records`)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }
  const person = { subject: 'ann', email: 'ann@b.example' }
  const record = { account: 'ann', serial: 'SN-1', workspace: 'W', site: 'S' }

  test('is told the person and a token, and may say more than is asked', async () => {
    let told = ''
    await withServer((request, response) => {
      request.on('data', (data: Buffer) => { told += data.toString() }).on('end', () => {
        told = `${request.method} ${request.url} ${request.headers.authorization} ${told}`
        response.end(JSON.stringify({ records: [{ ...record, since: 2019 }], page: 1 }))
      })
    }, async (url) => {
      assert.deepEqual(await httpLegacySource({ url, token: 't' }).recordsOf(person, AbortSignal.timeout(1_000)), [record])
    })
    assert.equal(told, 'POST /records Bearer t {"subject":"ann","email":"ann@b.example"}')
  })

  for (const [what, handle, said] of [
    ['an error', (response) => { response.writeHead(500).end('{}') }, /answered 500/],
    ['a redirect', (response) => { response.writeHead(302, { location: 'http://localhost:1/' }).end() }, /fetch failed|redirect/],
    ['no JSON', (response) => { response.end('<html>') }, /JSON/],
    ['something else', (response) => { response.end('{"records":{}}') }, /something else than records: records/],
    ['a record without a serial number', (response) => { response.end(JSON.stringify({ records: [{ ...record, serial: ' - ' }] })) }, /records\.0\.serial/],
    ['nothing for long', () => {}, /timeout|aborted/i],
    ['without end', (response) => {
      const more = (): void => { while (response.write('x'.repeat(65_536))); response.once('drain', more) }
      more()
    }, /without end/],
  ] satisfies [string, (response: ServerResponse) => void, RegExp][]) {
    test(`that answers ${what} is one that failed`, async () => {
      await withServer((_request, response) => { handle(response) }, async (url) => {
        await assert.rejects(async () => httpLegacySource({ url }).recordsOf(person, AbortSignal.timeout(what.startsWith('nothing') ? 100 : 5_000)), said)
      })
    })
  }
})

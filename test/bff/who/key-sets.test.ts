import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { after, before, test } from 'node:test'
import { hostKeysByUrl } from '../../../bff/index.ts'
import { onEngine, START, type World } from '../engines.ts'
import { ALGORITHMS, AUDIENCE, issue, ISSUER, issuerKey } from './issuer.ts'
import { Provider } from './provider.ts'

const [first, second, stranger] = [await issuerKey('ES256', 'first'), await issuerKey('ES256', 'second'), await issuerKey('ES256', 'stranger')]

const SECOND = 1_000
const MINUTE = 60 * SECOND

onEngine('wasm', 'keys by address', (world) => {
  let provider: Provider
  let port = 0

  /** A BFF that has asked nobody yet, beside a provider that has just begun. */
  async function begin(path = '/keys'): Promise<void> {
    await provider?.close()
    provider = new Provider([first.jwk])
    port = await provider.open()
    world().now = START
    const url = `http://127.0.0.1:${port}${path}`
    world().bff = world().make({}, { hostTokens: { keys: hostKeysByUrl(url, () => world().now), issuer: ISSUER, audience: AUDIENCE, algorithms: ALGORITHMS } })
  }

  /** Asks with a token by a key that is good for days; answers status and code. */
  async function ask(world: World, key = first): Promise<string> {
    const token = await issue(key, { exp: START / 1_000 + 864_000 })
    const { status, body } = await world.ask<{ code?: string }>(null, 'GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })
    return `${status} ${body.code ?? 'in'}`
  }

  before(async () => { await world().setUp() })
  after(async () => { await provider.close() })

  test('are asked for once, at the first token, also by many at once', async () => {
    await begin()
    assert.equal(provider.asked, 0)
    assert.deepEqual(new Set(await Promise.all(Array.from({ length: 20 }, () => ask(world())))), new Set(['200 in']))
    assert.equal(provider.asked, 1)
  })

  test('are asked for again after ten minutes', async () => {
    world().now = START + 10 * MINUTE - 1
    assert.deepEqual([await ask(world()), provider.asked], ['200 in', 1])
    world().now = START + 10 * MINUTE
    assert.deepEqual([await ask(world()), provider.asked], ['200 in', 2])
  })

  test('can be rotated: a new one is good at once, an old one until it is seen to be gone', async () => {
    await begin()
    assert.equal(await ask(world()), '200 in')
    provider.keys = [first.jwk, second.jwk]
    world().now = START + 10 * SECOND
    assert.deepEqual([await ask(world(), second), provider.asked], ['200 in', 2])
    provider.keys = [second.jwk]
    world().now = START + 9 * MINUTE
    assert.equal(await ask(world(), first), '200 in')
    world().now = START + 11 * MINUTE
    assert.equal(await ask(world(), first), '401 unauthenticated')
    assert.equal(await ask(world(), second), '200 in')
  })

  test('that nobody knows are a 401, and do not make us ask for every token', async () => {
    await begin()
    assert.equal(await ask(world()), '200 in')
    for (let count = 0; count < 10; count += 1) assert.equal(await ask(world(), stranger), '401 unauthenticated')
    assert.equal(provider.asked, 1)
    world().now = START + 5 * SECOND
    for (let count = 0; count < 10; count += 1) assert.equal(await ask(world(), stranger), '401 unauthenticated')
    assert.equal(provider.asked, 2)
  })

  test('last an hour through an outage, to the millisecond; then nobody can say who asks', async () => {
    await begin()
    assert.equal(await ask(world()), '200 in')
    await provider.close()
    for (const [after, expected] of [
      [10 * MINUTE, '200 in'], [30 * MINUTE, '200 in'], [60 * MINUTE - 1, '200 in'], [60 * MINUTE, '503 identity-unavailable'], [90 * MINUTE, '503 identity-unavailable'],
    ] as const) {
      world().now = START + after
      assert.equal(await ask(world()), expected, `after ${after / MINUTE} minutes`)
    }
  })

  test('come back by themselves after the outage', async () => {
    world().now = START + 91 * MINUTE
    await provider.open(port)
    assert.equal(await ask(world()), '200 in')
  })

  test('of another kind during an outage are a 503: perhaps they are new ones', async () => {
    await begin()
    assert.equal(await ask(world()), '200 in')
    await provider.close()
    world().now = START + 10 * SECOND
    assert.equal(await ask(world(), second), '503 identity-unavailable')
    assert.equal(await ask(world(), first), '200 in')
  })

  test('that were never had are a 503, and the provider is not asked for every token', async () => {
    await begin()
    await provider.close()
    for (let count = 0; count < 3; count += 1) assert.equal(await ask(world()), '503 identity-unavailable')
  })

  const bad: [name: string, answer: RequestListener][] = [
    ['500', (_request, response) => { response.writeHead(500).end('{"keys":[]}') }],
    ['404', (_request, response) => { response.writeHead(404).end() }],
    ['204', (_request, response) => { response.writeHead(204).end() }],
    ['a way elsewhere', (request, response) => {
      if (request.url === '/keys') response.writeHead(302, { location: '/elsewhere' }).end()
      else response.end(JSON.stringify({ keys: [first.jwk] }))
    }],
    ['no JSON', (_request, response) => { response.end('<html>') }],
    ['half of it', (_request, response) => { response.end('{"keys":[{"kty":') }],
    ['JSON of another kind', (_request, response) => { response.end('[]') }],
    ['no list of keys', (_request, response) => { response.end('{"keys":{}}') }],
    ['null', (_request, response) => { response.end('null') }],
    ['nothing, and hangs up', (request) => { request.socket.destroy() }],
    ['a key that is broken', (_request, response) => { response.end(JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', kid: 'first', alg: 'ES256', x: 'AA', y: 'AA' }] })) }],
  ]
  for (const [name, answer] of bad) {
    test(`are a 503 where the provider answers ${name}, until it answers well`, async () => {
      await begin()
      const well = provider.answer
      provider.answer = answer
      assert.equal(await ask(world()), '503 identity-unavailable')
      assert.equal(provider.asked, 1)
      assert.equal(await ask(world()), '503 identity-unavailable')
      assert.equal(provider.asked, 1, 'asked again within five seconds')
      provider.answer = well
      world().now = START + 11 * MINUTE
      assert.equal(await ask(world()), '200 in')
    })
  }

  test('are a 503 within three seconds where the provider says nothing', async () => {
    await begin()
    provider.answer = () => {}
    const began = performance.now()
    assert.equal(await ask(world()), '503 identity-unavailable')
    assert.ok(performance.now() - began < 3_000)
  })

  test('stay those that were had where the provider answers badly later', async () => {
    for (const [, answer] of bad.slice(0, -1)) {
      await begin()
      assert.equal(await ask(world()), '200 in')
      provider.answer = answer
      world().now = START + 20 * MINUTE
      assert.equal(await ask(world()), '200 in')
    }
  })

  test('of one kind are no excuse for tokens of another: our own sessions and keys need no provider', async () => {
    await begin()
    await provider.close()
    const { body } = await world().ask<{ token: string }>({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'ann', workspace: 'acme', roles: ['viewer'] })
    assert.equal((await world().ask(null, 'GET', '/v1/me', undefined, { authorization: `Bearer ${body.token}` })).status, 200)
    assert.equal((await world().ask(null, 'GET', '/v1/me')).status, 401)
  })
})

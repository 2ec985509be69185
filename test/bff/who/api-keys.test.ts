import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, test } from 'node:test'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { listKeys, revokeKey } from '../../../bff/http/who.sql.ts'
import { newApiKey } from '../../../bff/http/who.ts'
import { Keyring } from '../../../bff/index.ts'
import { type Answered, onEveryEngine, type World } from '../engines.ts'
import { makeKey } from './keys.ts'

function me(world: World, headers: Record<string, string>, path = '/v1/me'): Promise<Answered<{ person: unknown; roles: string[]; code: string; detail: string }>> {
  return world.ask(null, 'GET', path, undefined, headers)
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

onEveryEngine('an API key', (world) => {
  before(async () => { await world().setUp() })

  test('is no person, and has its role in its workspace', async () => {
    for (const role of ['viewer', 'member', 'admin'] as const) {
      const { status, body } = await me(world(), bearer((await makeKey(world(), role, 'acme')).token))
      assert.deepEqual([status, body.person, body.roles], [200, null, [role]])
    }
    assert.deepEqual(await world().database.db.selectFrom('people').selectAll().where('subject', 'not in', ['host']).execute(), [])
  })

  test('is stored hashed, with the id of the secret, and stands in no table in clear', async () => {
    const { token, id } = await makeKey(world(), 'admin', 'acme')
    const [secretId] = await world().keyring.ids()
    const row = (await listKeys(world().database.db)).find((one) => one.id === id)
    assert.equal(row?.hash, (await world().keyring.hash('key', token)).hash)
    assert.deepEqual([row.secret_id, row.hash.length, row.hash.includes(token)], [secretId, 43, false])
    assert.doesNotMatch(JSON.stringify(row), new RegExp(token.slice(3, 20)))
  })

  test('is one of 256 random bits, and never the same', () => {
    const keys = Array.from({ length: 200 }, newApiKey)
    assert.equal(new Set(keys).size, 200)
    for (const key of keys) assert.match(key, /^lk_[0-9a-f]{64}$/)
  })

  test('ends at once when it is revoked, and can be revoked once', async () => {
    const { token, id } = await makeKey(world(), 'member', 'acme')
    const revoke = (): Promise<boolean> => inTransaction(world().database, (trx) => revokeKey(trx, id, world().now))
    assert.equal((await me(world(), bearer(token))).status, 200)
    assert.equal(await revoke(), true)
    for (let count = 0; count < 2; count += 1) {
      const { status, body } = await me(world(), bearer(token))
      assert.deepEqual([status, body.detail], [401, 'The key is unknown or revoked.'])
    }
    assert.equal(await revoke(), false)
    // Another process, that has never seen it, says the same.
    world().bff = world().make({})
    assert.equal((await me(world(), bearer(token))).status, 401)
  })

  test('is known by any of the secrets, the new one first, until its own is taken away', async () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)]
    const old = await makeKey(world(), 'viewer', 'acme', new Keyring([older]))
    const during = new Keyring([newer, older])
    const fresh = await makeKey(world(), 'admin', 'acme', during)
    const statuses = async (keyring: Keyring): Promise<number[]> => {
      world().bff = world().make({}, { keyring })
      return Promise.all([old, fresh].map(async ({ token }) => (await me(world(), bearer(token))).status))
    }
    assert.deepEqual(await statuses(new Keyring([older])), [200, 401])
    assert.deepEqual(await statuses(during), [200, 200])
    assert.deepEqual(await statuses(new Keyring([newer])), [401, 200])
    world().bff = world().make({})
  })

  const wrong: [name: string, headers: (token: string) => Record<string, string>, path?: (token: string) => string][] = [
    ['in the query', () => ({}), (token) => `/v1/me?token=${token}`],
    ['in the query as OAuth had it', () => ({}), (token) => `/v1/me?access_token=${token}`],
    ['in the query of a list', () => ({}), (token) => `/v1/devices?access_token=${token}`],
    ['as Basic', (token) => ({ authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` })],
    ['without a scheme', (token) => ({ authorization: token })],
    ['of another scheme', (token) => ({ authorization: `Token ${token}` })],
    ['in a cookie', (token) => ({ cookie: `token=${token}; authorization=Bearer ${token}` })],
    ['in a header of its own', (token) => ({ 'x-api-key': token, 'x-authorization': `Bearer ${token}` })],
    ['with a part missing', (token) => bearer(token.slice(0, -1))],
    ['with a sign too many', (token) => bearer(`${token}0`)],
    ['in capitals', (token) => bearer(`lk_${token.slice(3).toUpperCase()}`)],
    ['twice', (token) => bearer(`${token}, Bearer ${token}`)],
    ['after an empty one', (token) => bearer(`, ${token}`)],
    ['as its hash', () => ({})],
  ]
  for (const [name, headers, path] of wrong) {
    test(`${name} lets nobody in, and is not repeated`, async () => {
      const { token } = await makeKey(world(), 'admin', 'acme')
      const sent = name === 'as its hash' ? bearer((await world().keyring.hash('key', token)).hash) : headers(token)
      const { status, body, headers: got } = await me(world(), sent, path?.(token) ?? '/v1/me')
      assert.deepEqual([status, body.code], [401, 'unauthenticated'])
      assert.match(got.get('www-authenticate') ?? '', /^Bearer realm=/)
      assert.ok(!`${JSON.stringify(body)}${JSON.stringify([...got])}`.includes(token.slice(3, 40)))
    })
  }

  test('is taken with the scheme in any letters, as HTTP has it', async () => {
    const { token } = await makeKey(world(), 'admin', 'acme')
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  ']) assert.equal((await me(world(), { authorization: `${scheme} ${token}` })).status, 200, scheme)
  })

  test('beside a token in the query is no way round: the parameter is unknown, and not repeated', async () => {
    const { token } = await makeKey(world(), 'admin', 'acme')
    const { status, body } = await me(world(), bearer(token), `/v1/me?token=${token}`)
    assert.equal(status, 422)
    assert.ok(!JSON.stringify(body).includes(token.slice(3)))
  })

  test('is not replaced by what a stranger says of himself', async () => {
    const spoofed = {
      'x-user-id': 'admin', 'x-forwarded-user': 'admin', 'x-remote-user': 'admin', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost', 'x-workspace': 'acme', 'x-roles': 'admin',
      forwarded: 'for=127.0.0.1;host=localhost', 'x-original-url': '/healthz', 'x-rewrite-url': '/healthz', 'x-http-method-override': 'DELETE',
    }
    assert.equal((await me(world(), spoofed)).status, 401)
    const { token } = await makeKey(world(), 'viewer', 'acme')
    assert.deepEqual((await me(world(), { ...spoofed, ...bearer(token) })).body.roles, ['viewer'])
    assert.equal((await world().ask(null, 'GET', '/v1/devices/pump-1', undefined, { ...spoofed, ...bearer(token) })).status, 200)
    assert.equal((await world().ask(null, 'DELETE', '/v1/devices/pump-1', undefined, { ...spoofed, ...bearer(token) })).status, 403)
  })
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { Keyring } from '../../../bff/index.ts'
import { type Answered, onEngine, onEveryEngine, START, type World } from '../engines.ts'

const MINUTES_15 = 900_000

interface Session {
  token: string
  expiresAt: string
}

function sessionFor(world: World, body: object = {}): Promise<Answered<Session>> {
  return world.ask<Session>({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'ann', workspace: 'acme', roles: ['member'], ...body })
}

function me(world: World, token: string): Promise<Answered<{ person: { id: string; name?: string; email?: string }; roles: string[]; workspace: { id: string }; detail: string }>> {
  return world.ask(null, 'GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })
}

onEveryEngine('a session', (world) => {
  before(async () => { await world().setUp() })

  test('is one of 15 minutes, to the millisecond, for one person, workspace and some roles', async () => {
    world().now = START
    const { status, body: { token, expiresAt } } = await sessionFor(world(), { name: 'Ann', email: 'ann@acme.example', roles: ['viewer', 'admin'] })
    assert.deepEqual([status, expiresAt], [201, new Date(START + MINUTES_15).toISOString()])
    for (const [after, expected] of [[0, 200], [1, 200], [MINUTES_15 - 1, 200], [MINUTES_15, 401], [MINUTES_15 + 1, 401], [86_400_000, 401]] as const) {
      world().now = START + after
      const { status: got, body } = await me(world(), token)
      assert.equal(got, expected, `${after} ms later`)
      if (got === 200) {
        assert.deepEqual([body.roles, body.workspace.id, body.person.name, body.person.email], [['viewer', 'admin'], 'acme', 'Ann', 'ann@acme.example'])
      } else assert.equal(body.detail, 'The token has expired.')
    }
    world().now = START
  })

  test('begun within a second ends with that second, never later than told', async () => {
    for (const ms of [1, 500, 999]) {
      world().now = START + ms
      const { body: { token, expiresAt } } = await sessionFor(world())
      const end = Date.parse(expiresAt)
      assert.equal(end, START + MINUTES_15)
      world().now = end - 1
      assert.equal((await me(world(), token)).status, 200)
      world().now = end
      assert.equal((await me(world(), token)).status, 401)
    }
    world().now = START
  })

  test('holds an internal id, and neither name nor e-mail', async () => {
    const { body: { token } } = await sessionFor(world(), { subject: 'subject-of-bob', name: 'Bob Builder', email: 'bob@acme.example', locale: 'de-DE', emailVerified: true })
    const payload = decodeJwt(token)
    assert.deepEqual(Object.keys(payload).sort(), ['exp', 'iat', 'roles', 'sub', 'ws'])
    assert.deepEqual([payload['ws'], payload['roles']], ['acme', ['member']])
    assert.equal(decodeProtectedHeader(token).alg, 'HS256')
    assert.doesNotMatch(JSON.stringify(payload), /bob|builder|example/i)
    const person = await world().database.db.selectFrom('people').selectAll().where('id', '=', payload.sub ?? '').executeTakeFirstOrThrow()
    assert.deepEqual(
      [person.subject, person.name, person.email, person.email_verified, person.locale],
      ['subject-of-bob', 'Bob Builder', 'bob@acme.example', 1, 'de-DE'],
    )
  })

  test('keeps what is known of a person up to date, as one person', async () => {
    const ids = new Set<string>()
    for (const change of [{ name: 'Cy' }, { name: 'Cy Young', email: 'cy@acme.example' }, {}]) {
      const { body } = await me(world(), (await sessionFor(world(), { subject: 'cy', ...change })).body.token)
      ids.add(body.person.id)
      assert.deepEqual({ ...body.person, id: '' }, { id: '', ...change })
    }
    assert.equal(ids.size, 1)
  })

  const refusals: [name: string, change: object, status: number, code: string][] = [
    ['of an unknown workspace', { workspace: 'nowhere' }, 403, 'workspace-unknown'],
    ...['vendor', 'host', 'gateway', 'owner', 'Admin', ''].map((role): [string, object, number, string] => [`of the role "${role}"`, { roles: [role] }, 422, 'invalid']),
    ['of a role among others that is none', { roles: ['viewer', 'vendor'] }, 422, 'invalid'],
    ['without roles', { roles: [] }, 422, 'invalid'],
    ['of roles as a text', { roles: 'admin' }, 422, 'invalid'],
    ['of nobody', { subject: '' }, 422, 'invalid'],
    ['of too long a subject', { subject: 'x'.repeat(256) }, 422, 'invalid'],
    ['with an e-mail that is none', { email: 'ann at acme' }, 422, 'invalid'],
    ...['', 'x', 'de_DE', 'German, please', 'de-', '-de', 'de--DE', 'de\r\nX: y', 'e'.repeat(36), '*'].map((locale): [string, object, number, string] => [`with the language ${JSON.stringify(locale)}`, { locale }, 422, 'invalid']),
    ['with an end of its own', { expiresAt: '2030-01-01T00:00:00Z' }, 422, 'invalid'],
  ]
  for (const [name, change, status, code] of refusals) {
    test(`${name} is refused`, async () => {
      const answer = await sessionFor(world(), change) as Answered<Session & { code?: string }>
      assert.deepEqual([answer.status, answer.body.code, answer.body.token], [status, code, undefined])
    })
  }

  test('may name any language by its tag', async () => {
    for (const locale of ['de', 'de-AT', 'pt-BR', 'zh-Hant-TW', 'sr-Latn', 'en-u-nu-arab']) assert.equal((await sessionFor(world(), { locale })).status, 201, locale)
  })

  test('is not kept for a second answer', async () => {
    const headers = { 'idempotency-key': 'again' }
    const ask = (): Promise<Answered<Session>> => world().ask<Session>({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'ann', workspace: 'acme', roles: ['viewer'] }, headers)
    assert.deepEqual([(await ask()).status, (await ask()).status], [201, 201])
    assert.deepEqual(await world().database.db.selectFrom('idempotency').selectAll().execute(), [])
  })
})

suite('a session token of somebody else', () => {
  const secret = randomBytes(32)
  const forged = async (change: { header?: object; claims?: object; key?: Uint8Array } = {}): Promise<string> => {
    const [[kid, key] = ['', new Uint8Array()]] = await new Keyring([secret]).sessionKeys()
    return new SignJWT({ ws: 'acme', roles: ['admin'], sub: 'somebody', exp: START / 1_000 + 60, ...change.claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'license-session+jwt', kid, ...change.header }).sign(change.key ?? key)
  }
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

  onEngine('wasm', 'is refused', (world) => {
    before(async () => { await world().setUp() })
    const rows: [name: string, token: () => Promise<string>, status: number][] = [
      ['not if it is right', () => forged(), 200],
      ['signed with another key', () => forged({ key: randomBytes(32) }), 401],
      ['naming another secret', () => forged({ header: { kid: 'other' } }), 401],
      ['naming no secret', () => forged({ header: { kid: undefined } }), 401],
      ['of another type', () => forged({ header: { typ: 'JWT' } }), 401],
      ['without an end', () => forged({ claims: { exp: undefined } }), 401],
      ['without a person', () => forged({ claims: { sub: undefined } }), 401],
      ['without a workspace', () => forged({ claims: { ws: undefined } }), 401],
      ['without roles', () => forged({ claims: { roles: undefined } }), 401],
      ['that begins later', () => forged({ claims: { nbf: START / 1_000 + 1 } }), 401],
      ['with critical extensions', async () => { const [, ...rest] = (await forged()).split('.'); return [encode({ alg: 'HS256', typ: 'license-session+jwt', crit: ['x'], x: 1 }), ...rest].join('.') }, 401],
      ['unsigned', async () => `${encode({ alg: 'none', typ: 'license-session+jwt' })}.${(await forged()).split('.')[1]}.`, 401],
      ['with its signature cut off', async () => (await forged()).split('.').slice(0, 2).join('.'), 401],
      ['with another payload', async () => { const [head, , sign] = (await forged()).split('.'); return `${head}.${encode({ ws: 'acme', roles: ['admin'], sub: 'x', exp: 9e9 })}.${sign}` }, 401],
      ['with something after it', async () => `${await forged()}x`, 401],
    ]
    for (const [name, token, status] of rows) {
      test(name, async () => {
        world().bff = world().make({}, { keyring: new Keyring([secret]) })
        assert.equal((await me(world(), await token())).status, status)
      })
    }

    test('but not when its secret was the current one before', async () => {
      const old = await forged()
      world().bff = world().make({}, { keyring: new Keyring([randomBytes(32), secret]) })
      assert.equal((await me(world(), old)).status, 200)
      world().bff = world().make({}, { keyring: new Keyring([randomBytes(32)]) })
      assert.equal((await me(world(), old)).status, 401)
    })
  })
})

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createLocalJWKSet, exportSPKI } from 'jose'
import { type Answered, onEngine, START, type World } from '../engines.ts'
import { ALGORITHMS, AUDIENCE, encoded, issue, ISSUER, type IssuerKey, issuerKey, NOW, signed } from './issuer.ts'

const keys = Object.fromEntries(await Promise.all(ALGORITHMS.map(async (alg) => [alg, await issuerKey(alg, `key-${alg}`)] as const))) as Record<(typeof ALGORITHMS)[number], IssuerKey>
const RSA = keys.RS256
const HOST_TOKENS = { keys: createLocalJWKSet({ keys: Object.values(keys).map((key) => key.jwk) }), issuer: ISSUER, audience: AUDIENCE, algorithms: ALGORITHMS }

interface Me {
  person: { id: string; name?: string; email?: string } | null
  workspace: { id: string }
  roles: string[]
  code: string
  detail: string
}

function me(world: World, token: string): Promise<Answered<Me>> {
  return world.ask<Me>(null, 'GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })
}

const other = await issuerKey('RS256', RSA.kid)
const pem = new TextEncoder().encode(await exportSPKI(RSA.publicKey))
const [head = '', payload = '', signature = ''] = (await issue(RSA)).split('.')
/** Tokens that nobody may be let in by. */
const refused: [name: string, token: string | Promise<string>][] = [
  ['unsigned', `${encoded({ alg: 'none', typ: 'JWT' })}.${payload}.`],
  ['unsigned, in other letters', `${encoded({ alg: 'nOnE', typ: 'JWT' })}.${payload}.`],
  ['unsigned, with a signature', `${encoded({ alg: 'none' })}.${payload}.${signature}`],
  ['signed by HS256 with the public key', issue({ alg: 'HS256', kid: RSA.kid, privateKey: pem })],
  ['signed by HS256 with nothing', issue({ alg: 'HS256', kid: RSA.kid, privateKey: new Uint8Array(32) })],
  ['signed by an algorithm that is not listed', issuerKey('PS256', RSA.kid).then((key) => issue({ ...key, kid: RSA.kid }))],
  ['signed by a stranger under a known key id', issue(other)],
  ['signed by a key that nobody knows', issue({ ...other, kid: 'unknown' })],
  ['signed by a listed algorithm under the key of another one', issue({ ...keys.ES256, kid: RSA.kid })],
  ['with its key inside', issue(other, {}, { jwk: other.jwk })],
  ['with the address of its key inside', issue({ ...other, kid: 'x' }, {}, { jku: 'https://evil.example/keys' })],
  ['with critical extensions', `${encoded({ alg: 'RS256', kid: RSA.kid, crit: ['x'], x: 1 })}.${payload}.${signature}`],
  ['with another payload', `${head}.${encoded({ iss: ISSUER, aud: AUDIENCE, sub: 'eve', workspace: 'acme', roles: ['admin'], exp: NOW + 300 })}.${signature}`],
  ['with its signature cut off', `${head}.${payload}.`],
  ['with a payload that is no object', signed(RSA, '"text"')], ['with a payload that is a list', signed(RSA, '[]')], ['with a payload that is null', signed(RSA, 'null')],
  ['with a payload that is no JSON', signed(RSA, '{')], ['with a payload that is no UTF-8', signed(RSA, new Uint8Array([0xff]))],
  ['with a header that is no JSON', `${encoded('{')}.${payload}.${signature}`],
  ['in two parts', `${head}.${payload}`], ['in four parts', `${head}.${payload}.${signature}.x`], ['as one dot', '.'], ['as two dots', '..'],
  ['of another issuer', issue(RSA, { iss: 'https://evil.example' })], ['of an issuer that only begins like ours', issue(RSA, { iss: `${ISSUER}.evil.example` })],
  ['without an issuer', issue(RSA, { iss: undefined })], ['of issuers in a list', issue(RSA, { iss: [ISSUER] })],
  ['for another audience', issue(RSA, { aud: 'shop' })], ['without an audience', issue(RSA, { aud: undefined })], ['for no audience of a list', issue(RSA, { aud: ['a', 'b'] })],
  ['without an end', issue(RSA, { exp: undefined })], ['with an end that is a text', issue(RSA, { exp: String(NOW + 300) as never })],
  ['that ended a second ago', issue(RSA, { exp: NOW - 1 })], ['that ends this second', issue(RSA, { exp: NOW })],
  ['that begins in a second', issue(RSA, { nbf: NOW + 1 })], ['that begins at a text', issue(RSA, { nbf: 'now' as never })],
  ['of nobody', issue(RSA, { sub: undefined })], ['of an empty subject', issue(RSA, { sub: '' })], ['of a subject that is a number', issue(RSA, { sub: 42 as never })],
  ['of a subject of 256 signs', issue(RSA, { sub: 'x'.repeat(256) })], ['of a subject with U+0000', issue(RSA, { sub: 'a\0b' })], ['of half a surrogate pair', issue(RSA, { sub: '\ud800' })],
]

onEngine('wasm', "the host's own token", (world) => {
  before(async () => { await world().setUp() })

  for (const alg of ALGORITHMS) {
    test(`is let in, signed by ${alg}`, async () => {
      const { status, body } = await me(world(), await issue(keys[alg]))
      assert.deepEqual([status, body.workspace.id, body.roles], [200, 'acme', ['member']])
    })
  }

  for (const [name, token] of refused) {
    test(`is refused ${name}`, async () => {
      const sent = await token
      const { status, body, headers } = await me(world(), sent)
      assert.deepEqual([status, body.code], [401, 'unauthenticated'])
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer /)
      for (const part of sent.split('.')) assert.ok(part.length < 8 || !JSON.stringify(body).includes(part), 'the answer repeats the token')
    })
  }

  test('is good from its beginning to the last second before its end', async () => {
    for (const [claims, ms, status] of [[{ nbf: NOW + 1 }, 1_000, 200], [{ exp: NOW + 1 }, 999, 200], [{ exp: NOW + 1 }, 1_000, 401]] as const) {
      world().now = START + ms
      assert.equal((await me(world(), await issue(RSA, claims))).status, status)
    }
    world().now = START
  })

  for (const workspace of [undefined, 'nowhere', '', 'ACME', 'acme ', 42, null, ['acme'], { id: 'acme' }, 'a\0b', '\ud800', 'x'.repeat(65)]) {
    test(`of the workspace ${String(JSON.stringify(workspace)).slice(0, 20)} is told that there is none`, async () => {
      const { status, body } = await me(world(), await issue(RSA, { workspace }))
      assert.deepEqual([status, body.code], [403, 'workspace-unknown'])
    })
  }

  const roles: [claim: unknown, roles: string[]][] = [
    [['viewer'], ['viewer']], [['member'], ['member']], [['admin'], ['admin']], [['admin', 'viewer'], ['viewer', 'admin']], ['admin', ['admin']], ['viewer member', ['viewer', 'member']],
    ['viewer,admin', ['viewer', 'admin']], [undefined, ['viewer']], [null, ['viewer']], [[], ['viewer']], ['', ['viewer']], [['owner'], ['viewer']], ['owner', ['viewer']], [42, ['viewer']],
    [{ admin: true }, ['viewer']], [['Admin'], ['viewer']], [[['admin']], ['viewer']], [['constructor', '__proto__', 'toString'], ['viewer']],
    [['vendor'], ['viewer']], [['host'], ['viewer']], [['gateway'], ['viewer']], [['vendor', 'host', 'gateway', 'member'], ['member']],
  ]
  for (const [claim, expected] of roles) {
    test(`with the roles ${JSON.stringify(claim)} has ${expected.join(', ')}`, async () => {
      assert.deepEqual((await me(world(), await issue(RSA, { roles: claim }))).body.roles, expected)
    })
  }

  test('leaves what it says of a person with people, and nowhere else', async () => {
    const token = await issue(RSA, { sub: 'subject-of-dee', name: 'Dee Dee', email: 'dee@acme.example', email_verified: true, locale: 'de' })
    const { body: { person } } = await me(world(), token)
    assert.deepEqual(person, { id: person?.id, name: 'Dee Dee', email: 'dee@acme.example' })
    await world().ask(null, 'POST', '/v1/devices/pump-1/voucher', { code: (await world().codes(1))[0] }, { authorization: `Bearer ${token}` })
    const row = await world().database.db.selectFrom('people').selectAll().where('subject', '=', 'subject-of-dee').executeTakeFirstOrThrow()
    assert.deepEqual([row.id, row.name, row.email, row.email_verified, row.locale], [person?.id, 'Dee Dee', 'dee@acme.example', 1, 'de'])
    for (const table of ['audit', 'grants', 'idempotency', 'attempts', 'attempt_scopes'] as const) {
      assert.doesNotMatch(JSON.stringify(await world().database.db.selectFrom(table).selectAll().execute()), /subject-of|Dee|acme\.example/, table)
    }
  })

  for (const [locale, kept] of [['de-AT', 'de-AT'], ['en_US', 'en-US'], ['German, please', null], ['de\r\nX: y', null], [`de-${'x'.repeat(40)}`, null]] as const) {
    test(`with the language ${JSON.stringify(locale).slice(0, 20)} keeps ${kept}`, async () => {
      await me(world(), await issue(RSA, { sub: `speaks ${locale}`, locale }))
      const row = await world().database.db.selectFrom('people').select('locale').where('subject', '=', `speaks ${locale}`).executeTakeFirstOrThrow()
      assert.equal(row.locale, kept)
    })
  }

  test('may say of a person what no database keeps; that is left out', async () => {
    for (const claim of ['a\0b', '\ud800', '', 42, ['x'], 'x'.repeat(321)]) {
      const { status, body } = await me(world(), await issue(RSA, { sub: 'eve', name: claim, email: claim, locale: claim, email_verified: 'true' }))
      assert.deepEqual([status, body.person], [200, { id: body.person?.id }])
    }
    assert.equal((await world().database.db.selectFrom('people').selectAll().where('subject', '=', 'eve').executeTakeFirstOrThrow()).email_verified, 0)
  })
}, {}, { hostTokens: HOST_TOKENS })

onEngine('wasm', "the host's own names of claims and roles", (world) => {
  before(async () => { await world().setUp() })
  const rows: [claim: unknown, roles: string[]][] = [
    ['Betriebsleiter', ['admin']], [['Betriebsleiter', 'Gast'], ['viewer', 'admin']], ['Gast', ['viewer']], ['admin', ['admin']], ['member', ['viewer']], ['Unbekannt', ['viewer']],
  ]
  for (const [claim, expected] of rows) {
    test(`mean by the policy: ${JSON.stringify(claim)} is ${expected.join(', ')}`, async () => {
      const token = await issue(RSA, { workspace: undefined, tenant: 'acme', roles: ['admin'], groups: claim })
      assert.deepEqual((await me(world(), token)).body.roles, expected)
    })
  }

  test('can name a vendor, who is no member of the workspace', async () => {
    const token = await issue(RSA, { tenant: 'acme', groups: 'Vertrieb' })
    assert.equal((await me(world(), token)).body.code, 'role-required')
    assert.equal((await world().ask(null, 'GET', '/v1/vendor/vouchers', undefined, { authorization: `Bearer ${token}` })).status, 200)
    assert.equal((await world().ask(null, 'PUT', '/v1/host/workspaces/x', { name: 'X', timeZone: 'UTC' }, { authorization: `Bearer ${token}` })).status, 403)
  })

  test('replace ours: a workspace under the old name is none', async () => {
    const { status, body } = await me(world(), await issue(RSA, { groups: 'Gast' }))
    assert.deepEqual([status, body.code], [403, 'workspace-unknown'])
  })
}, { claims: { workspace: 'tenant', roles: 'groups', roleNames: { Betriebsleiter: 'admin', Gast: 'viewer', Vertrieb: 'vendor', member: 'viewer' } } }, { hostTokens: HOST_TOKENS })

onEngine('wasm', 'a BFF without an issuer', (world) => {
  test('takes no token of one', async () => {
    await world().setUp()
    assert.equal((await me(world(), await issue(RSA))).status, 401)
  })
})

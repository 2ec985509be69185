import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { createLocalJWKSet, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { ENTITLEMENT_ISSUER, ENTITLEMENT_TYPE, verifyEntitlement } from '../../../bff/enforcement/entitlement.ts'
import { signSession } from '../../../bff/http/who.ts'
import { Keyring } from '../../../bff/index.ts'
import { onEngine, onEveryEngine, START } from '../engines.ts'

type Keys = Parameters<typeof createLocalJWKSet>[0]
const MINUTE_MS = 60_000

onEveryEngine('an entitlement', (world) => {
  let keys: ReturnType<typeof createLocalJWKSet>
  before(async () => {
    await world().setUp('acme', 'Europe/Berlin', ['open', 'shut'])
    await world().setUp('other', 'UTC', [])
    const [code] = await world().codes(1)
    await world().ask({ role: 'member' }, 'POST', '/v1/devices/open/voucher', { code })
    keys = createLocalJWKSet((await world().ask<Keys>(null, 'GET', '/.well-known/jwks.json')).body)
  })
  const issue = async (device: string): Promise<{ token: string; expiresAt: string }> =>
    (await world().ask<{ token: string; expiresAt: string }>({ role: 'viewer' }, 'POST', `/v1/devices/${device}/entitlement`)).body

  test('says what the licence opens, for a quarter of an hour, verified without asking', async () => {
    const { token, expiresAt } = await issue('open')
    assert.equal(expiresAt, '2026-11-21T09:45:00.000Z')
    const entitlement = await verifyEntitlement(token, { keys, device: 'open', now: START })
    assert.deepEqual(entitlement, {
      deviceId: 'open', workspace: 'acme', status: 'active', expiresAt: START + 15 * MINUTE_MS,
      features: ['listing', 'dashboard', 'history', 'functions', 'automation', 'integrations', 'site-analytics', 'reports'],
    })
    assert.deepEqual((await verifyEntitlement((await issue('shut')).token, { keys, device: 'shut', now: START }))?.features, ['listing'])
  })

  test('ends with its time, and never after the licence changes', async () => {
    const { token } = await issue('open')
    for (const [now, stands] of [[START + 15 * MINUTE_MS - 1, true], [START + 15 * MINUTE_MS, false]] as const) {
      assert.equal(await verifyEntitlement(token, { keys, device: 'open', now }) !== null, stands)
    }
    const end = Date.parse('2027-11-21T23:00:00.000Z')
    world().now = end - 5 * MINUTE_MS
    const late = await issue('open')
    assert.equal(late.expiresAt, '2027-11-21T23:00:00.000Z')
    assert.equal(await verifyEntitlement(late.token, { keys, device: 'open', now: end }), null)
    world().now = end - 1
    assert.ok(Date.parse((await issue('open')).expiresAt) <= end)
    world().now = START
  })

  test('is nothing where it is tampered with, for another device, or of another kind', async () => {
    const { token } = await issue('shut')
    const [head = '', body = '', sign = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
    const forged = Buffer.from(JSON.stringify({ ...claims, features: ['dashboard'], status: 'active' })).toString('base64url')
    const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: ENTITLEMENT_TYPE })).toString('base64url')}.${forged}.`
    const { privateKey } = await generateKeyPair('EdDSA')
    const own = (typ: string, key = privateKey): Promise<string> => new SignJWT({ ws: 'acme', status: 'active', features: ['dashboard'] })
      .setProtectedHeader({ alg: 'EdDSA', typ, kid: decodeProtectedHeader(token).kid! }).setIssuer(ENTITLEMENT_ISSUER).setSubject('shut').setExpirationTime(START / 1_000 + 60).sign(key)
    const [signing] = await world().keyring.signingKeys()
    const session = await signSession(world().keyring, { person: 'shut', workspace: 'acme', roles: ['admin'] }, START)
    const tokens = [`${head}.${forged}.${sign}`, none, await own(ENTITLEMENT_TYPE), await own('JWT', signing!.privateKey), session.token, '', 'garbage', `${token}x`]
    for (const bad of tokens) assert.equal(await verifyEntitlement(bad, { keys, device: 'shut', now: START }), null, bad)
    assert.equal(await verifyEntitlement(token, { keys, device: 'open', now: START }), null)
    assert.notEqual(await verifyEntitlement(token, { keys, device: 'shut', now: START }), null)
  })

  test('lets nobody in: it is no session', async () => {
    const { token } = await issue('open')
    assert.equal((await world().ask(null, 'GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })).status, 401)
  })

  test('of an unknown device, or another workspace’s, is not made', async () => {
    assert.equal((await world().ask({ role: 'viewer' }, 'POST', '/v1/devices/none/entitlement')).status, 404)
    assert.equal((await world().ask({ role: 'viewer', workspace: 'other' }, 'POST', '/v1/devices/open/entitlement')).status, 404)
  })
})

suite('keys of entitlements', () => {
  test('come with the secrets: the first one signs, all of them verify, so that a secret can be rotated', async () => {
    const [old, young] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    const kids = async (...secrets: [Uint8Array, ...Uint8Array[]]): Promise<string[]> => (await new Keyring(secrets).signingKeys()).map(({ kid }) => kid)
    const [a = '', b = ''] = await kids(old, young)
    assert.notEqual(a, b)
    assert.deepEqual([await kids(young, old), await kids(old)], [[b, a], [a]])
    const [{ publicJwk } = { publicJwk: null }] = await new Keyring([old]).signingKeys()
    assert.deepEqual(Object.keys(publicJwk ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })
})

onEngine('sqlite', 'devices of a site', (world) => {
  test('are those that a licence opens a feature of; the others are counted', async () => {
    await world().setUp()
    await world().setUp('other', 'UTC', [])
    const put = async (id: string, siteId: string | null, workspace = 'acme'): Promise<void> => {
      await world().ask({ role: 'host' }, 'PUT', `/v1/host/devices/${id}`, { workspace, serial: `S-${workspace}-${id}`, model: 'P100', name: id, siteId })
    }
    for (const id of ['a', 'b', 'c', 'd']) await put(id, 'plant')
    await put('e', null)
    await put('f', 'plant', 'other')
    for (const id of ['a', 'c', 'e']) {
      const [code] = await world().codes(1)
      await world().ask({ role: 'member' }, 'POST', `/v1/devices/${id}/voucher`, { code })
    }
    await world().ask({ role: 'admin' }, 'DELETE', '/v1/devices/d')
    const at = async (path: string): Promise<unknown> => (await world().ask({ role: 'viewer' }, 'GET', `/v1/sites/${path}`)).body
    assert.deepEqual(await at('plant/licensed-devices'), { deviceIds: ['a', 'c'], leftOut: 1 })
    assert.deepEqual(await at('plant/licensed-devices?feature=listing'), { deviceIds: ['a', 'b', 'c'], leftOut: 0 })
    assert.deepEqual(await at('nowhere/licensed-devices'), { deviceIds: [], leftOut: 0 })
    const { status, body } = await world().ask({ role: 'viewer' }, 'GET', '/v1/sites/plant/licensed-devices?feature=flight')
    assert.deepEqual([status, body['code']], [404, 'feature-not-found'])
    assert.deepEqual((await world().ask({ role: 'gateway' }, 'GET', '/v1/sites/plant/licensed-devices?workspace=other')).body, { deviceIds: [], leftOut: 1 })
    assert.deepEqual(await world().bff.licenses.licensed({ workspace: 'acme', deviceIds: ['a', 'b', 'zz'], feature: 'reports' }), { deviceIds: ['a'], leftOut: 2 })
  })
})

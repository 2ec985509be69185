import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { trustedProxies } from '../../../bff/node/index.ts'
import { signSession } from '../../../bff/http/who.ts'
import { onEveryEngine, START, type World } from '../engines.ts'
import { makeKey } from '../who/keys.ts'

const DAY_MS = 86_400_000
const PROXY = '10.1.2.3'
const POLICY = {
  gatePatterns: [
    { path: '/api/devices/{device}/live', feature: 'dashboard' }, { path: '/api/devices/{device}/history/*', feature: 'history' },
    { path: '/own/{feature}/{device}', feature: null }, { path: '/own/reports/{device}', feature: 'reports' },
  ],
}

interface Asked {
  token?: string
  method?: string
  /** The address as it is sent. */
  target: string
  headers?: Record<string, string>
  peer?: string
}

/** Asks as a gateway would, over a connection from some address. */
async function ask(world: World, { token, method = 'GET', target, headers = {}, peer = PROXY }: Asked): Promise<{ status: number; code: string | null; headers: Headers; body: string }> {
  const request = new Request(`http://bff.test${target}`, { method, headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) } })
  const response = await world.bff.fetch(request, { incoming: { url: target, socket: { remoteAddress: peer } } })
  return { status: response.status, code: response.headers.get('x-license-code'), headers: response.headers, body: await response.text() }
}

onEveryEngine('authorize', (world) => {
  const keys: Record<string, string> = {}
  before(async () => {
    await world().setUp('acme', 'Europe/Berlin', ['open', 'shut'])
    await world().setUp('other', 'Europe/Berlin', ['theirs'])
    for (const role of ['viewer', 'member', 'admin', 'gateway', 'host', 'vendor'] as const) {
      keys[role] = (await makeKey(world(), role, ['viewer', 'member', 'admin'].includes(role) ? 'acme' : null)).token
    }
    const [code] = await world().codes(1)
    await world().ask({ role: 'member' }, 'POST', '/v1/devices/open/voucher', { code })
  })

  test('lets pass what is open, and says until when', async () => {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'PROPFIND']) {
      const { status, code, headers, body } = await ask(world(), { token: keys['viewer']!, method, target: '/v1/authorize?device=open&feature=dashboard' })
      assert.deepEqual([status, code, headers.get('x-license-status'), headers.get('x-license-until'), headers.get('cache-control'), body], [204, 'active', 'active', '2027-11-21T23:00:00.000Z', 'no-store', ''], method)
    }
  })

  test('refuses what is closed, with the reason and what helps by role', async () => {
    const rows = [['viewer', 'contact'], ['member', 'activate'], ['admin', 'activate']] as const
    for (const [role, remedy] of rows) {
      const { status, code, headers, body } = await ask(world(), { token: keys[role]!, target: '/v1/authorize?device=shut&feature=dashboard' })
      assert.deepEqual([status, code, headers.get('x-license-status'), headers.get('x-license-remedy')], [403, 'feature-closed', 'none', remedy])
      assert.deepEqual(JSON.parse(body), {
        type: '/problems/feature-closed', code: 'feature-closed', title: 'The licence does not open this feature', status: 403,
        detail: 'Activate or renew the licence of the device.', licenseStatus: 'none', until: null, remedy, source: headers.get('x-license-source'),
      })
      assert.ok(['live', 'cache'].includes(headers.get('x-license-source') ?? ''))
    }
    assert.equal((await ask(world(), { token: keys['viewer']!, target: '/v1/authorize?device=shut&feature=listing' })).status, 204)
  })

  test('answers a session of a person by the person’s own workspace', async () => {
    const session = await signSession(world().keyring, { person: 'somebody', workspace: 'acme', roles: ['viewer'] }, world().now)
    assert.equal((await ask(world(), { token: session.token, target: '/v1/authorize?device=open&feature=dashboard' })).status, 204)
    const stale = await signSession(world().keyring, { person: 'somebody', workspace: 'acme', roles: ['viewer'] }, world().now - DAY_MS)
    const other = await signSession(world().keyring, { person: 'somebody', workspace: 'other', roles: ['admin'] }, world().now)
    assert.deepEqual(await codesOf(stale.token, other.token), [[401, 'unauthenticated'], [403, 'device-not-found']])
  })

  const codesOf = (...tokens: string[]): Promise<[number, string | null][]> => Promise.all(tokens.map(async (token): Promise<[number, string | null]> => {
    const { status, code } = await ask(world(), { token, target: '/v1/authorize?device=open&feature=dashboard' })
    return [status, code]
  }))

  test('lets a key of the role gateway name the workspace, and nobody else', async () => {
    const target = (query: string): string => `/v1/authorize?device=open&feature=dashboard${query}`
    for (const [role, query, status, code] of [
      ['gateway', '&workspace=acme', 204, 'active'], ['gateway', '', 403, 'invalid'], ['gateway', '&workspace=other', 403, 'device-not-found'], ['gateway', '&workspace=none', 403, 'device-not-found'],
      ['viewer', '&workspace=acme', 403, 'invalid'], ['viewer', '&workspace=other', 403, 'invalid'], ['host', '', 403, 'role-required'], ['vendor', '', 403, 'role-required'],
      ['host', '&workspace=acme', 403, 'invalid'],
    ] as const) {
      const answer = await ask(world(), { token: keys[role]!, target: target(query) })
      assert.deepEqual([answer.status, answer.code], [status, code], `${role}${query}`)
    }
  })

  const closed: readonly [what: string, target: string, code: string][] = [
    ['another workspace’s device', '/v1/authorize?device=theirs&feature=dashboard', 'device-not-found'],
    ['an unknown device', '/v1/authorize?device=nobody&feature=dashboard', 'device-not-found'],
    ['an unknown feature', '/v1/authorize?device=open&feature=flight', 'feature-not-found'],
    ['a feature that every object has', '/v1/authorize?device=open&feature=constructor', 'feature-not-found'],
    ['no device', '/v1/authorize?feature=dashboard', 'invalid'],
    ['no feature', '/v1/authorize?device=open', 'invalid'],
    ['an empty device', '/v1/authorize?device=&feature=dashboard', 'invalid'],
    ['a device twice', '/v1/authorize?device=shut&device=open&feature=dashboard', 'invalid'],
    ['a device slipped in by its id', '/v1/authorize?device=shut%26device%3Dopen&feature=dashboard', 'device-not-found'],
    ['a feature twice', '/v1/authorize?device=open&feature=listing&feature=dashboard', 'invalid'],
    ['an unknown parameter', '/v1/authorize?device=open&feature=dashboard&admin=1', 'invalid'],
    ['a parameter with brackets', '/v1/authorize?device[]=open&feature=dashboard', 'invalid'],
    ['an empty query', '/v1/authorize?', 'invalid'],
    ['malformed UTF-8', '/v1/authorize?device=%ff&feature=dashboard', 'device-not-found'],
    ['U+0000', '/v1/authorize?device=open%00&feature=dashboard', 'invalid'],
  ]
  for (const [what, target, code] of closed) {
    test(`is closed for ${what}`, async () => {
      const answer = await ask(world(), { token: keys['admin']!, target })
      assert.deepEqual([answer.status, answer.code], [403, code])
    })
  }

  test('is closed for who is nobody, and tells how to sign in', async () => {
    for (const token of [undefined, 'garbage', 'a.b.c', `lk_${'0'.repeat(64)}`]) {
      const { status, code, headers } = await ask(world(), { ...(token === undefined ? {} : { token }), target: '/v1/authorize?device=open&feature=dashboard' })
      assert.deepEqual([status, code], [401, 'unauthenticated'])
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer/)
    }
  })

  const forwarded: readonly [uri: string, status: number, code: string][] = [
    ['/api/devices/open/live', 204, 'active'], ['/api/devices/open/live?device=shut&feature=listing', 204, 'active'], ['/api/devices/%6fpen/live', 204, 'active'],
    ['/api/devices/open/history/2026/11', 204, 'active'], ['/api/devices/open/history', 204, 'active'], ['/own/dashboard/open', 204, 'active'],
    ['/api/devices/shut/live', 403, 'feature-closed'], ['/api/devices/open/live/', 403, 'feature-not-found'], ['/api/devices/open', 403, 'feature-not-found'],
    ['/api/devices/open/Live', 403, 'feature-not-found'], ['/own/reports/open', 403, 'feature-not-found'], ['/', 403, 'feature-not-found'], ['/own/flight/open', 403, 'feature-not-found'],
    ['/api/devices/shut%2f..%2fopen/live', 403, 'invalid-request'], ['/api/devices/shut/../open/live', 403, 'invalid-request'], ['/api/devices/shut/%2e%2e/open/live', 403, 'invalid-request'],
    ['/api/devices/shut/.%2E/open/live', 403, 'invalid-request'], ['/api/devices/%252e%252e/live', 403, 'invalid-request'], ['/api/devices/open%5c..%5clive', 403, 'invalid-request'],
    ['/api/devices/open\\live', 403, 'invalid-request'], ['/api//devices/open/live', 403, 'invalid-request'], ['/api/devices/./open/live', 403, 'invalid-request'],
    ['/api/devices/..;a=b/open/live', 403, 'invalid-request'], ['/api/devices/open%00/live', 403, 'invalid-request'], ['/api/devices/open%zz/live', 403, 'invalid-request'],
    ['/api/devices/open/live#x', 403, 'invalid-request'], ['api/devices/open/live', 403, 'invalid-request'], ['http://evil.example/api/devices/open/live', 403, 'invalid-request'],
    ['/api/devices/open%ff/live', 403, 'feature-not-found'],
  ]
  for (const [uri, status, code] of forwarded) {
    test(`reads the forwarded address ${uri}`, async () => {
      const asked = async (how: Omit<Asked, 'token'>): Promise<[number, string | null]> => {
        const answer = await ask(world(), { token: keys['viewer']!, ...how })
        return [answer.status, answer.code]
      }
      for (const header of ['x-original-uri', 'x-forwarded-uri']) assert.deepEqual(await asked({ target: '/v1/authorize', headers: { [header]: uri } }), [status, code], header)
      if (uri.startsWith('/') && !uri.includes('#')) assert.deepEqual(await asked({ target: `/v1/authorize${uri}` }), [uri === '/' ? 403 : status, code], 'after our own path')
    })
  }

  test('believes forwarded headers of trusted proxies alone, and two that agree', async () => {
    const headers = { 'x-original-uri': '/api/devices/open/live' }
    const rows: readonly [Partial<Asked>, number][] = [
      [{ headers }, 204], [{ headers, peer: '::ffff:10.1.2.3' }, 204], [{ headers, peer: '203.0.113.9' }, 403], [{ headers, peer: '' }, 403], [{}, 403],
      [{ headers: { ...headers, 'x-forwarded-uri': '/api/devices/open/live' } }, 204], [{ headers: { ...headers, 'x-forwarded-uri': '/api/devices/shut/live' } }, 403],
      [{ headers: { 'x-forwarded-for': '10.1.2.3', ...headers }, peer: '203.0.113.9' }, 403],
    ]
    for (const [how, status] of rows) assert.equal((await ask(world(), { token: keys['viewer']!, target: '/v1/authorize', ...how })).status, status, JSON.stringify(how))
  })

  test('reads no address that a runtime has made another of', async () => {
    const response = await world().bff.fetch(new Request('http://bff.test/v1/authorize/api/devices/shut/%2e%2e/open/live', { headers: { authorization: `Bearer ${keys['viewer']!}` } }))
    assert.deepEqual([response.status, response.headers.get('x-license-code')], [403, 'invalid-request'])
  })

  test('flips with the licence, at the second of its end and with a voucher', async () => {
    const target = '/v1/authorize?device=open&feature=dashboard'
    const asked = async (): Promise<string | null> => (await ask(world(), { token: keys['viewer']!, target })).code
    world().now = Date.parse('2027-11-21T23:00:00.000Z') - 1
    assert.equal(await asked(), 'expiring')
    world().now += 1
    assert.equal(await asked(), 'feature-closed')
    const [code] = await world().codes(1)
    assert.equal(await asked(), 'feature-closed')
    await world().ask({ role: 'member' }, 'POST', '/v1/devices/open/voucher', { code })
    assert.equal(await asked(), 'active')
    await world().ask({ role: 'admin' }, 'POST', '/v1/devices/open/undo')
    assert.equal(await asked(), 'feature-closed')
    world().now = START
  })
}, POLICY, { isTrustedProxy: trustedProxies(['10.0.0.0/8']) })

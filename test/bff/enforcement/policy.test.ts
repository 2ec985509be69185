import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PolicyError, policyOf } from '../../../bff/index.ts'
import { trustedProxies } from '../../../bff/node/index.ts'

const up = (url: string, more: object = {}): object => ({ upstreams: { dashboard: { url, ...more } } })
const at = (path: string, feature: string | undefined = 'dashboard'): object => ({ gatePatterns: [{ path, ...(feature === undefined ? {} : { feature }) }] })

suite('the policy of gates', () => {
  test('closes everything when nobody can be asked, and stands in front of nothing, unless it says so', () => {
    const { whenDown, reportOnly, upstreams, gatePatterns, entitlementMinutes } = policyOf()
    assert.deepEqual({ whenDown, reportOnly, upstreams, gatePatterns, entitlementMinutes }, { whenDown: {}, reportOnly: false, upstreams: {}, gatePatterns: [], entitlementMinutes: 15 })
    assert.deepEqual(policyOf(up('http://10.0.0.7/x')).upstreams, { dashboard: { url: 'http://10.0.0.7/x', headers: {}, timeoutSeconds: 10, idleSeconds: 300 } })
  })

  const right: readonly [what: string, policy: object][] = [
    ['an upstream', up('https://cloud.internal:8443/{workspace}/devices/{device}/{feature}/', { headers: { authorization: 'Bearer ${TOKEN}' }, timeoutSeconds: 0.5 })],
    ['a pattern', at('/api/v1/devices/{device}/history/*', 'history')], ['a pattern that names its feature', { gatePatterns: [{ path: '/{feature}/{device}' }] }],
    ['a feature of the host’s own', { features: [{ id: 'energy', openIn: ['active'] }], whenDown: { energy: { lastKnownHours: 0.5 } }, reportOnly: ['energy'], gatePatterns: [{ path: '/e/{device}', feature: 'energy' }] }],
    ['a roll-out', { reportOnly: true }],
  ]
  for (const [what, policy] of right) test(`takes ${what}`, () => { policyOf(policy) })

  const wrong: readonly [what: string, policy: object, told: RegExp][] = [
    ['an unknown feature', { whenDown: { flight: 'open' } }, /whenDown: flight is no feature/], ['an unknown feature to report', { reportOnly: ['flight'] }, /reportOnly: flight/],
    ['an upstream of an unknown feature', { upstreams: { flight: { url: 'http://x' } } }, /upstreams: flight/], ['a pattern of an unknown feature', at('/{device}', 'flight'), /gatePatterns: flight/],
    ['a feature that every object has', { whenDown: { constructor: 'open' } }, /constructor is no feature/],
    ['another word', { whenDown: { dashboard: 'maybe' } }, /whenDown\.dashboard: neither/], ['no hours', { whenDown: { dashboard: { lastKnownHours: 0 } } }, /whenDown\.dashboard/],
    ['no address', up('cloud'), /upstreams\.dashboard\.url/], ['another scheme', up('file:///etc/passwd'), /url/], ['credentials in an address', up('http://a:b@cloud'), /url/],
    ['a query', up('http://cloud/?a={device}'), /url/], ['a host that callers would name', up('http://{device}.cloud/'), /url/], ['an unknown name', up('http://cloud/{user}'), /url/],
    ['a header of two lines', up('http://cloud', { headers: { a: 'b\r\nc: d' } }), /headers/], ['a name that is none', up('http://cloud', { headers: { 'a b': 'c' } }), /headers/],
    ['no time', up('http://cloud', { timeoutSeconds: 0 }), /timeoutSeconds/], ['an unknown member', up('http://cloud', { follow: true }), /Unrecognized/],
    ['a pattern without a device', at('/devices/*'), /path/], ['two devices', at('/{device}/{device}'), /path/], ['a star in the middle', at('/{device}/*/x'), /path/],
    ['dots', at('/{device}/../x'), /path/], ['a part of a segment', at('/devices-{device}'), /path/], ['no slash', at('devices/{device}'), /path/], ['an encoded sign', at('/{device}/%20'), /path/],
    ['a feature twice over', at('/{feature}/{device}'), /names its feature/], ['no feature', { gatePatterns: [{ path: '/{device}' }] }, /names its feature/],
    ['no minutes', { entitlementMinutes: 0 }, /entitlementMinutes/],
  ]
  for (const [what, policy, told] of wrong) {
    test(`refuses ${what}`, () => { assert.throws(() => policyOf(policy), (error) => error instanceof PolicyError && told.test(error.message)) })
  }
})

suite('trusted proxies', () => {
  const isTrusted = trustedProxies(['10.0.0.0/8', '127.0.0.1', 'fd00::/8', '::1'])
  for (const [address, trusted] of [
    ['10.255.0.1', true], ['11.0.0.1', false], ['::ffff:10.0.0.1', true], ['::ffff:11.0.0.1', false], ['127.0.0.1', true], ['127.0.0.2', false], ['fd12::1', true], ['fe80::1', false], ['::1', true],
    ['', false], ['localhost', false], ['10.0.0.1, 127.0.0.1', false], ['::FFFF:127.0.0.1', true],
  ] as const) {
    test(`${address === '' ? 'no address' : address} is ${trusted ? 'one' : 'none'}`, () => { assert.equal(isTrusted(address), trusted) })
  }
  test('are nobody where none is named', () => { assert.equal(trustedProxies([])('127.0.0.1'), false) })
})

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Problem } from '../../../bff/index.ts'
import { assertConforms, type Wire } from '../conform.ts'
import { onEngine } from '../engines.ts'

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }
const SUMMARY = {
  total: 1, byStatus: { none: 1, active: 0, expiring: 0, grace: 0, expired: 0 }, alerts: { expired: 0, expiring: 0, grace: 0 }, grace: { eligible: 0, byReason: {} }, snoozedUntil: { expired: null, expiring: null, grace: null },
  now: '2026-11-21T09:30:00.000Z',
}

function answer(status: number, body: unknown, headers: Record<string, string> = JSON_HEADERS): Wire {
  return { status, headers: new Headers(headers), text: JSON.stringify(body) }
}

/** A problem as the BFF answers it, changed by the test. */
function problem(code: ConstructorParameters<typeof Problem>[0], change: object = {}, headers: Record<string, string> = {}): Wire {
  const one = new Problem(code)
  return answer(one.status, { ...one.body(), ...change }, { ...Object.fromEntries(one.response().headers), ...headers })
}

suite('an answer that is not as documented fails the test that asked', () => {
  test('but these are', () => {
    assertConforms('GET', '/v1/summary', answer(200, SUMMARY))
    assertConforms('GET', '/v1/devices/42', problem('device-not-found'))
    assertConforms('GET', '/v1/summary?x=1', problem('invalid', { errors: [{ pointer: '/x', detail: 'This parameter is not known here.' }] }))
    assertConforms('PUT', '/nowhere', problem('not-found'))
    assertConforms('POST', '/v1/summary', problem('method-not-allowed', {}, { allow: 'GET, HEAD' }))
  })

  const rows: [why: string, method: string, path: string, wire: Wire, told: RegExp][] = [
    ['a member too many', 'GET', '/v1/summary', answer(200, { ...SUMMARY, more: 1 }), /Unrecognized key: "more"/],
    ['a member too few', 'GET', '/v1/summary', answer(200, { ...SUMMARY, total: undefined }), /at total/],
    ['a member of another type', 'GET', '/v1/summary', answer(200, { ...SUMMARY, total: '1' }), /at total/],
    ['another status', 'GET', '/v1/summary', answer(201, SUMMARY), /not documented/],
    ['another media type', 'GET', '/v1/summary', answer(200, SUMMARY, { ...JSON_HEADERS, 'content-type': 'text/plain' }), /answered 200/],
    ['an answer that may be cached', 'GET', '/v1/summary', answer(200, SUMMARY, { 'content-type': 'application/json' }), /may be cached/],
    ['a problem of other routes', 'GET', '/v1/summary', problem('voucher-used'), /with voucher-used, which is not documented/],
    ['a problem of routes where no route is', 'GET', '/nowhere', problem('device-not-found'), /not documented/],
    ['a problem as plain JSON', 'GET', '/v1/devices/42', problem('device-not-found', {}, { 'content-type': 'application/json' }), /answered 404/],
    ['a problem with a member too many', 'GET', '/v1/devices/42', problem('device-not-found', { id: '42' }), /Unrecognized key: "id"/],
    ['a problem with another status inside', 'GET', '/v1/devices/42', problem('device-not-found', { status: 400 }), /answered 404/],
    ['a problem of another type', 'GET', '/v1/devices/42', problem('device-not-found', { type: '/problems/not-found' }), /answered 404/],
    ['a 405 without Allow', 'POST', '/v1/summary', problem('method-not-allowed'), /without allow/],
    ['a 401 that asks for nothing', 'GET', '/v1/summary', problem('unauthenticated'), /without www-authenticate/],
    ['a 503 that does not say when', 'GET', '/v1/summary', problem('storage-unavailable'), /without retry-after/],
  ]
  for (const [why, method, path, wire, told] of rows) {
    test(why, () => { assert.throws(() => { assertConforms(method, path, wire) }, told) })
  }
})

onEngine('wasm', 'the world of the tests', (world) => {
  test('checks what it is answered', async () => {
    await world().setUp()
    const { bff } = world()
    world().bff = Object.assign(async () => new Response(JSON.stringify({ ...SUMMARY, more: 1 }), { headers: JSON_HEADERS }), { fetch: bff.fetch, licenses: bff.licenses, reminders: bff.reminders, webhooks: bff.webhooks, close: bff.close })
    world().bff.fetch = world().bff
    await assert.rejects(world().ask({ role: 'viewer' }, 'GET', '/v1/summary'), /Unrecognized key/)
  })

  test('fails where the BFF tells of a bug', async () => {
    world().bff = world().make({}, { checkSerial: () => { throw new Error('a bug') } })
    await assert.rejects(world().ask({ role: 'admin' }, 'POST', '/v1/devices', { serial: 'S1', model: 'M', name: 'N' }), /a bug/)
  })
})

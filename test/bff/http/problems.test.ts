import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Problem, type ProblemCode, PROBLEMS, routes } from '../../../bff/index.ts'
import { problemsOf } from '../../../bff/http/openapi.ts'

/** The closed list of the interface, copied from its page. */
const CLOSED_LIST = {
  400: ['invalid-request', 'invalid-json', 'invalid-encoding'],
  401: ['unauthenticated'],
  403: ['role-required', 'feature-closed', 'origin-forbidden', 'workspace-unknown'],
  404: ['not-found', 'device-not-found', 'voucher-not-found', 'feature-not-found'],
  405: ['method-not-allowed'],
  409: [
    'voucher-used', 'voucher-expired', 'voucher-not-yet-valid', 'voucher-wrong-model', 'trial-not-eligible', 'grace-not-eligible', 'undo-not-possible',
    'device-exists', 'device-claimed', 'idempotency-in-progress', 'already-issued',
  ],
  413: ['too-large'],
  415: ['unsupported-media-type'],
  422: ['invalid', 'voucher-malformed', 'idempotency-key-reused'],
  429: ['too-many-attempts'],
  500: ['internal'],
  502: ['upstream-failed'],
  503: ['storage-unavailable', 'identity-unavailable'],
  504: ['upstream-timeout'],
}

suite('problems', () => {
  test('are those of the closed list, with its statuses', () => {
    const written = Object.entries(PROBLEMS).map(([code, [status]]) => `${status} ${code}`)
    const listed = Object.entries(CLOSED_LIST).flatMap(([status, codes]) => codes.map((code) => `${status} ${code}`))
    assert.deepEqual(written.sort(), listed.sort())
  })

  test('are kebab-case facts, each with a title and a remedy of its own', () => {
    for (const [code, [, title, remedy]] of Object.entries(PROBLEMS)) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/)
      assert.match(title, /^[A-Z][^.]+[^.]$/, code)
      assert.match(remedy, /^[A-Z/].+\.$/, code)
    }
    const titles = Object.values(PROBLEMS).map(([, title]) => title)
    assert.equal(new Set(titles).size, titles.length)
  })

  test('are answered as application/problem+json that nobody keeps', async () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      const response = new Problem(code, 'Said so.', { reason: 'why' }, { 'retry-after': '1' }).response()
      const [status, title] = PROBLEMS[code]
      assert.deepEqual(
        { status: response.status, body: await response.json(), headers: Object.fromEntries(response.headers) },
        {
          status, body: { type: `/problems/${code}`, code, title, status, detail: 'Said so.', reason: 'why' },
          headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'retry-after': '1' },
        },
      )
    }
  })

  test('of a route are told in its documentation, with those that follow from its shape', () => {
    const told = (method: string, path: string): string[] => {
      const route = routes.find((one) => one.method === method && one.path === path)
      return route === undefined ? [] : problemsOf(route)
    }
    const always = [
      'invalid-request', 'invalid-encoding', 'unauthenticated', 'role-required', 'workspace-unknown', 'not-found', 'method-not-allowed', 'invalid', 'internal',
      'storage-unavailable', 'identity-unavailable',
    ]
    const body = ['invalid-json', 'origin-forbidden', 'too-large', 'unsupported-media-type']
    const kept = ['idempotency-in-progress', 'idempotency-key-reused']
    assert.deepEqual(told('get', '/v1/me').sort(), [...always].sort())
    assert.deepEqual(told('post', '/v1/licenses/query').sort(), [...always, ...body].sort())
    assert.deepEqual(told('delete', '/v1/devices/{id}').sort(), [...always, ...body, ...kept, 'device-not-found'].sort())
    assert.deepEqual(told('post', '/v1/host/sessions').sort(), [...always, ...body].sort())
  })
})

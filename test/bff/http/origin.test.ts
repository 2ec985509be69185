import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEngine } from '../engines.ts'

const PORTAL = 'https://portal.example'
const OPTIONS = { origins: [PORTAL, 'http://localhost:5173'] }

onEngine('wasm', 'a page of another origin', (world) => {
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: string): Promise<Response> => world().bff(
    new Request(`http://bff.test${path}`, {
      method, headers: { 'x-test-as': JSON.stringify({ subject: 'a', roles: ['admin'], workspace: 'acme' }), ...headers }, ...(body === undefined ? {} : { body }),
    }))
  const preflight = async (origin: string, method = 'POST'): Promise<Response> =>
    ask('OPTIONS', '/v1/devices', { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' })
  const cors = ({ headers }: Response): string[] => [...headers.keys()].filter((name) => name.startsWith('access-control-'))

  test('asks first, and a listed one is let in, with credentials', async () => {
    await world().setUp()
    for (const origin of OPTIONS.origins) {
      const response = await preflight(origin)
      assert.equal(response.status, 204)
      assert.equal(await response.text(), '')
      assert.deepEqual(Object.fromEntries(response.headers), {
        'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', 'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id, x-requested-with', 'access-control-max-age': '600',
        'access-control-expose-headers': 'retry-after, idempotency-replayed', vary: 'origin',
      })
    }
  })

  const foreign = [
    'https://evil.example', 'http://portal.example', 'https://portal.example:8443', 'https://portal.example.evil.example', 'https://evilportal.example',
    'https://PORTAL.example', 'https://portal.example/', 'https://portal.example, https://evil.example', 'https://sub.portal.example', 'http://bff.test:8080', 'null', '*', 'file://', 'x',
  ]
  for (const origin of foreign) {
    test(`asks first, and ${origin} is not let in`, async () => {
      const response = await preflight(origin)
      assert.equal(response.status, 403)
      assert.equal((await response.json() as { code: string }).code, 'origin-forbidden')
      assert.deepEqual(cors(response), [])
    })

    test(`changes nothing from ${origin}, by JSON, by a form, without a body`, async () => {
      const bodies = [['application/json', '{"serial":"S1","model":"M","name":"N"}'], ['text/plain', '{"serial":"S1"}'], ['application/x-www-form-urlencoded', 'serial=S1']] as const
      for (const [type, body] of bodies) {
        const response = await ask('POST', '/v1/devices', { origin, cookie: 'session=1', 'content-type': type }, body)
        assert.deepEqual([response.status, (await response.json() as { code: string }).code], [403, 'origin-forbidden'])
        assert.deepEqual(cors(response), [])
      }
      assert.equal((await ask('DELETE', '/v1/devices/pump-1', { origin })).status, 403)
      assert.deepEqual(((await (await ask('GET', '/v1/devices', {})).json()) as { items: { id: string }[] }).items.map((one) => one.id), ['pump-1'])
    })

    test(`cannot be read from ${origin}`, async () => {
      const response = await ask('GET', '/v1/devices', { origin })
      assert.deepEqual(cors(response), [])
      assert.equal(response.headers.get('vary'), 'origin')
    })
  }

  test('reads answers and refusals, and changes, where it is listed', async () => {
    const rows: [method: string, path: string, body: string | undefined, status: number][] = [
      ['GET', '/v1/devices', undefined, 200], ['GET', '/v1/devices/nothing', undefined, 404], ['GET', '/nowhere', undefined, 404], ['PUT', '/v1/me', '{}', 405],
      ['POST', '/v1/devices', '{"serial":"S2","model":"M","name":"N"}', 201], ['POST', '/v1/devices', '{', 400], ['GET', '/v1/devices?limit=0', undefined, 422],
    ]
    for (const [method, path, body, status] of rows) {
      const response = await ask(method, path, { origin: PORTAL, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, body)
      assert.equal(response.status, status, `${method} ${path}`)
      assert.equal(response.headers.get('access-control-allow-origin'), PORTAL)
      assert.equal(response.headers.get('access-control-allow-credentials'), 'true')
      assert.equal(response.headers.get('vary'), 'origin')
    }
  })

  test('is none where the page is the own one, whatever ends TLS before', async () => {
    for (const origin of ['http://bff.test', 'https://bff.test']) {
      const response = await ask('POST', '/v1/devices', { origin, 'content-type': 'application/json' }, `{"serial":"${origin}","model":"M","name":"N"}`)
      assert.equal(response.status, 201)
      assert.deepEqual(cors(response), [])
    }
    const behind = await ask('POST', '/v1/devices', { origin: 'https://shop.example', host: 'shop.example', 'content-type': 'application/json' }, '{"serial":"S4","model":"M","name":"N"}')
    assert.equal(behind.status, 201)
  })

  test('is not told by forwarded headers, which anybody can send', async () => {
    const headers = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'https' }
    assert.equal((await ask('DELETE', '/v1/devices/pump-1', headers)).status, 403)
  })

  test('is never meant by a wildcard', async () => {
    for (const response of [await preflight(PORTAL), await ask('GET', '/v1/me', { origin: PORTAL }), await ask('GET', '/docs', { origin: PORTAL })]) {
      for (const name of cors(response)) assert.ok(!response.headers.get(name)?.includes('*'), name)
    }
  })

  test('keeps shared caches from mixing origins, also where none was sent', async () => {
    for (const headers of [{}, { origin: PORTAL }, { origin: 'https://evil.example' }]) {
      assert.equal((await ask('GET', '/v1/openapi.json', headers)).headers.get('vary'), 'origin')
    }
  })
}, {}, OPTIONS)

onEngine('wasm', 'a BFF without a list of origins', (world) => {
  test('lets no other origin in', async () => {
    await world().setUp()
    const { status, headers } = await world().ask({ role: 'admin' }, 'DELETE', '/v1/devices/pump-1', undefined, { origin: PORTAL })
    assert.equal(status, 403)
    assert.equal(headers.get('access-control-allow-origin'), null)
  })
})

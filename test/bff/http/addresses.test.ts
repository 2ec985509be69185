import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publicRoutes, routes } from '../../../bff/index.ts'
import { onEngine } from '../engines.ts'
import { ADMIN, assertRefusal, HOST, type Hostile, JSON_TYPE, KEY_HOST, refuseAll, served, VENDOR, withBody } from './hostile.ts'
import { ask } from './wire.ts'

const garbled = { status: 400, code: 'invalid-encoding' }
const unfit = { status: 422, code: 'invalid' }
const nowhere = { status: 404, code: 'not-found' }
const noDevice = { status: 404, code: 'device-not-found' }
const get = (path: string, headers = ADMIN): { head: string } => ({ head: `GET ${path} HTTP/1.1\r\n${headers}` })
const place = (id: string): Pick<Hostile, 'head' | 'body'> =>
  withBody(`PUT /v1/host/devices/${id}`, `${KEY_HOST}\r\n${JSON_TYPE}`, '{"workspace":"acme","serial":"S1","model":"M","name":"N"}')

const rows: Hostile[] = [
  ...['%zz', '%', '%f', '%ff', '%c3', '%ed%a0%80', '%c0%af', '%f4%90%80%80', 'a%00', '%00', '%e2%82', 'a%2500%00'].flatMap((text) => [
    { name: `${text} in a path`, ...get(`/v1/devices/${text}`), ...garbled },
    { name: `${text} in a query`, ...get(`/v1/devices?q=${text}`), ...garbled },
    { name: `${text} as a parameter`, ...get(`/v1/devices?${text}=1`), ...garbled },
    { name: `${text} where nothing is`, ...get(`/${text}`), ...garbled },
  ]),
  { name: 'bytes that are no ASCII', head: `GET /v1/devices/\xfc HTTP/1.1\r\n${ADMIN}`, status: 400, code: 'invalid-request' },
  ...['limit=0', 'limit=-1', 'limit=1e9', 'limit=abc', 'limit=201', 'limit=', 'limit=1.5', 'limit=%201', 'limit=+5', 'limit=0x10', 'limit=9999999999', 'limit=1&limit=2',
    'cursor=', 'cursor=x', 'cursor=..', 'cursor=W10.x', 'cursor=a&cursor=b', 'sort=password', 'sort=Name', 'sort=--name', 'sort=name,serial', 'sort=d.name_key', 'sort=name;drop',
    'sort=', 'status=', 'status=bogus', 'status=active,bogus', 'status=active,', 'alert=all', 'alert=', 'site=', 'site=a%20b', `site=${'x'.repeat(65)}`, `q=${'x'.repeat(201)}`,
    'workspace=beta', 'role=admin', '__proto__=1', '__proto__[a]=1', 'constructor=1', 'toString=1', 'Limit=5', 'limit[]=5', 'token=x', 'access_token=x', 'x', 'model=M', '=1', '=', 'limit=1&=2',
  ].map((query) => ({ name: `?${query.slice(0, 30)}`, ...get(`/v1/devices?${query}`), ...unfit })),
  ...['x', 'x=1', 'workspace=beta', '__proto__=1', '=1', '='].map((query) => ({ name: `?${query} where no parameter is`, ...get(`/v1/me?${query}`), ...unfit })),
  ...['/healthz?x=1', '/readyz?x', '/v1/openapi.json?v=3', '/docs?x=1', '/docs.css?v=1', '/problems?=1', '/problems/invalid?x=1', '/problems/nothing?x=1']
    .map((path) => ({ name: path, ...get(path, HOST), ...unfit })),
  { name: 'a parameter on a change', ...withBody('POST /v1/devices?dry-run=1', `${ADMIN}\r\n${JSON_TYPE}`, '{"serial":"S1","model":"M","name":"N"}'), ...unfit },
  { name: 'a parameter that is missing', head: `DELETE /v1/host/devices/pump-1 HTTP/1.1\r\n${KEY_HOST}`, ...unfit },
  { name: 'four signs that are five', ...get('/v1/vendor/vouchers?last4=ABCDE', VENDOR), ...unfit },
  ...['/', '/v1', '/v1/', '/v1/me/', '//v1/me', '/v1//me', '/V1/me', '/v1/Me', '/v1/me.json', '/v1%2Fme', '/v1/me%2F', '/v1/devices/', '/v1/devices//license', '/v1/devices/a/b/c/d',
    '/v1/devices/pump-1/', '/v1/devices/pump-1%2Flicense/x', '/metrics', '/.env', '/v1/openapi.json/', '/problems/', '/admin', '/__proto__', '/constructor', '/v1/constructor', '/*', '/v1/*',
    '/:id', '/v1/devices/:id/:x/:y',
  ].map((path) => ({ name: path, ...get(path), ...nowhere })),
  ...['..%2f..%2fetc%2fpasswd', 'pump-1%2Flicense', 'pump-1%20', 'PUMP-1', `${'x'.repeat(5_000)}`, "'%20or%201=1--", '%27%3B%20drop%20table%20devices', '{{7*7}}', '__proto__', 'constructor', '*', ':id',
    '%25', '%2500', '%F0%9F%92%A9', 'pump-1%E2%80%AE', 'ｐｕｍｐ-1'.replaceAll(/[^ -~]/g, encodeURIComponent)]
    .map((id) => ({ name: `the device ${id.slice(0, 30)}`, ...get(`/v1/devices/${id}`), ...noDevice })),
  ...[`${'x'.repeat(65)}`, 'a%20b', '%20', 'a%09', 'a%0D%0Ab', '%E2%80%A8'].map((id) => ({ name: `a new device with the id ${id.slice(0, 20)}`, ...place(id), ...unfit })),
  { name: 'a feature that is none', ...get('/v1/devices/pump-1/features/flight'), status: 404, code: 'feature-not-found' },
  { name: 'a feature that every object has', ...get('/v1/devices/pump-1/features/constructor'), status: 404, code: 'feature-not-found' },
]

onEngine('sqlite', 'a bad address is refused, and nothing is stored', (world) => {
  const server = served(world)
  refuseAll(world, server, rows)

  const known = [...new Set(routes.map((route) => route.path))].map((path) => ({
    path: path.replaceAll(/\{\w+\}/g, 'x'), allow: routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase()),
  }))
  const pages = [...new Set(publicRoutes.map(({ path }) => path))].map((path) => ({
    path: path.replaceAll(/\{\w+\}/g, 'invalid'), allow: publicRoutes.filter((one) => one.path === path).map(({ method = 'get' }) => method.toUpperCase()),
  }))
  for (const { path, allow } of [...known, ...pages]) {
    test(`${path} names its methods to every other one`, async () => {
      const methods = [...allow, ...(allow.includes('GET') ? ['HEAD'] : [])]
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'].filter((one) => !methods.includes(one))) {
        const answer = await ask(server().port, `${method} ${path} HTTP/1.1\r\n${HOST}\r\nConnection: close`)
        assert.equal(answer.status, 405, method)
        assert.equal(answer.headers.get('allow'), [...methods].sort().join(', '), method)
        assert.equal(answer.headers.get('content-type'), 'application/problem+json', method)
        if (method !== 'HEAD') assertRefusal(answer)
      }
    })
  }

  test('HEAD answers what GET does, without a body', async () => {
    for (const [path, status] of [['/v1/me', 200], ['/v1/devices/nothing', 404], ['/v1/devices?limit=0', 422], ['/nowhere', 404], ['/docs', 200]] as const) {
      const [head, whole] = [await ask(server().port, `HEAD ${path} HTTP/1.1\r\n${ADMIN}\r\nConnection: close`), await ask(server().port, get(path).head)]
      assert.deepEqual([head.status, head.text, head.headers.get('content-type')], [status, '', whole.headers.get('content-type')], path)
    }
  })

  test('addresses in another spelling lead to the same thing', async () => {
    for (const path of ['/v1/%64evices/pump-1', '/v1/devices/pump%2D1', '/v1/x/../devices/pump-1', '/v1/./devices/pump-1', '/v1/devices/pump-1?', '/v1/devices/pump-1?&&', '/v1/devices/pump-1#x']) {
      const answer = await ask(server().port, get(path).head)
      assert.equal(answer.status, 200, `${path} ${answer.text}`)
      assert.equal((JSON.parse(answer.text) as { id: string }).id, 'pump-1', path)
    }
  })
})

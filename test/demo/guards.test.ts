import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { demoOfSuite } from './demos.ts'

suite('the demo answers only its own computer and its own pages', () => {
  const asked = demoOfSuite()

  /** Asks with a Host header of one's own, which fetch does not allow. */
  function askAs(host: string, path = '/v1/me'): Promise<{ status: number | undefined; text: string }> {
    const { hostname, port } = new URL(asked.demo.url)
    return new Promise((resolve, reject) => {
      request({ hostname, port, path, headers: { host } }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => { text += chunk.toString() }).on('end', () => { resolve({ status: response.statusCode, text }) })
      }).on('error', reject).end()
    })
  }

  for (const host of ['localhost', 'LOCALHOST:80', '127.0.0.1:8787', '[::1]:8787', 'portal.localhost', 'a.b.localhost:1']) {
    test(`under ${host}`, async () => { assert.equal((await askAs(host)).status, 200) })
  }

  for (const host of [
    'evil.example', 'localhost.evil.example', 'evil-localhost', '192.168.0.1', '127.0.0.1.nip.io', '127.0.0.2', 'localhost.:80', '.localhost', '[::2]',
  ]) {
    for (const path of ['/', '/v1/me', '/demo/clock', '/healthz']) {
      test(`not under ${host}${path}`, async () => {
        const { status, text } = await askAs(host, path)
        assert.equal(status, 403)
        assert.equal((JSON.parse(text) as { code: string }).code, 'origin-forbidden')
      })
    }
  }

  test('not under another name in the request line', async () => { assert.equal((await askAs('localhost', 'http://evil.example/v1/me')).status, 403) })

  const foreign = [
    { origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'http://localhost:1' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) {
    for (const [type, body] of [['application/json', '{"addDays":1}'], ['application/x-www-form-urlencoded', 'addDays=1'], ['text/plain', '{"addDays":1}']] as const) {
      test(`no ${type} moves its clock with ${JSON.stringify(headers)}`, async () => {
        const { status, headers: answered } = await asked.ask('/demo/clock', { method: 'POST', body, headers: { 'content-type': type, ...headers } })
        assert.deepEqual([status, answered.get('content-type')], [403, 'application/problem+json'])
        assert.ok(Math.abs(asked.demo.now() - Date.now()) < 10_000)
      })
    }
  }

  test('its own page moves the clock', async () => {
    const own = { origin: asked.demo.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
    assert.equal((await asked.ask('/demo/clock', { method: 'POST', body: '{}', headers: own })).status, 200)
  })

  test('no JSON of other pages, for the clock and the API', async () => {
    for (const path of ['/demo/clock', '/v1/devices/hp-north/voucher']) {
      const { status } = await asked.ask(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', origin: 'https://evil.example' } })
      assert.equal(status, 403)
    }
  })

  for (const [path, method, allow] of [
    ['/', 'POST', 'GET, HEAD'], ['/devices/hp-north', 'DELETE', 'GET, HEAD'], ['/demo/clock', 'GET', 'POST'], ['/portal/portal.js', 'POST', 'GET, HEAD'],
    ['/elements.js', 'PUT', 'GET, HEAD'],
  ] as const) {
    test(`answers ${method} ${path} with 405`, async () => {
      const { status, headers } = await asked.ask(path, { method })
      assert.deepEqual([status, headers.get('allow'), headers.get('content-type')], [405, allow, 'application/problem+json'])
    })
  }

  test('hands everything else to the BFF', async () => {
    assert.equal((await asked.ask('/healthz')).text, '{"status":"alive"}')
    assert.equal((await asked.ask('/docs')).status, 200)
    assert.equal((await asked.ask('/nothing')).status, 404)
    assert.equal((await asked.ask('/v1/me', { method: 'HEAD' })).status, 200)
    assert.equal((await asked.ask('/', { method: 'HEAD' })).status, 200)
  })
})

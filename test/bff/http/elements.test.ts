import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEngine } from '../engines.ts'

const SCRIPT = 'export const version = "1"\n'
const file = { content: SCRIPT as string | Uint8Array | null }

interface Got {
  status: number
  text: string
  headers: Headers
}

onEngine('wasm', 'the elements as one file', (world) => {
  const get = async (headers: Record<string, string> = {}, method = 'GET'): Promise<Got> => {
    const response = await world().bff(new Request('http://bff.test/elements.js', { method, headers }))
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  test('are JavaScript in UTF-8 that pages of any origin may load', async () => {
    for (const origin of [{}, { origin: 'https://portal.example' }, { origin: 'null' }]) {
      const { status, text, headers } = await get(origin)
      assert.deepEqual([status, text], [200, SCRIPT])
      assert.equal(headers.get('content-type'), 'text/javascript; charset=utf-8')
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('access-control-allow-origin'), '*')
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin')
      assert.equal(headers.get('access-control-allow-credentials'), null)
    }
  })

  test('may be loaded by the pages that may ask with credentials, too', async () => {
    const { status, headers } = await get({ origin: 'https://listed.example' })
    assert.deepEqual([status, headers.get('access-control-allow-origin'), headers.get('vary')], [200, 'https://listed.example', 'accept-encoding, origin'])
  })

  test('are asked for each time, and sent only where they have changed', async () => {
    const { headers } = await get()
    const etag = headers.get('etag') ?? ''
    assert.match(etag, /^"[A-Za-z0-9+/=]{20,}"$/)
    assert.equal(headers.get('cache-control'), 'no-cache')
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, text, headers: again } = await get({ 'if-none-match': known })
      assert.deepEqual([status, text, again.get('etag'), again.get('access-control-allow-origin')], [304, '', etag, '*'], known)
    }
    for (const known of ['"other"', '', etag.slice(1), `x${etag}`]) assert.equal((await get({ 'if-none-match': known })).status, 200, known)
    file.content = new TextEncoder().encode('export const version = "2"\n')
    const { status, text, headers: newer } = await get({ 'if-none-match': etag })
    assert.deepEqual([status, text], [200, 'export const version = "2"\n'])
    assert.notEqual(newer.get('etag'), etag)
    file.content = SCRIPT
  })

  test('are packed for who takes that', async () => {
    for (const [accepts, packed] of [['gzip', true], ['br, GZIP;q=0.5', true], ['gzip;q=0, br', false], ['x-gzipped', false], ['identity', false]] as const) {
      const headers = { 'accept-encoding': accepts }
      const response = await world().bff(new Request('http://bff.test/elements.js', { headers }))
      const body = packed ? response.body?.pipeThrough(new DecompressionStream('gzip')) : response.body
      assert.deepEqual([response.headers.get('content-encoding'), await new Response(body).text()], [packed ? 'gzip' : null, SCRIPT], accepts)
      const etag = response.headers.get('etag') ?? ''
      assert.deepEqual([etag.startsWith('W/'), response.headers.get('vary')], [packed, 'accept-encoding, origin'], accepts)
      assert.equal((await get({ ...headers, 'if-none-match': etag })).status, 304)
    }
  })

  test('have each further language beside them, in a file of its own', async () => {
    const response = await world().bff(new Request('http://bff.test/elements.fr.js'))
    assert.deepEqual([response.status, await response.text()], [200, '// elements.fr.js'])
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.equal((await world().bff(new Request('http://bff.test/elements.xx.js'))).status, 404)
  })

  test('answer HEAD without a body, and other methods with 405', async () => {
    const head = await get({}, 'HEAD')
    assert.deepEqual([head.status, head.text, head.headers.get('content-type')], [200, '', 'text/javascript; charset=utf-8'])
    const post = await get({}, 'POST')
    assert.deepEqual([post.status, post.headers.get('allow')], [405, 'GET, HEAD'])
  })

  test('are a problem that says what to do where they were not built', async () => {
    file.content = null
    const { status, text, headers } = await get()
    file.content = SCRIPT
    assert.deepEqual([status, headers.get('content-type')], [404, 'application/problem+json'])
    const { code, detail } = JSON.parse(text) as { code: string; detail: string }
    assert.equal(code, 'not-found')
    assert.match(detail, /npm run build/)
  })
}, {}, { elements: async (name) => name === 'elements.js' ? file.content : `// ${name}`, origins: ['https://listed.example'] })

onEngine('wasm', 'a BFF without elements', (world) => {
  test('says that they have to be passed in', async () => {
    const response = await world().bff(new Request('http://bff.test/elements.js'))
    assert.equal(response.status, 404)
    assert.match((await response.json() as { detail: string }).detail, /pass `elements` to createBff/)
  })
})

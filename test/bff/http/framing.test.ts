import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEngine } from '../engines.ts'
import { ADMIN, assertRefusal, HOST, type Hostile, JSON_TYPE, refuseAll, served } from './hostile.ts'
import { ask, send } from './wire.ts'

const POST = `POST /v1/devices HTTP/1.1\r\n${ADMIN}\r\n${JSON_TYPE}`
const bad = { status: 400, code: 'invalid-request' }
const large = { status: 413, code: 'too-large' }
const headers = (count: number): string => Array.from({ length: count }, (_, index) => `x-${index}: 1`).join('\r\n')

const rows: Hostile[] = [
  { name: 'no Host', head: 'GET /v1/me HTTP/1.1', ...bad },
  { name: 'two Hosts', head: 'GET /v1/me HTTP/1.1\r\nHost: a\r\nHost: b', ...bad },
  { name: 'a Host that is none', head: 'GET /v1/me HTTP/1.1\r\nHost: a b', ...bad },
  { name: 'a Host with an address in it', head: 'GET /v1/me HTTP/1.1\r\nHost: a@b/v1/', ...bad },
  { name: 'an unknown method', head: `BREW /v1/me HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'a method in small letters', head: `get /v1/me HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'CONNECT', head: `CONNECT bff.test:443 HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'OPTIONS for the server as a whole', head: `OPTIONS * HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'another scheme', head: `GET ftp://bff.test/v1/me HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'an absolute address that is none', head: `GET http://[/v1/me HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'a backslash in the path', head: `GET /v1\\me HTTP/1.1\r\n${HOST}`, ...bad },
  { name: 'an expectation that nobody knows', head: `${POST}\r\nExpect: miracles\r\nContent-Length: 2`, ...bad },
  { name: '101 headers', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\n${headers(99)}`, ...bad },
  { name: '2,100 headers, of which Node would drop some silently', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\n${'x:1\r\n'.repeat(2_100)}x:1`, ...bad },
  { name: 'headers of more than 16 KiB', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\nx: ${'a'.repeat(16_500)}`, ...large },
  { name: 'an address of more than 16 KiB', head: `GET /v1/${'a'.repeat(16_500)} HTTP/1.1\r\n${ADMIN}`, ...large },
  { name: 'a header without a colon', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\nnonsense`, ...bad },
  { name: 'a space before the colon', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\nx : 1`, ...bad },
  { name: 'a folded header', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\nx: 1\r\n 2`, ...bad },
  { name: 'U+0000 in a header', head: `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\nx: a\0b`, ...bad },
  { name: 'line feeds alone', head: `GET /v1/me HTTP/1.1\n${HOST}\n\n`, ...bad },
  { name: 'HTTP/2 without asking', head: 'PRI * HTTP/2.0', body: 'SM\r\n\r\n', ...bad },
  { name: 'HTTP/3 in HTTP/1', head: `GET /v1/me HTTP/3.0\r\n${HOST}`, ...bad },
  { name: 'a TLS hello', head: '\x16\x03\x01\x02\0\x01\0', ...bad },
  { name: 'a Content-Length that is no number', head: `${POST}\r\nContent-Length: two`, body: '{}', ...bad },
  { name: 'a negative Content-Length', head: `${POST}\r\nContent-Length: -2`, body: '{}', ...bad },
  { name: 'two Content-Lengths', head: `${POST}\r\nContent-Length: 2\r\nContent-Length: 3`, body: '{}', ...bad },
  { name: 'a Content-Length beside chunks', head: `${POST}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked`, body: '0\r\n\r\n', ...bad },
  { name: 'chunks that are none', head: `${POST}\r\nTransfer-Encoding: chunked`, body: 'zz\r\n{}\r\n', ...bad },
  { name: 'a coding under the chunks', head: `${POST}\r\nTransfer-Encoding: gzip, chunked`, body: '0\r\n\r\n', ...bad },
  { name: 'a coding that is none', head: `${POST}\r\nTransfer-Encoding: chunked, identity`, body: '0\r\n\r\n', ...bad },
  { name: 'a Content-Length of more than 16 KiB, before the body comes', head: `${POST}\r\nContent-Length: 16385`, ...large },
  { name: 'a body of 3 MB', head: `${POST}\r\nContent-Length: 3000000`, body: 'x'.repeat(3_000_000), ...large },
  { name: 'chunks of more than 16 KiB, before their end', head: `${POST}\r\nTransfer-Encoding: chunked`, body: `4001\r\n${'x'.repeat(16_385)}\r\n`, ...large },
  { name: 'a file of more than 64 MiB, before it comes', head: `POST /v1/vendor/devices/import HTTP/1.1\r\n${ADMIN.replace('"admin"]', '"vendor"]')}\r\nContent-Type: text/csv\r\nContent-Length: 67108865`, ...large },
]

onEngine('sqlite', 'what is no request by HTTP/1.1 is refused', (world) => {
  const server = served(world)
  refuseAll(world, server, rows)

  test('but 100 headers, HTTP/1.0 without Host, absolute addresses and asking first are fine', async () => {
    const heads = [
      `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\n${headers(98)}`, `GET /v1/me HTTP/1.0\r\n${ADMIN.slice(HOST.length + 2)}`, `GET http://bff.test/v1/me HTTP/1.1\r\n${ADMIN}`,
      `GET /v1/me HTTP/1.1\r\n${ADMIN}\r\nConnection: upgrade\r\nUpgrade: h2c`,
    ]
    for (const head of heads) assert.equal((await ask(server().port, head)).status, 200, head)
    const answers = await send(server().port, `${POST}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`, '{}')
    assert.deepEqual(answers.map((one) => one.status), [100, 422])
  })

  test('requests one after another on a connection are answered in order, also after a refusal', async () => {
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\n${ADMIN}\r\n\r\n`
    const three = await send(server().port, `${get('/nowhere')}${get('/v1/me')}GET /healthz HTTP/1.1\r\n${HOST}\r\nConnection: close\r\n\r\n`)
    assert.deepEqual(three.map((one) => one.status), [404, 200, 200])
    const [first, ...others] = await send(server().port, `POST /v1/devices HTTP/1.1\r\n${HOST}\r\n${JSON_TYPE}\r\nContent-Length: 2\r\n\r\n{}GET /healthz HTTP/1.1\r\n${HOST}\r\nConnection: close\r\n\r\n`)
    assert.equal(first?.status, 401)
    assertRefusal(first)
    assert.deepEqual(others.map((one) => one.status), [200])
  })
})

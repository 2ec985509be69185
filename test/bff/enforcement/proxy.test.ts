import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import type { Listening } from '../../../bff/node/index.ts'
import { onEngine, START } from '../engines.ts'
import { serve } from '../http/wire.ts'
import { makeKey } from '../who/keys.ts'
import { HostServer } from './upstream.ts'
import { until } from '../../until.ts'

onEngine('sqlite', 'the proxy', (world) => {
  let host: HostServer
  let bff: Listening
  const keys: Record<string, string> = {}

  before(async () => {
    host = await new HostServer().listen()
    await world().setUp('acme', 'Europe/Berlin', ['open', 'shut'])
    await world().setUp('other', 'Europe/Berlin', ['theirs'])
    for (const role of ['viewer', 'gateway', 'host'] as const) keys[role] = (await makeKey(world(), role, role === 'viewer' ? 'acme' : null)).token
    world().bff = world().make({
      upstreams: {
        dashboard: { url: `${host.url}/cloud/{workspace}/{device}`, headers: { authorization: 'Bearer of-the-upstream', 'x-tenant': 'us' }, timeoutSeconds: 0.4, idleSeconds: 0.4 },
        history: { url: 'http://127.0.0.1:9' },
      },
    })
    bff = await serve(world())
    await redeem('open')
  })
  after(async () => {
    host.close()
    await world().bff.close()
    await bff.close()
  })

  async function redeem(device: string): Promise<void> {
    const [code] = await world().codes(1)
    assert.equal((await world().ask({ role: 'member' }, 'POST', `/v1/devices/${device}/voucher`, { code })).status, 200)
  }

  const ask = (path: string, init: RequestInit & { key?: string } = {}): Promise<Response> => {
    const { key = keys['viewer'], ...rest } = init
    return fetch(`http://127.0.0.1:${bff.port}/v1/devices/${path}`, { redirect: 'manual', ...rest, headers: { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...rest.headers as Record<string, string> } })
  }
  const problem = async (response: Response): Promise<[number, string]> => [response.status, (await response.json() as { code: string }).code]

  test('asks the server of the policy for who has a licence, and answers what it answers', async () => {
    const response = await ask('open/proxy/dashboard/a%20b/c?x=1&x=2', { headers: { 'x-page': 'kept' } })
    assert.deepEqual([response.status, await response.json()], [200, { path: '/a%20b/c' }])
    const { method, url, headers } = host.asked.at(-1)!
    assert.deepEqual([method, url, headers['x-page'], headers['x-license-device'], headers['x-license-workspace'], headers['x-license-feature'], headers['x-license-status'], headers['x-license-until'], headers['x-license-roles']],
      ['GET', '/cloud/acme/open/a%20b/c?x=1&x=2', 'kept', 'open', 'acme', 'dashboard', 'active', '2027-11-21T23:00:00.000Z', 'viewer'])
    assert.deepEqual(await (await ask('open/proxy/dashboard')).json(), { path: '' })
  })

  test('hands on none of the caller’s credentials and claims, and the upstream’s own', async () => {
    await (await ask('open/proxy/dashboard/x', { headers: {
      cookie: 'session=1', 'x-forwarded-for': '1.2.3.4', 'x-license-status': 'active', 'x-license-workspace': 'other', forwarded: 'for=1.2.3.4', 'proxy-authorization': 'Basic x', te: 'trailers', origin: 'null', 'x-tenant': 'them',
    } })).text()
    const { headers } = host.asked.at(-1)!
    assert.deepEqual(Object.fromEntries(['authorization', 'cookie', 'x-forwarded-for', 'forwarded', 'proxy-authorization', 'te', 'origin', 'x-tenant', 'x-license-workspace'].map((name) => [name, headers[name]])), {
      authorization: 'Bearer of-the-upstream', cookie: undefined, 'x-forwarded-for': undefined, forwarded: undefined, 'proxy-authorization': undefined, te: undefined, origin: undefined, 'x-tenant': 'us', 'x-license-workspace': 'acme',
    })
  })

  test('keeps status and headers, but no cookie and nothing of the connection', async () => {
    const response = await ask('open/proxy/dashboard/teapot')
    assert.deepEqual([response.status, await response.text()], [418, 'short and stout'])
    const { headers } = response
    assert.deepEqual(['etag', 'x-own', 'content-type', 'set-cookie', 'x-hop', 'access-control-allow-origin', 'cache-control', 'content-security-policy'].map((name) => headers.get(name)),
      ['"1"', 'kept', 'text/plain', null, null, null, 'no-store', "default-src 'none'; sandbox"])
    assert.equal((await ask('open/proxy/dashboard/none')).status, 204)
    assert.deepEqual([(await ask('open/proxy/dashboard/x', { method: 'HEAD' })).status, await (await ask('open/proxy/dashboard/x', { method: 'HEAD' })).text()], [200, ''])
  })

  test('sends bodies of every method on', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      await (await ask('open/proxy/dashboard/x', { method, body: 'grüß', headers: { 'content-type': 'text/plain' } })).text()
      const { method: got, body, headers } = host.asked.at(-1)!
      assert.deepEqual([got, body, headers['content-type']], [method, 'grüß', 'text/plain'])
    }
  })

  test('streams both ways: an answer begins while the request goes on', async () => {
    const socket = connect(bff.port, '127.0.0.1')
    let got = ''
    socket.setEncoding('utf8').on('data', (text: string) => { got += text })
    socket.write(`POST /v1/devices/open/proxy/dashboard/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${keys['viewer']!}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nfirst\r\n`)
    await until(() => got.includes('first'))
    socket.write('6\r\nsecond\r\n0\r\n\r\n')
    await until(() => got.includes('second'))
    socket.destroy()
  })

  test('refuses who has no licence, or nothing to do with the device, and asks nobody', async () => {
    const before = host.asked.length
    const rows: readonly [path: string, init: RequestInit & { key?: string }, status: number, code: string][] = [
      ['shut/proxy/dashboard/x', {}, 403, 'feature-closed'], ['theirs/proxy/dashboard/x', {}, 404, 'device-not-found'], ['none/proxy/dashboard/x', {}, 404, 'device-not-found'],
      ['open/proxy/flight/x', {}, 404, 'feature-not-found'], ['open/proxy/reports/x', {}, 404, 'not-found'], ['open/proxy/', {}, 404, 'not-found'], ['open/proxy', {}, 404, 'not-found'],
      ['open/proxy/dashboard/x', { key: '' }, 401, 'unauthenticated'], ['open/proxy/dashboard/x', { key: 'garbage' }, 401, 'unauthenticated'],
      ['open/proxy/dashboard/x', { key: keys['host']! }, 403, 'role-required'], ['open/proxy/dashboard/x', { key: keys['gateway']! }, 403, 'role-required'],
      ['shut/proxy/dashboard/x', { method: 'POST', body: 'x' }, 403, 'feature-closed'],
      ['open/proxy/dashboard/x', { method: 'POST', body: 'x', headers: { origin: 'https://evil.example' } }, 403, 'origin-forbidden'],
    ]
    for (const [path, init, status, code] of rows) assert.deepEqual(await problem(await ask(path, init)), [status, code], `${init.method ?? 'GET'} ${path}`)
    assert.equal(host.asked.length, before)
  })

  test('refuses addresses that can be read in two ways, whatever they would lead to', async () => {
    const before = host.asked.length
    for (const path of ['shut/../open/proxy/dashboard/x', 'open/proxy/dashboard/../x', 'open/proxy/dashboard/%2e%2e/x', 'open/proxy/dashboard/a%2fb', 'open/proxy/dashboard/%252e', 'open/proxy/dashboard//evil.example/', 'open/proxy/dashboard/a\\b', 'open/proxy/dashboard/..;/x', 'open/proxy/dashboard%2f/x']) {
      const { status } = await raw(`/v1/devices/${path}`)
      assert.ok(status === 400 || status === 404, `${path} was answered ${status}`)
    }
    assert.equal(host.asked.length, before)
  })

  async function raw(target: string): Promise<{ status: number }> {
    const socket = connect(bff.port, '127.0.0.1')
    let got = ''
    socket.setEncoding('utf8').on('data', (text: string) => { got += text })
    socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${keys['viewer']!}\r\nConnection: close\r\n\r\n`)
    await until(() => got.includes('\r\n\r\n'))
    socket.destroy()
    return { status: Number(got.split(' ', 2)[1]) }
  }

  test('follows no redirect: one of the same server stays behind the gate, another one is a failure', async () => {
    const moved = async (to: string): Promise<[number, string | null]> => {
      const response = await ask(`open/proxy/dashboard/moved/${Buffer.from(to).toString('hex')}`)
      await response.body?.cancel()
      return [response.status, response.headers.get('location')]
    }
    assert.deepEqual(await moved('next'), [302, '/v1/devices/open/proxy/dashboard/moved/next'])
    assert.deepEqual(await moved('../other?page=2'), [302, '/v1/devices/open/proxy/dashboard/other?page=2'])
    assert.deepEqual(await moved(`${host.url}/cloud/acme/open/x`), [302, '/v1/devices/open/proxy/dashboard/x'])
    for (const elsewhere of ['https://evil.example/', '//evil.example/', '/cloud/acme/shut/x', '/cloud/acme/opened', '../../shut/x', 'http://[']) assert.deepEqual(await moved(elsewhere), [502, null], elsewhere)
  })

  test('tells of a server that is down, slow, or endless, and lets go of it', async () => {
    assert.deepEqual(await problem(await ask('open/proxy/history/x')), [502, 'upstream-failed'])
    const ended = host.ended
    assert.deepEqual(await problem(await ask('open/proxy/dashboard/silent')), [504, 'upstream-timeout'])
    assert.deepEqual(await problem(await ask('open/proxy/dashboard/endless')), [502, 'upstream-failed'])
    await assert.rejects((await ask('open/proxy/dashboard/stalls')).text())
    await assert.rejects((await ask('open/proxy/dashboard/dies')).text())
    await until(() => host.ended >= ended + 4)
  })

  test('lets go of a server whose reader has gone', async () => {
    const ended = host.ended
    const gone = new AbortController()
    const response = await ask('open/proxy/dashboard/events', { signal: gone.signal })
    await response.body?.getReader().read()
    gone.abort()
    await until(() => host.ended > ended)
  })

  for (const [what, path, isWhole] of [['events end', 'events', true], ['anything else breaks off', 'drip', false]] as const) {
    test(`ends what runs when the licence ends: ${what}`, async () => {
      const ended = host.ended
      const reader = await reading(`open/proxy/dashboard/${path}`)
      world().now = Date.parse('2027-11-21T23:00:00.000Z')
      await until(() => reader.end !== null, 2_000)
      assert.equal(reader.end, isWhole ? 'whole' : 'broken')
      await until(() => host.ended > ended)
      assert.deepEqual(await problem(await ask('open/proxy/dashboard/x')), [403, 'feature-closed'])
      world().now = START
    })
  }

  test('ends what runs within a second of an undoing, and begins again within a second of a voucher', async () => {
    await redeem('shut')
    const reader = await reading('shut/proxy/dashboard/events')
    const other = await reading('open/proxy/dashboard/events')
    const started = performance.now()
    assert.equal((await world().ask({ role: 'admin' }, 'POST', '/v1/devices/shut/undo')).status, 200)
    await until(() => reader.end !== null)
    assert.ok(performance.now() - started < 1_000)
    assert.equal(other.end, null)
    other.stop()
    assert.deepEqual(await problem(await ask('shut/proxy/dashboard/events')), [403, 'feature-closed'])
    await redeem('shut')
    const again = await ask('shut/proxy/dashboard/x')
    assert.equal(again.status, 200)
    await again.text()
  })

  test('goes on over a renewal, and ends at the new end', async () => {
    const reader = await reading('open/proxy/dashboard/events')
    await redeem('open')
    world().now = Date.parse('2027-11-21T23:00:00.000Z') + 1
    await new Promise((resolve) => { setTimeout(resolve, 700) })
    assert.equal(reader.end, null)
    world().now = Date.parse('2028-11-21T23:00:00.000Z')
    await until(() => reader.end !== null, 2_000)
    world().now = START
  })

  /** Reads an answer that goes on, until it ends by itself. */
  async function reading(path: string): Promise<{ end: 'whole' | 'broken' | null; stop: () => void }> {
    const response = await ask(path)
    assert.equal(response.status, 200)
    const reader = response.body!.getReader()
    await reader.read()
    const state = { end: null as 'whole' | 'broken' | null, stop: () => { void reader.cancel() } }
    void (async () => {
      try {
        while (!(await reader.read()).done);
        state.end = 'whole'
      } catch {
        state.end = 'broken'
      }
    })()
    return state
  }
})

import Database from 'better-sqlite3'
import assert from 'node:assert/strict'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { redacted } from '../../bff/cli/log.ts'
import { newApiKey } from '../../bff/http/who.ts'
import { type Call, call, done, fails, folder, json, serve } from './program.ts'

async function withWorkspace(env: Record<string, string> = {}): Promise<Call> {
  const where = { cwd: folder() }
  await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], where)
  return { ...where, env }
}

suite('serve', { concurrency: 4 }, () => {
  test('says that its port is in use, for IPv6 too', async () => {
    const where = { cwd: folder() }
    const taken = createServer().listen(0, '::1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    await fails(['serve', '--host', '::1', '--port', String(port)], where, 1, `port ${port} of ::1 is in use; stop what uses it, or give another --port`)
    taken.close()
  })

  test('says why it cannot listen', async () => {
    const where = { cwd: folder() }
    await fails(['serve', '--port', '0', '--host', '203.0.113.1'], where, 1, '203.0.113.1 is no address of this computer; correct --host')
    await fails(['serve', '--port', '0', '--host', 'nowhere.invalid'], where, 1, 'cannot listen on nowhere.invalid, port 0 (…); correct --host')
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`lets a running request end at ${signal}, takes no new one, and exits with 0`, async () => {
      const where = await withWorkspace()
      const key = await done(['keys', 'create', '--role', 'host'], where)
      const server = await serve(where)
      const { port } = new URL(server.url)
      const body = JSON.stringify({ subject: 'anna', workspace: 'acme', roles: ['viewer'] })
      const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
      let answer = ''
      socket.on('data', (text: string) => { answer += text })
      socket.write(`POST /v1/host/sessions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`)
      // The server has begun with the request once it answers another one that came later.
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
      const ended = server.stop(signal)
      await assert.rejects(async () => { for (;;) await (await fetch(`${server.url}/healthz`)).text() })
      socket.write(body.slice(10))
      await once(socket, 'close')
      assert.match(answer, /^HTTP\/1\.1 201 /)
      assert.deepEqual([await ended, server.err()], [{ code: 0, signal: null }, ''])
    })
  }

  test("accepts the host's own tokens by a PEM, whatever key id they name, and no other algorithm", async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const pem = (await import('node:crypto')).KeyObject.from(publicKey).export({ format: 'pem', type: 'spki' }).toString()
    const where = await withWorkspace({ LICENSE_JWT_KEY: pem.replaceAll('\n', '\\n'), LICENSE_ISSUER: 'https://id.example', LICENSE_AUDIENCE: 'licenses' })
    const server = await serve(where)
    const token = (claims: object, audience = 'licenses'): Promise<string> => new SignJWT({ workspace: 'acme', roles: ['member'], ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'any' }).setSubject('anna').setIssuer('https://id.example').setAudience(audience).setExpirationTime('1m').sign(privateKey)
    const { status, body } = await server.ask<{ roles: string[] }>(await token({}), 'GET', '/v1/me')
    assert.deepEqual([status, body.roles], [200, ['member']])
    assert.equal((await server.ask(await token({}, 'others'), 'GET', '/v1/me')).status, 401)
    const hmac = await new SignJWT({ workspace: 'acme' }).setProtectedHeader({ alg: 'HS256' }).setSubject('anna').setIssuer('https://id.example')
      .setAudience('licenses').setExpirationTime('1m').sign(new TextEncoder().encode(pem))
    const rsa = await new SignJWT({ workspace: 'acme' }).setProtectedHeader({ alg: 'RS256' }).setSubject('anna').setIssuer('https://id.example')
      .setAudience('licenses').setExpirationTime('1m').sign((await generateKeyPair('RS256')).privateKey)
    assert.deepEqual([(await server.ask(hmac, 'GET', '/v1/me')).status, (await server.ask(rsa, 'GET', '/v1/me')).status], [401, 401])
    assert.deepEqual([await server.stop(), server.err()], [{ code: 0, signal: null }, ''])
  })

  test("fetches an identity provider's keys, and keeps them while it is away", async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA')
    const provider = createServer((_, response) => {
      void exportJWK(publicKey).then((jwk) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [{ ...jwk, kid: 'k1' }] })))
    }).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    const { port } = provider.address() as { port: number }
    const where = await withWorkspace({ LICENSE_JWKS_URL: `http://127.0.0.1:${port}/jwks`, LICENSE_ISSUER: 'i', LICENSE_AUDIENCE: 'a' })
    const server = await serve(where)
    const token = await new SignJWT({ workspace: 'acme' }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).setSubject('anna').setIssuer('i')
      .setAudience('a').setExpirationTime('1m').sign(privateKey)
    assert.equal((await server.ask(token, 'GET', '/v1/me')).status, 200)
    provider.closeAllConnections()
    provider.close()
    assert.equal((await server.ask(token, 'GET', '/v1/me')).status, 200)
    await server.stop()
  })

  test('logs a bug as one line of JSON, under the instance that the answer names', async () => {
    const where = await withWorkspace()
    const key = await done(['keys', 'create', '--role', 'vendor'], where)
    const server = await serve(where)
    const db = new Database(join(where.cwd, 'license.db'))
    db.exec('drop table audit')
    db.close()
    const { status, body } = await server.ask<{ code: string; instance: string }>(key, 'GET', '/v1/vendor/audit')
    assert.deepEqual([status, body.code], [500, 'internal'])
    await server.stop()
    const { at, instance, error } = JSON.parse(server.err()) as { at: string; instance: string; error: { name: string; message: string; stack: string } }
    assert.deepEqual([instance, error.name, error.message], [body.instance, 'SqliteError', 'no such table: audit'])
    assert.ok(Date.parse(at) > 0 && error.stack.includes(' at ') && !server.err().includes(key))
  })

  test('answers pages of the origins that are listed', async () => {
    const server = await serve({ cwd: folder(), env: { LICENSE_ORIGINS: 'https://portal.example' } })
    const from = async (origin: string): Promise<string | null> => (await fetch(`${server.url}/healthz`, { headers: { origin } })).headers.get('access-control-allow-origin')
    assert.deepEqual([await from('https://portal.example'), await from('https://other.example')], ['https://portal.example', null])
    await server.stop()
  })

  test('shows metrics to their key, and to nobody where there is none', async () => {
    const ask = async (env: Record<string, string>): Promise<[status: number, text: string]> => {
      const server = await serve({ cwd: folder(), env })
      const answer = await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer a-key-of-16-signs' } })
      const asked: [number, string] = [answer.status, await answer.text()]
      await server.stop()
      return asked
    }
    const [status, text] = await ask({ LICENSE_METRICS_KEY: 'a-key-of-16-signs' })
    assert.equal(status, 200)
    assert.match(text, /^license_reminders_last_run_timestamp_seconds \d/m)
    assert.deepEqual([(await ask({ LICENSE_METRICS_KEY: 'another-key-of-16' }))[0], (await ask({}))[0]], [401, 404])
  })

  test('brings its own policy into force; commands that are told none keep it', async () => {
    const where = await withWorkspace()
    const put = (name: string, text: string): void => { writeFileSync(join(where.cwd, name), text) }
    const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    put('policy.json', '{ "expiringWithinDays": 60, "models": { "P200": { "expiringWithinDays": 5 } } }')
    put('devices.csv', 'workspace,serial,model,name,id\nacme,SN-1,P100,Pump 1,1\nacme,SN-2,P200,Pump 2,2\nacme,SN-3,P100,Pump 3,3\n')
    put('grants.csv', `workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-1,standard,2026-01-01,${soon(40)},R1\nacme,SN-2,standard,2026-01-01,${soon(20)},R2\n`)
    put('more.csv', `workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-3,standard,2026-01-01,${soon(40)},R3\n`)
    await done(['devices', 'import', 'devices.csv'], where)
    await done(['grants', 'import', 'grants.csv'], where)
    const expiring = async (): Promise<string[]> =>
      (await json<{ items: { id: string }[] }>(['devices', 'list', '--status', 'expiring'], where)).items.map((device) => device.id)
    assert.deepEqual(await expiring(), ['2'])
    await (await serve(where, ['--policy', 'policy.json'])).stop()
    assert.deepEqual(await expiring(), ['1'])
    await done(['grants', 'import', 'more.csv'], where)
    assert.deepEqual(await expiring(), ['1', '3'])
    await done(['doctor', '--policy', 'policy.json'], where)
    const { code, out } = await call(['doctor', '--policy', 'grants.csv'], where)
    assert.deepEqual([code, out], [1, ''])
    await (await serve(where)).stop()
    assert.deepEqual(await expiring(), ['2'])
  })
})

suite('the log', () => {
  test('cuts keys, tokens, codes and secret links', () => {
    const code = '7KDRQ4MXT9E8KQF23WRH'
    const text = `at ${newApiKey()} with Bearer abc.def and eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig for ${code}, 7KDR-Q4MX-T9E8-KQF2-3WRH or 7kdr-q4mx-t9e8-kqf2-3wrh at /v1/calendar/${'Ab_-'.repeat(11).slice(1)}.ics`
    assert.equal(redacted(text), 'at [cut] with [cut] and [cut] for [cut], [cut] or [cut] at /v1/calendar/[cut].ics')
    assert.equal(redacted('UNIQUE constraint failed: vouchers.hash'), 'UNIQUE constraint failed: vouchers.hash')
  })
})

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { PROBLEMS } from '../../../bff/index.ts'
import { listen } from '../../../bff/node/index.ts'
import { onEngine } from '../engines.ts'
import { makeKey } from '../who/keys.ts'
import { HOST, JSON_TYPE, served, withBody } from './hostile.ts'
import { mutate, randomOf } from './mutate.ts'
import { ask, parseAll, type Raw } from './wire.ts'

const REQUESTS = 2_000
const AT_ONCE = 250
/** Most of what is broken is never whole: the server must not wait for long (ms). */
const PATIENCE = { headersTimeout: 150, requestTimeout: 250, keepAliveTimeout: 100, connectionsCheckingInterval: 50 }

/** Stand for keys of these roles until there are some; as long as keys are. */
const [ADMIN, KEY_HOST, VENDOR] = ['A', 'H', 'V'].map((sign) => `${HOST}\r\nConnection: close\r\nAuthorization: Bearer ${sign.repeat(67)}`) as [string, string, string]

const GOOD = [
  { head: `GET /v1/devices?limit=5&q=pump&status=none,active&sort=-expiresAt HTTP/1.1\r\n${ADMIN}` },
  { head: `GET /v1/devices/pump-1/license HTTP/1.1\r\n${ADMIN}` },
  { head: `GET /v1/me HTTP/1.1\r\n${HOST}\r\nAuthorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6ImxpY2Vuc2Utc2Vzc2lvbitqd3QiLCJraWQiOiJ4In0.eyJzdWIiOiJhIn0.c2ln` },
  withBody('POST /v1/devices', `${ADMIN}\r\n${JSON_TYPE}\r\nIdempotency-Key: 42`, '{"serial":"S-1","model":"P100","name":"Pump ü","siteId":null}'),
  withBody('POST /v1/devices/pump-1/voucher', `${ADMIN}\r\n${JSON_TYPE}`, '{"code":"7KDR-Q4MX-T9E8-KQF2-3WRH"}'),
  withBody('POST /v1/licenses/query', `${ADMIN}\r\n${JSON_TYPE}`, '{"deviceIds":["pump-1","pump-2","x"]}'),
  withBody('PUT /v1/host/devices/pump-1', `${KEY_HOST}\r\n${JSON_TYPE}`, '{"workspace":"acme","serial":"SN-acme-pump-1","model":"P100","name":"Pump"}'),
  withBody('PUT /v1/host/workspaces/acme', `${KEY_HOST}\r\n${JSON_TYPE}`, '{"name":"Acme","timeZone":"Europe/Berlin","contact":{"sales":{"email":"a@b.example"}}}'),
  withBody('POST /v1/host/devices', `${KEY_HOST}\r\nContent-Type: application/x-ndjson`, '{"id":"a","workspace":"acme","serial":"A1","model":"M","name":"N"}\n{"workspace":"acme","serial":"A2","model":"M","name":"N"}\n'),
  withBody('POST /v1/vendor/devices/import', `${VENDOR}\r\nContent-Type: text/csv`, 'workspace,serial,model,name,site\nacme,C1,M,"N\n2",s1\nacme,C2,M,"N ""3""",\n'),
  withBody('POST /v1/vendor/vouchers/import', `${VENDOR}\r\nContent-Type: text/csv`, 'code,days,models\nABCDEF123456,30,P100|P200\n7KDR-Q4MX-T9E8-KQF2-3WRH,365,\n'),
  withBody('POST /v1/vendor/grants/import', `${VENDOR}\r\nContent-Type: text/csv`, 'workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-acme-pump-1,standard,2026-01-01,2026-12-31,R1\n'),
  withBody('POST /v1/vendor/vouchers', `${VENDOR}\r\n${JSON_TYPE}`, '{"count":2,"days":30,"models":["P100"],"redeemBy":"2027-01-01T00:00:00Z"}'),
  { head: `GET /v1/calendar/${'A'.repeat(43)}.ics?lang=de HTTP/1.1\r\n${HOST}` },
  withBody('POST /v1/calendar-links', `${ADMIN}\r\n${JSON_TYPE}`, '{"deviceId":"pump-1"}'),
  { head: `GET /v1/vendor/audit?limit=3&workspace=acme HTTP/1.1\r\n${VENDOR}` },
].map((one) => ({ head: one.head, body: 'body' in one ? String(one.body) : '' }))

/** A request that is changed anywhere, or only in its body, whose length stays right, or only in its address. */
function changed(head: string, body: string, random: (below: number) => number): Buffer {
  if (random(3) === 0) return mutate(Buffer.from(`${head}\r\n\r\n${body}`), random)
  if (body !== '' && random(4) > 0) {
    const other = mutate(Buffer.from(body), random)
    return Buffer.concat([Buffer.from(`${head.replace(/\d+$/, String(other.length))}\r\n\r\n`), other])
  }
  const [, method = '', path = '', rest = ''] = /^(\w+) (\S+)([^]*)$/.exec(head) ?? []
  // A space would end the address, a line end the line: the whole is changed above.
  const other = mutate(Buffer.from(path), random).toString('latin1').replaceAll(/[\s\0]/g, '_')
  return Buffer.from(`${method} ${other}${rest}\r\n\r\n${body}`, 'latin1')
}

/** Sends bytes and answers what comes back until the server closes the connection. */
async function sendAll(port: number, bytes: Buffer): Promise<Raw[]> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => { chunks.push(chunk) }).on('error', () => {})
  socket.write(bytes)
  // Not by `once`, which fails where the server resets the connection before it has read all.
  await new Promise((resolve) => { socket.on('close', resolve) })
  return parseAll(Buffer.concat(chunks))
}

onEngine('sqlite', `${REQUESTS} mutated requests`, (world) => {
  served(world)

  test('leave no answer of 5xx, no refusal that is no problem, and a server that answers', async (context) => {
    const random = randomOf(20_261_121)
    const server = await listen((request) => world().bff(request), { host: '127.0.0.1', port: 0, ...PATIENCE })
    context.after(() => server.close())
    const keys = { A: await makeKey(world(), 'admin', 'acme'), H: await makeKey(world(), 'host', null), V: await makeKey(world(), 'vendor', null) }
    const good = GOOD.map(({ head, body }) => ({ head: head.replace(/([AHV])\1{66}/, (_, sign: 'A' | 'H' | 'V') => keys[sign].token), body }))
    const statuses = new Map<number, number>()
    const codes = new Set<string>()
    const one = async (bytes: Buffer): Promise<void> => {
      for (const { status, headers, text } of await sendAll(server.port, bytes)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        assert.ok(status < 500, `${status} for ${JSON.stringify(bytes.toString('latin1'))}: ${text} ${String(world().errors.at(-1))}`)
        if (status < 400) continue
        assert.equal(headers.get('content-type'), 'application/problem+json', JSON.stringify(bytes.toString('latin1')))
        // The answer to HEAD has no body.
        if (text !== '') codes.add((JSON.parse(text) as { code: string }).code)
      }
    }
    const requests = Array.from({ length: REQUESTS }, () => {
      const { head, body } = good[random(good.length)] ?? { head: '', body: '' }
      return changed(head, body, random)
    })
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let bytes = requests.pop(); bytes !== undefined; bytes = requests.pop()) await one(bytes)
    }))
    assert.deepEqual(world().errors, [])
    assert.deepEqual([...codes].filter((code) => !Object.hasOwn(PROBLEMS, code)), [])
    // The requests were neither all good nor all turned away at the door.
    for (const status of [200, 201, 400, 401, 404, 409, 415, 422]) assert.ok((statuses.get(status) ?? 0) > 0, `no ${status} among ${JSON.stringify([...statuses])}`)
    assert.equal((await ask(server.port, `GET /v1/me HTTP/1.1\r\n${HOST}\r\nAuthorization: Bearer ${keys.A.token}`)).status, 200)
    assert.equal(Object.keys(Object.prototype).length, 0)
  })
})

/** Plants codes, tokens and keys that can be recognised, uses and misuses them everywhere, and searches for them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalJWKSet } from 'jose'
import { signSession } from '../../../bff/http/who.ts'
import { routes } from '../../../bff/index.ts'
import { onEveryEngine, type World } from '../engines.ts'
import { EXAMPLES, Fresh } from '../who/examples.ts'
import { ALGORITHMS, AUDIENCE, issue, ISSUER, issuerKey } from '../who/issuer.ts'
import { makeKey } from '../who/keys.ts'

const hostKey = await issuerKey('ES256', 'k')
const HOST_TOKENS = { keys: createLocalJWKSet({ keys: [hostKey.jwk] }), issuer: ISSUER, audience: AUDIENCE, algorithms: ALGORITHMS }

/** Everything that a database holds, as one text. */
async function everything({ database: { db } }: World): Promise<string> {
  const tables = (await db.introspection.getTables({ withInternalKyselyTables: true })).map((table) => table.name)
  return JSON.stringify(await Promise.all(tables.map((table) => db.selectFrom(table as 'audit').selectAll().execute())))
}

/** What is written on the console while something runs. */
async function consoleDuring(run: () => Promise<void>): Promise<string> {
  const written: string[] = []
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }))
  for (const { stream } of streams) {
    stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
      written.push(String(chunk))
      return streams.find((one) => one.stream === stream)?.write.call(stream, chunk, ...rest)
    }) as typeof stream.write
  }
  try {
    await run()
  } finally {
    for (const { stream, write } of streams) stream.write = write
  }
  return written.join('')
}

onEveryEngine('codes, tokens and keys', (world) => {
  test('stand nowhere in clear: not in a table, a log, an error or the document', async () => {
    await world().setUp()
    const fresh = new Fresh(world())
    const device = await fresh.device()
    const [used = '', unused = '', revoked = '', shared = ''] = await world().codes(4)
    const imported = 'PLANTEDcode0123456789'
    const admin = (await makeKey(world(), 'admin', 'acme')).token
    const vendor = (await makeKey(world(), 'vendor', null)).token
    const host = (await makeKey(world(), 'host', null)).token
    const { token: session } = await signSession(world().keyring, { person: 'p', workspace: 'acme', roles: ['admin'] }, world().now)
    const hostToken = await issue(hostKey, { name: 'Planted Person', email: 'planted@acme.example' })
    const link = (await fresh.calendarLink()).url.replace(/^.*\/|\.ics$/g, '')
    const secrets = { link, used, unused, revoked, shared, imported, admin, vendor, host, session, hostToken }

    const answers: string[] = []
    const say = async (token: string | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> => {
      const answer = await world().ask(null, method, path, body, { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers })
      answers.push(`${JSON.stringify(answer.body)} ${JSON.stringify([...answer.headers])}`)
      return answer
    }
    const log = await consoleDuring(async () => {
      for (const token of [admin, session, hostToken]) assert.equal((await say(token, 'GET', '/v1/me')).status, 200)
      assert.equal((await say(admin, 'POST', `/v1/devices/${device}/voucher`, { code: used }, { 'idempotency-key': 'a' })).status, 200)
      await say(admin, 'POST', `/v1/devices/${device}/voucher`, { code: used }, { 'idempotency-key': 'a' })
      await say(admin, 'POST', `/v1/devices/${await fresh.device()}/voucher`, { code: used }, { 'idempotency-key': 'b' })
      await say(session, 'POST', `/v1/devices/${device}/voucher/preview`, { code: unused })
      const { body } = await world().ask<{ items: { id: string }[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/vouchers?last4=${revoked.slice(-4)}`)
      for (const { id } of body.items) await say(vendor, 'POST', `/v1/vendor/vouchers/${id}/revoke`)
      await say(admin, 'POST', `/v1/devices/${device}/voucher`, { code: revoked }, { 'idempotency-key': 'c' })
      await say(admin, 'POST', '/v1/devices/nothing/voucher', { code: shared })
      assert.equal((await say(vendor, 'POST', '/v1/vendor/vouchers/import', `code,days\n${imported},30\n`)).status, 200)
      await say(hostToken, 'POST', `/v1/devices/${device}/voucher`, { code: imported })
      await say(admin, 'POST', `/v1/devices/${device}/undo`)
      for (const csv of [`code,days\n${imported},31\n`, `${imported},30\n${unused},30\n`, `code,days\n${unused},"30\n`, `code,days\n${unused},x"y\n`, `code,days\n${unused}\n`, `code;days\n${unused},30\n`]) {
        assert.equal((await say(vendor, 'POST', '/v1/vendor/vouchers/import', csv)).status, 422)
      }
      assert.equal((await say(null, 'GET', `/v1/calendar/${link}.ics`)).status, 200)
      for (const secret of Object.values(secrets)) {
        for (const code of [secret, secret.toLowerCase(), `${secret}x`, secret.slice(1), [secret], { secret }]) await say(admin, 'POST', `/v1/devices/${device}/voucher/preview`, { code })
        for (const path of [`/v1/me?token=${secret}`, `/v1/devices?access_token=${secret}`, `/v1/devices?cursor=${secret}`, `/v1/devices?sort=${secret}`, `/v1/${secret}`, `/problems/${secret}`, `/v1/calendar/${secret}x.ics`]) {
          await say(null, 'GET', path)
          await say(admin, 'GET', path)
        }
        for (const path of [`/v1/devices/${secret}`, `/v1/devices/${device}/features/${secret}`]) await say(admin, 'GET', path)
        await say(secret, 'GET', '/v1/me')
        await say(`${secret}x`, 'GET', '/v1/me')
        await say(null, 'GET', '/v1/me', undefined, { authorization: secret, cookie: secret })
        await say(admin, 'POST', '/v1/licenses/query', { deviceIds: secret })
        await say(admin, 'POST', '/v1/devices', { serial: { secret }, model: [secret], name: 5, id: { secret } })
      }
      for (const [name, make] of Object.entries(EXAMPLES)) {
        const [method = ''] = name.split(' ')
        const { path, body, headers } = await make(fresh)
        for (const token of [admin, vendor, host, hostToken, null]) await say(token, method.toUpperCase(), path, method === 'get' ? undefined : body, headers)
      }
    })
    assert.equal(Object.keys(EXAMPLES).length, routes.length)

    const stored = await everything(world())
    assert.ok(stored.includes('Planted Person'), 'the search finds what is there')
    const document = await (await world().bff(new Request('http://bff.test/v1/openapi.json'))).text()
    // A token in three parts is looked for part by part; a code also as it is written in groups.
    const parts = Object.entries(secrets).flatMap(([name, secret]) => [
      ...secret.split('.').filter((part) => part.length > 8).map((part): [string, string] => [name, part.replace(/^lk_/, '')]),
      ...(secret.length === 20 ? [[name, secret.replace(/(.{4})(?=.)/g, '$1-')] as [string, string]] : []),
    ])
    for (const [name, part] of parts.filter(([, one]) => !one.startsWith('eyJhbGciOi'))) {
      for (const [where, text] of [['the database', stored], ['an answer', answers.join('\n')], ['the console', log], ['what operators are told', world().errors.map(String).join('\n')], ['the document', document]] as const) {
        assert.ok(!text.toLowerCase().includes(part.toLowerCase()), `${name} stands in ${where}: ${text.slice(Math.max(0, text.toLowerCase().indexOf(part.toLowerCase()) - 150)).slice(0, 300)}`)
      }
    }
    assert.deepEqual(world().errors, [])
  })

  test('the secret itself stands in no table either', async () => {
    const stored = await everything(world())
    const [id] = await world().keyring.ids()
    const [[, session] = []] = await world().keyring.sessionKeys()
    assert.ok(stored.includes(id))
    assert.ok(!stored.includes(Buffer.from(session ?? []).toString('base64url')) && !stored.includes(Buffer.from(session ?? []).toString('hex')))
  })
}, {}, { hostTokens: HOST_TOKENS })

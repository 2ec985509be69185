import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { freshDatabase } from '../postgres.ts'
import { type Call, DEVICES, done, folder, json, serve } from './program.ts'

interface License { status: string; type: string | null; actions: string[] }
interface Redeemed { outcome: string; license: License; grant: { source: { last4: string } } }
interface Refused { code: string; remedy: string; triesLeft: number }

/** What a team does on its first day, on an empty database. */
async function firstDay(where: Call): Promise<void> {
  writeFileSync(join(where.cwd, 'devices.csv'), DEVICES)
  assert.match(await done(['workspaces', 'create', 'acme', '--zone', 'Europe/Berlin', '--name', 'Acme'], where), /^created the workspace acme/)
  const keys = {
    host: await done(['keys', 'create', '--role', 'host'], where),
    vendor: await done(['keys', 'create', '--role', 'vendor'], where),
    member: await done(['keys', 'create', '--role', 'member', '--workspace', 'acme'], where),
  }
  for (const key of Object.values(keys)) assert.match(key, /^lk_[0-9a-f]{64}$/)
  assert.deepEqual(await json(['devices', 'import', 'devices.csv'], where), { imported: 3, unchanged: 0 })
  assert.match(await done(['vouchers', 'issue', '--count', '10', '--days', '365', '--reference', 'order 7', '--csv', 'codes.csv'], where), /^codes\.csv has 10 vouchers/)
  const rows = readFileSync(join(where.cwd, 'codes.csv'), 'utf8').trimEnd().split('\r\n')
  assert.equal(rows[0], 'code,days,maxDevices,models,workspace,notBefore,redeemBy,batch,reference,note')
  const codes = rows.slice(1).map((row) => row.split(',')[0] ?? '')
  assert.equal(new Set(codes).size, 10)

  const server = await serve(where)
  const session = await server.ask<{ token: string }>(keys.host, 'POST', '/v1/host/sessions', { subject: 'anna', workspace: 'acme', roles: ['admin'] })
  assert.equal(session.status, 201)
  const { token } = session.body
  const redeemed = await server.ask<Redeemed>(token, 'POST', '/v1/devices/pump-1/voucher', { code: codes[0] })
  assert.deepEqual([redeemed.status, redeemed.body.outcome, redeemed.body.license.status], [200, 'activated', 'active'])
  const read = await server.ask<License>(keys.member, 'GET', '/v1/devices/pump-1/license')
  assert.deepEqual([read.status, read.body.status], [200, 'active'])
  const again = await server.ask<Redeemed>(token, 'POST', '/v1/devices/pump-1/voucher', { code: codes[0] })
  assert.deepEqual([again.status, again.body.outcome], [200, 'already-redeemed'])
  const refused = await server.ask<Refused>(keys.member, 'POST', '/v1/devices/pump-2/voucher', { code: codes[0] })
  assert.deepEqual([refused.status, refused.body.code, refused.body.remedy, refused.body.triesLeft], [409, 'voucher-used', 'contact', 9])
  const undone = await server.ask<{ license: License }>(token, 'POST', '/v1/devices/pump-1/undo', {})
  assert.deepEqual([undone.status, undone.body.license.status], [200, 'none'])
  const moved = await server.ask<Redeemed>(token, 'POST', '/v1/devices/pump-2/voucher', { code: codes[0] })
  assert.deepEqual([moved.status, moved.body.outcome], [200, 'activated'])

  const { body: audit } = await server.ask<{ items: { who: string; action: string; workspace: string | null }[] }>(keys.vendor, 'GET', '/v1/vendor/audit')
  assert.deepEqual(audit.items.map((entry) => entry.action).reverse(), [
    'workspace-created', 'key-created', 'key-created', 'key-created', 'device-added', 'device-added', 'device-added', 'vouchers-issued',
    'voucher-redeemed', 'grant-undone', 'voucher-redeemed',
  ])
  assert.deepEqual(new Set(audit.items.slice(3).map((entry) => entry.who)), new Set(['license-bff']))

  const { items: devices } = await json<{ items: { id: string; license: License }[] }>(['devices', 'list'], where)
  assert.deepEqual(devices.map((device) => [device.id, device.license.status]), [['pump-1', 'none'], ['pump-2', 'active'], ['pump-3', 'none']])
  const { items: vouchers } = await json<{ items: { used: number; undone: number; reference: string }[] }>(['vouchers', 'list', '--reference', 'order 7'], where)
  assert.deepEqual([vouchers.length, vouchers.reduce((sum, one) => sum + one.used, 0), vouchers.reduce((sum, one) => sum + one.undone, 0)], [10, 1, 1])
  const { ok } = await json<{ ok: boolean }>(['doctor'], where)
  assert.ok(ok)
  assert.deepEqual([await server.stop(), server.err()], [{ code: 0, signal: null }, ''])
}

suite('the first day', { concurrency: true }, () => {
  test('on SQLite, with a secret file that is made', () => firstDay({ cwd: folder() }))

  test('on PostgreSQL, with a secret of the environment', async () => {
    await firstDay({ cwd: folder(), env: { LICENSE_DB: await freshDatabase(), LICENSE_SECRET: randomBytes(32).toString('base64') } })
  })
})

import Database from 'better-sqlite3'
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { copyFileSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { CHECKS } from '../../bff/cli/checks.ts'
import { coverNumbersOf, policyInForce } from '../../bff/cli/policy.ts'
import { readSettings } from '../../bff/cli/settings.ts'
import { openSqlite } from '../../bff/node/sqlite.ts'
import { call, type Call, DEVICES, done, folder, json, serve } from './program.ts'

interface Diagnosis { ok: boolean; checks: { name: string; ok: boolean; faults: string[] }[] }

const SCHEMA = 'the schema is that of this version'
const GRANT = `insert into grants (workspace_id, device_id, seq, id, kind, from_at, to_at, days, at, "by", source)
  values ('acme', 'pump-3', $seq, 'g$seq', $kind, 1, 2, 1, 1, 'x', $kind);`
const started = (kind: 'trial' | 'grace', times: number): string =>
  Array.from({ length: times }, (_, index) => GRANT.replaceAll('$seq', String(index + 1)).replaceAll('$kind', `'${kind}'`)).join('\n')
const USED = `update serials set trial_used_at = 1, grace_used_at = 1;`
/** The covers of what `started` adds: its grants are one instant long, and over. */
const COVER = (kind: string): string => `insert into covers values ('acme', 'pump-3', 1, 1, ${kind === 'grace' ? '1' : 'null'}, 2, '${kind}');`

/** Damage, the check that finds it, and what it says. */
const DAMAGE: [title: string, sql: string, check: string, fault: RegExp][] = [
  ['a voucher that counts too little', `update vouchers set used = 0 where used = 1`, 'vouchers stand where they are counted', /^voucher \w+: used 0 of 1 and undone 0 times, but has 1 standing and 0 undone grants$/],
  ['a voucher that was used too often', `pragma ignore_check_constraints = on; update vouchers set max_devices = 0 where used = 1`, 'vouchers stand where they are counted', /used 1 of 0/],
  ['an undoing that was not counted', `update vouchers set undone = 0 where undone = 1`, 'vouchers stand where they are counted', /undone 0 times, but has 0 standing and 1 undone grants$/],
  ['a redemption without its audit entry', `delete from audit where action = 'voucher-redeemed' and target = 'device:pump-1'`, 'every redemption has its audit entry', /^grant \w+ on acme\/pump-1: no audit entry voucher-redeemed$/],
  ['an audit entry of another workspace', `update audit set workspace_id = 'other' where action = 'voucher-redeemed' and target = 'device:pump-1'`, 'every redemption has its audit entry', /no audit entry/],
  ['a redemption that was longer than its audit entry', `update audit set after = replace(after, '"from":"2', '"from":"1') where action = 'voucher-redeemed' and target = 'device:pump-1'`, 'every redemption has its audit entry', /its audit entry \w+ tells otherwise$/],
  ['an undoing without its audit entry', `delete from audit where action = 'grant-undone'`, 'every redemption has its audit entry', /^grant \w+ on acme\/pump-2: undone, but no audit entry grant-undone$/],
  ['a redemption without its grant', `delete from grants where device_id = 'pump-1'; delete from covers where device_id = 'pump-1'; update vouchers set used = 0`, 'every audit entry of a redemption has its grant', /^audit entry \w+ on device:pump-1: its grant does not exist$/],
  ['a device without workspace', `delete from workspaces where id = 'other'`, 'nothing is without what it belongs to', /^device without workspace other\/fan-1$/],
  ['a voucher without workspace', `update vouchers set workspace_id = 'gone' where used = 1`, 'nothing is without what it belongs to', /^voucher without workspace \w+$/],
  ['a key without workspace', `update api_keys set workspace_id = 'gone'`, 'nothing is without what it belongs to', /^key without workspace \w+$/],
  ['a device without serial number', `delete from serials where serial_key = 'SN3'`, 'nothing is without what it belongs to', /^device without serial number acme\/pump-3$/],
  ['a grant and a cover without device', `delete from devices where id = 'pump-1'`, 'nothing is without what it belongs to', /^grant without device \w+$/],
  ['a grant without voucher', `delete from vouchers where used = 1`, 'nothing is without what it belongs to', /^grant without voucher \w+$/],
  ['two trials', started('trial', 2) + USED + COVER('trial'), 'a serial number has one trial and one grace', /^serial number SN3: trial started 2 times$/],
  ['two graces', started('grace', 2) + USED + COVER('grace'), 'a serial number has one trial and one grace', /^serial number SN3: grace started 2 times$/],
  ['a trial that could be started again', started('trial', 1) + COVER('trial'), 'a serial number has one trial and one grace', /^serial number SN3: its trial is not kept as used$/],
  ['a cover that ends too late', `update covers set expires_at = expires_at + 1`, 'covers are what the rules say', /^device acme\/pump-1: its covers are not those of its ledger$/],
  ['a cover that is missing', `delete from covers`, 'covers are what the rules say', /^device acme\/pump-1:/],
  ['a cover of nothing', `insert into covers values ('acme', 'pump-3', 1, 1, null, 2, 'standard')`, 'covers are what the rules say', /^device acme\/pump-3:/],
  ['a secret that nobody has', `update api_keys set secret_id = 'lost'; insert into calendar_links values ('c', 'acme', null, 'hash', 'lost', 0, 'p', null)`, 'the secret is that of this database', /^1 keys, 0 vouchers and 1 calendar links were made with the secret lost, which is not given/],
  ['a webhook whose secret cannot be derived', `insert into webhooks values ('w', 'acme', 'https://hooks.example', '[]', 'lost', 1, null, 1, 'x', null, null, null)`, 'the secret is that of this database', /^1 webhooks are disabled, because their secrets come from the secret lost, which is not given/],
]

/** A database with a redemption, an undone one, two workspaces and a key. */
async function world(): Promise<Call> {
  const where = { cwd: folder() }
  writeFileSync(join(where.cwd, 'devices.csv'), `${DEVICES}other,SN-4,P100,Fan 1,,fan-1\n`)
  for (const id of ['acme', 'other']) await done(['workspaces', 'create', id, '--zone', 'Europe/Berlin'], where)
  const key = await done(['keys', 'create', '--role', 'admin', '--workspace', 'acme'], where)
  await done(['devices', 'import', 'devices.csv'], where)
  const { items } = await json<{ items: { code: string }[] }>(['vouchers', 'issue', '--count', '2', '--days', '365'], where)
  const server = await serve(where)
  assert.equal((await server.ask(key, 'POST', '/v1/devices/pump-1/voucher', { code: items[0]?.code })).status, 200)
  assert.equal((await server.ask(key, 'POST', '/v1/devices/pump-2/voucher', { code: items[1]?.code })).status, 200)
  assert.equal((await server.ask(key, 'POST', '/v1/devices/pump-2/undo', {})).status, 200)
  await server.stop()
  return where
}

suite('doctor', { concurrency: 4 }, () => {
  let healthy: Call
  before(async () => { healthy = await world() })

  /** A copy of the database with its secret, changed by hand. */
  function copy(sql = ''): Call {
    const cwd = folder()
    for (const name of ['license.db', 'license.db.secret']) copyFileSync(join(healthy.cwd, name), join(cwd, name))
    const db = new Database(join(cwd, 'license.db'))
    db.pragma('foreign_keys = off')
    db.exec(sql)
    db.close()
    return { cwd }
  }

  async function diagnose(where: Call, args: readonly string[] = []): Promise<Diagnosis> {
    const { code, out, err } = await call(['doctor', '--json', ...args], where)
    const diagnosis = JSON.parse(out) as Diagnosis
    const wrong = diagnosis.checks.filter((check) => !check.ok).length
    assert.deepEqual([code, err], wrong === 0 ? [0, ''] : [1, `license-bff: ${wrong} of ${diagnosis.checks.length} checks found something wrong\n`])
    return diagnosis
  }

  test('finds nothing where nothing is, a line per check, and writes nothing', async () => {
    const where = copy()
    const before = readFileSync(join(where.cwd, 'license.db'))
    const names = [SCHEMA, ...Object.keys(CHECKS)]
    assert.equal(await done(['doctor'], where), names.map((name) => `ok     ${name}`).join('\n'))
    assert.deepEqual(readFileSync(join(where.cwd, 'license.db')), before)
  })

  /** Every check, within this process: what each finds. */
  async function check({ cwd }: Call): Promise<Record<string, string[]>> {
    const path = join(cwd, 'license.db')
    const database = openSqlite(path)
    const doctor = {
      database, settings: readSettings({ db: `sqlite:${path}` }, {}), given: null, inForce: await coverNumbersOf(database), policy: await policyInForce(database),
    }
    const found: Record<string, string[]> = {}
    for (const [name, run] of Object.entries(CHECKS)) found[name] = await run(doctor, () => {})
    await database.close()
    return found
  }

  for (const [title, sql, name, fault] of DAMAGE) {
    test(`finds ${title}`, async () => {
      const found = await check(copy(sql))
      assert.match(found[name]?.[0] ?? JSON.stringify(found), fault)
    })
  }

  test('finds a migration that is not known, and then checks nothing else', async () => {
    const { checks } = await diagnose(copy(`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`))
    assert.deepEqual(checks, [{ name: SCHEMA, ok: false, faults: ['9999-later is not known here; install the version that ran it'] }])
  })

  test('finds another secret, or none', async () => {
    const name = 'the secret is that of this database'
    const faultOf = async (env: Record<string, string>): Promise<string | undefined> =>
      (await diagnose({ ...copy(), env })).checks.find((check) => check.name === name)?.faults[0]
    assert.match(await faultOf({ LICENSE_SECRET: randomBytes(32).toString('base64') }) ?? '', /^LICENSE_SECRET is not the secret of this database/)
    const where = copy()
    writeFileSync(join(where.cwd, 'license.db.secret'), 'nonsense')
    assert.match((await diagnose(where)).checks.find((check) => check.name === name)?.faults[0] ?? '', /license\.db\.secret is not 32 bytes/)
  })

  test('finds a policy that is not in force', async () => {
    const where = copy()
    writeFileSync(join(where.cwd, 'policy.json'), '{ "expiringWithinDays": 10 }')
    const { checks } = await diagnose(where, ['--policy', 'policy.json'])
    assert.deepEqual(checks.filter((check) => !check.ok), [{
      name: 'the policy is in force', ok: false,
      faults: ['covers were computed with {"expiringWithinDays":31,"models":{}}, but the policy says {"expiringWithinDays":10,"models":{}}; restart license-bff serve with it'],
    }])
  })

  test('finds a damaged page', async () => {
    const where = copy()
    const path = join(where.cwd, 'license.db')
    const db = new Database(path, { readonly: true })
    const page = db.prepare(`select rootpage from sqlite_master where name = 'vouchers_by_last4'`).pluck().get() as number
    const size = db.pragma('page_size', { simple: true }) as number
    db.close()
    writeSync(openSync(path, 'r+'), Buffer.alloc(size, 0xff), 0, size, (page - 1) * size)
    const { checks } = await diagnose(where)
    assert.notEqual(checks.find((check) => check.name === 'the file is whole')?.faults.length, 0)
  })

  test('tells people what is wrong, below the check', async () => {
    const { code, out, err } = await call(['doctor'], copy('delete from covers'))
    assert.deepEqual([code, err], [1, 'license-bff: 1 of 11 checks found something wrong\n'])
    assert.match(out, /\nWRONG {2}covers are what the rules say\n {7}device acme\/pump-1: its covers are not those of its ledger\n$/)
  })
})

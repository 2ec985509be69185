import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { freshDatabase } from '../postgres.ts'
import { call, type Call, DEVICES, done, fails, folder, json } from './program.ts'

type Listed = { items: { id: string; name: string; license: { status: string } }[] }

/** A folder with a workspace and three devices in a database. */
async function world(): Promise<Call> {
  const where = { cwd: folder() }
  writeFileSync(join(where.cwd, 'devices.csv'), DEVICES)
  await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], where)
  await done(['devices', 'import', 'devices.csv'], where)
  return where
}

function put({ cwd }: Call, name: string, text: string | Uint8Array): string {
  writeFileSync(join(cwd, name), text)
  return name
}

suite('a file that is wrong', { concurrency: 4 }, () => {
  let where: Call
  before(async () => { where = await world() })
  const wrong: [kind: string, title: string, text: string | Uint8Array, details: string[]][] = [
    ['devices', 'an empty file', '', ['line 1: the file is empty']],
    ['devices', 'an unknown column', 'workspace,serial,model,name,colour\n', ['line 1, colour: is no column of this file; known are workspace, serial, model, name, site, id']],
    ['devices', 'a missing column', 'workspace,serial,model\n', ['line 1, name: is missing']],
    ['devices', 'bad rows among good ones', 'workspace,serial,model,name\nacme,SN-9,P,"Two\nlines"\nacme,,P,N\nacme,SN-8,P\nother,SN-7,P,N\n', [
      'line 4, serial: is empty', 'line 5: has 3 fields, the first line has 4', 'line 6, workspace: This workspace does not exist.',
    ]],
    ['devices', 'a quote that is not closed', 'workspace,serial,model,name\nacme,SN-9,P,"N\n', ['line 2: a quote is not closed, or stands in the middle of a field']],
    ['devices', 'another encoding', new Uint8Array([...Buffer.from('workspace,serial,model,name\nacme,SN-9,P,'), 0xe4, 0x0a]), ['line …: from here on the file is not UTF-8']],
    ['devices', 'a serial number that has another id', 'workspace,serial,model,name,id\nacme,SN-1,P,N,other\n', ['line 2, id: This serial number has another id in this workspace.']],
    ['vouchers', 'a code of our shape with a wrong check', 'code,days\n7KDR-Q4MX-T9E8-KQF2-3WRJ,365\n', ['line 2, code: has the shape of our own codes, but its check signs are wrong']],
    ['vouchers', 'days that are none', 'code,days\nABCDEFGHIJ1,0\nABCDEFGHIJ2,1.5\n', ['line 2, days: is no whole number from 1 to 36500', 'line 3, days: is no whole number from 1 to 36500']],
    ['grants', 'a device that is none', 'workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-0,standard,2026-01-01,2026-12-31,R1\n', ['line 2, serial: is no device of this workspace']],
    ['legacy', 'bad rows among good ones', 'account,serial,workspace,site\nann,SN-1,W,S\n,SN-1,W,S\nann,---,W,S\nann,SN-1,W\n', [
      'line 3, account: is empty', 'line 4, serial: holds no letter and no digit', 'line 5: has 3 fields, the first line has 4',
    ]],
    ['legacy', 'a missing column', 'account,serial,workspace\n', ['line 1, site: is missing']],
    ['grants', 'dates that are none', 'workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-1,gold,2026-02-30,2026-12-31,R1\n', [
      'line 2, kind: is none of standard, trial, grace', 'line 2, firstDay: is no date such as 2026-11-21',
    ]],
  ]
  for (const [index, [kind, title, text, details]] of wrong.entries()) {
    test(`${kind}: ${title}`, async () => {
      const file = put(where, `${index}.csv`, text)
      const said = await call([kind, 'import', file], where)
      const lines = said.err.trimEnd().split('\n')
      assert.deepEqual([said.code, said.out], [1, ''])
      assert.match(lines[0] ?? '', details.length === 1 ? /^license-bff: nothing was imported; one row is wrong$/ : new RegExp(`^license-bff: nothing was imported; ${details.length} rows are wrong$`))
      assert.deepEqual(lines.slice(1).map((line) => line.replace(/line \d+: from/, 'line …: from')), details.map((line) => `  ${line}`))
    })
  }

  test('that is not there, or a directory', async () => {
    mkdirSync(join(where.cwd, 'folder.csv'))
    await fails(['devices', 'import', 'nowhere.csv'], where, 1, 'there is no file nowhere.csv')
    await fails(['devices', 'import', 'folder.csv'], where, 1, 'folder.csv is no ordinary file')
  })

  test('is told as JSON too, and nothing of any was imported', async () => {
    const said = await call(['devices', 'import', put(where, 'json.csv', 'workspace,serial,model,name\nacme,SN-9,P,N\nacme,,P,N\n'), '--json'], where)
    assert.deepEqual([said.code, JSON.parse(said.out)], [1, {
      error: { message: 'nothing was imported; one row is wrong', errors: [{ line: 3, column: 'serial', reason: 'is empty' }] },
    }])
    const { items } = await json<Listed>(['devices', 'list'], where)
    assert.deepEqual(items.map((device) => [device.id, device.license.status]), [['pump-1', 'none'], ['pump-2', 'none'], ['pump-3', 'none']])
    assert.deepEqual(await json(['vouchers', 'list'], where), { items: [] })
  })
})

suite('files', { concurrency: 4 }, () => {
  test('of legacy records change nothing the second time, in whatever writing', async () => {
    const where = await world()
    put(where, 'legacy.csv', '\ufeffsite;workspace;serial;account\r\nS;W;SN-1;ann\r\nS;W;SN-2;Ann@B.example\r\n')
    assert.deepEqual(await json(['legacy', 'import', 'legacy.csv'], where), { imported: 2, unchanged: 0 })
    put(where, 'again.csv', 'account,serial,workspace,site\nann@b.example, sn 2 ,W,S\nann,SN-1,W,S\n')
    assert.equal(await done(['legacy', 'import', 'again.csv'], where), 'imported 0, unchanged 2')
  })

  test('come back as they were exported, and run nothing in a spreadsheet', async () => {
    const where = await world()
    const names = ['=HYPERLINK("http://x.example","x")', '+1', '-1', '@A1', `'quoted`, `'=1`, `''=1`, 'a,b;"c"', 'Two\nlines', 'Füße 🎉', '\u202eabc']
    const csv = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const guarded = (text: string): string => (/^'*[=+\-@]/.test(text) ? `'${text}` : text)
    put(where, 'names.csv', `\ufeffname;workspace;model;serial\n${names.map((name, index) => `${csv(guarded(name))};acme;P;X-${index}\n`).join('')}`)
    assert.deepEqual(await json(['devices', 'import', 'names.csv'], where), { imported: names.length, unchanged: 0 })
    const { items } = await json<Listed>(['devices', 'list', '--q', 'X-'], where)
    assert.deepEqual(new Set(items.map((device) => device.name)), new Set(names))
    const exported = await done(['devices', 'export'], where)
    assert.doesNotMatch(exported, /(^|,)"?[=+\-@]/m)
    put(where, 'again.csv', exported)
    assert.deepEqual(await json(['devices', 'import', 'again.csv'], where), { imported: 0, unchanged: 3 + names.length })
    assert.equal(await done(['devices', 'export'], where), exported)
    const table = await done(['devices', 'list'], where)
    assert.ok(table.includes('\\u{202e}abc') && table.includes('Two\\u{a}lines'), table)
  })

  test('of licences change nothing when they are imported again', async () => {
    const where = await world()
    put(where, 'grants.csv', 'workspace,serial,kind,firstDay,lastDay,reference\nacme,sn 1,standard,2026-01-01,2126-12-31,R1\nacme,SN-2,grace,2026-01-01,2026-01-31,R2\n')
    assert.equal(await done(['grants', 'import', 'grants.csv'], where), 'imported 2, unchanged 0')
    assert.equal(await done(['grants', 'import', 'grants.csv'], where), 'imported 0, unchanged 2')
    const { items } = await json<Listed>(['devices', 'list', '--workspace', 'acme'], where)
    assert.deepEqual(items.map((device) => device.license.status), ['active', 'expired', 'none'])
    assert.deepEqual((await json<Listed>(['devices', 'list', '--status', 'expired'], where)).items.map((device) => device.id), ['pump-2'])
    assert.deepEqual(await json(['devices', 'list', '--workspace', 'nobody'], where), { items: [] })
  })

  test('of codes are new, for their owner alone, and can be imported', async () => {
    const where = await world()
    const terms = ['--max-devices', '2', '--model', 'P100', '--model', 'P200', '--workspace', 'acme', '--redeem-by', '2027-01-01T00:00:00+01:00', '--note', '=1,2']
    const { items } = await json<{ items: object[] }>(['vouchers', 'issue', '--count', '3', '--days', '30', ...terms, '--csv', 'codes.csv'], where)
    assert.deepEqual(items.map((item) => Object.keys(item)), Array(3).fill(['id', 'last4']))
    const path = join(where.cwd, 'codes.csv')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const text = readFileSync(path, 'utf8')
    assert.match(text.split('\r\n')[1] ?? '', /^([2-9A-HJKMNP-Z]{4}-){4}[2-9A-HJKMNP-Z]{4},30,2,P100\|P200,acme,,2026-12-31T23:00:00\.000Z,[0-9a-f]{32},,"'=1,2"$/)
    await fails(['vouchers', 'issue', '--count', '1', '--days', '30', '--csv', 'codes.csv'], where, 1, 'codes.csv exists already; name a new file')
    assert.equal(readFileSync(path, 'utf8'), text)
    assert.equal((await json<{ items: object[] }>(['vouchers', 'list', '--workspace', 'acme'], where)).items.length, 3)
    assert.deepEqual(await json(['vouchers', 'import', 'codes.csv'], where), { imported: 0, unchanged: 3 })
    const other = { cwd: folder() }
    await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], other)
    assert.deepEqual(await json(['vouchers', 'import', path], other), { imported: 3, unchanged: 0 })
  })

  test('that cannot be written let nothing be issued', async () => {
    const where = await world()
    await fails(['vouchers', 'issue', '--count', '1', '--days', '30', '--csv', 'no/codes.csv'], where, 1, 'no/codes.csv cannot be made (ENOENT…)')
    await fails(['vouchers', 'issue', '--count', '1', '--days', '30', '--workspace', 'nobody', '--csv', 'codes.csv'], where, 1,
      'This workspace does not exist. Create the workspace first, or check its id.')
    assert.equal(existsSync(join(where.cwd, 'codes.csv')), false)
    assert.deepEqual(await json(['vouchers', 'list'], where), { items: [] })
    // With PostgreSQL the file of codes is the only one that the process writes.
    const full = { cwd: folder(), env: { LICENSE_DB: await freshDatabase(), LICENSE_SECRET: randomBytes(32).toString('base64') } }
    await fails(['vouchers', 'issue', '--count', '100', '--days', '30', '--csv', 'codes.csv'], { ...full, fileBlocks: 1 }, 1,
      'codes.csv cannot be written (EFBIG…); nothing was issued')
    assert.equal(existsSync(join(full.cwd, 'codes.csv')), false)
    assert.deepEqual(await json(['vouchers', 'list'], full), { items: [] })
  })

  test('are not needed: codes are printed, and vouchers revoked by batch or id', async () => {
    const where = await world()
    const lines = (await done(['vouchers', 'issue', '--count', '2', '--days', '1', '--batch', 'B1'], where)).split('\n')
    assert.match(lines.join('\n'), /^(([2-9A-Z]{4}-){4}[2-9A-Z]{4}\n){2}2 vouchers of 1 day, batch B1; the codes are shown only now$/)
    const { items } = await json<{ items: { id: string; last4: string }[] }>(['vouchers', 'list', '--batch', 'B1'], where)
    assert.deepEqual(new Set(items.map((item) => item.last4)), new Set(lines.slice(0, 2).map((code) => code.slice(-4))))
    assert.deepEqual(await json(['vouchers', 'revoke', items[0]?.id ?? ''], where), { revoked: 1 })
    assert.equal(await done(['vouchers', 'revoke', '--batch', 'B1'], where), 'revoked 1 voucher')
    await fails(['vouchers', 'revoke', '--batch', 'B2'], where, 1, 'there is no batch B2; vouchers list shows them')
    await fails(['vouchers', 'revoke', items[0]?.id ?? '', 'other'], where, 1, 'there is no voucher other; vouchers list shows their ids')
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { Fleet, fresh, type Told } from './fleet.ts'

type Imported = Answered<{ imported: number; unchanged: number } & Told>
const HEADER = 'workspace,serial,model,name,site,id'

onEveryEngine('devices of a CSV file', (world) => {
  const send = (csv: string | Uint8Array): Promise<Imported> => world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/devices/import', csv as string)
  const listed = async (fleet: Fleet): Promise<string[]> => {
    const { body } = await world().ask<{ items: Told[] }>(fleet.as('viewer'), 'GET', '/v1/devices?limit=200')
    return body.items.map(({ serial, model, name, siteId }) => [serial, model, name, siteId].join('|'))
  }
  /** A refused file: nothing changed, and this is wrong. */
  const refused = async (csv: string, faults: [line: number, column: string, reason: RegExp][]): Promise<void> => {
    const before = await dump(world().database, ['people'])
    const { status, body } = await send(csv)
    assert.deepEqual([status, body.code], [422, 'invalid'])
    assert.deepEqual(body.errors.map(({ line, column }) => [line, column]), faults.map(([line, column]) => [line, column]))
    for (const [index, [, , reason]] of faults.entries()) assert.match(body.errors[index]?.reason ?? '', reason)
    assert.deepEqual(await dump(world().database, ['people']), before)
  }

  test('are added, changed, brought back or left alone', async () => {
    const fleet = await Fleet.open(world())
    const [a, b, c] = [fresh('A'), fresh('B'), fresh('C')]
    const file = (name: string): string => `${HEADER}\n${fleet.workspace},${a},P1,${name},hall,\n${fleet.workspace},${b},P1,Bee,,own-b\n${fleet.workspace},${c},P1,Cee,,own-c\n`
    assert.deepEqual((await send(file('Ay'))).body, { imported: 3, unchanged: 0 })
    assert.deepEqual((await send(file('Ay'))).body, { imported: 0, unchanged: 3 })
    await fleet.license('own-c')
    await fleet.remove('own-c')
    assert.deepEqual((await send(file('Other'))).body, { imported: 2, unchanged: 1 })
    assert.deepEqual(await listed(fleet), [`${b}|P1|Bee|`, `${c}|P1|Cee|`, `${a}|P1|Other|hall`])
    assert.equal((await fleet.get('own-c')).body.license.status, 'active')
  })

  const good: [name: string, file: (workspace: string, serial: string) => string | Uint8Array, device: string][] = [
    ['columns in another order', (workspace, serial) => `name,model,workspace,serial\nN,M,${workspace},${serial}\n`, '|M|N|'],
    ['semicolons and a byte-order mark', (workspace, serial) => `\ufeffserial;workspace;model;name;site\n${serial};${workspace};M;N, the pump;S\n`, '|M|N, the pump|S'],
    ['tabs', (workspace, serial) => `serial\tworkspace\tmodel\tname\n${serial}\t${workspace}\tM\tN\n`, '|M|N|'],
    ['line breaks in a name', (workspace, serial) => `serial,workspace,model,name\r\n${serial},${workspace},M,"two\r\nlines"\r\n`, '|M|two\r\nlines|'],
    ['spaces around', (workspace, serial) => ` serial , workspace,model,name \n ${serial} , ${workspace} ,M, " N " \n`, '|M|N|'],
    ['a formula', (workspace, serial) => `serial,workspace,model,name\n${serial},${workspace},@M,"=HYPERLINK(""https://evil.example"")"\n`, '|@M|=HYPERLINK("https://evil.example")|'],
    ['umlauts', (workspace, serial) => `serial,workspace,model,name\n${serial},${workspace},Müller,Ölpumpe 日本\n`, '|Müller|Ölpumpe 日本|'],
    ['empty optional columns', (workspace, serial) => `${HEADER}\n${workspace},${serial},M,N,,\n`, '|M|N|'],
  ]
  for (const [name, file, device] of good) {
    test(`with ${name} are imported`, async () => {
      const fleet = await Fleet.open(world())
      const serial = fresh('SN')
      const { status, body } = await send(file(fleet.workspace, serial))
      assert.deepEqual([status, body], [200, { imported: 1, unchanged: 0 }])
      assert.deepEqual(await listed(fleet), [`${serial}${device}`])
    })
  }

  test('all land or none: every fault of every row is told, by line, column and reason', async () => {
    const [fleet, other] = [await Fleet.open(world()), await Fleet.open(world())]
    const [claimed, here] = [fresh('SN'), fresh('SN')]
    await other.add({ serial: claimed })
    await fleet.add({ serial: here, id: 'here' })
    const w = fleet.workspace
    await refused(`${HEADER}
${w},${fresh('SN')},M,Good,,
${w},,M,,,
${w},"${fresh('SN')}
broken",${'x'.repeat(201)},N,a b,
nowhere,${fresh('SN')},M,N,,
${w},${claimed},M,N,,
${w},${here},M,N,,elsewhere
${w},- -,M,N,,
${w},${fresh('SN')},M
${w},${fresh('SN')},M,N,,here
${w},${fresh('SN')},M,N,,${'i'.repeat(65)}
"",${fresh('SN')},"M\0",N,,
`, [
      [3, 'serial', /is empty/], [3, 'name', /is empty/], [4, 'model', /longer than 200/], [4, 'site', /no id/], [6, 'workspace', /does not exist/], [7, 'serial', /another workspace/],
      [8, 'id', /another id/], [9, 'serial', /no letter and no digit/], [10, '', /has 3 fields/], [11, 'id', /another serial number/], [12, 'id', /no id/],
      [13, 'workspace', /no id/], [13, 'model', /U\+0000/],
    ])
    assert.deepEqual(await listed(fleet), [`${here}|P100|Pump|`])
  })

  const headers: [name: string, csv: string, faults: [number, string, RegExp][]][] = [
    ['an unknown column', 'workspace,serial,model,name,colour\n', [[1, 'colour', /is no column of this file; known are workspace, serial/]]],
    ['a missing column', 'workspace,serial,name\n', [[1, 'model', /is missing/]]],
    ['a column twice', 'workspace,serial,model,name,serial\n', [[1, 'serial', /stands twice/]]],
    ['names in other letters', 'Workspace,serial,model,name\n', [[1, 'Workspace', /no column/], [1, 'workspace', /is missing/]]],
    ['no names', 'acme,SN 12345678,M,N\n', [[1, 'acme', /no column/], [1, 'column 2', /no column/], [1, 'M', /no column/], [1, 'N', /no column/], ...['workspace', 'serial', 'model', 'name'].map((name): [number, string, RegExp] => [1, name, /is missing/])]],
    ['nothing', '', [[1, '', /the file is empty/]]],
    ['empty lines alone', '\n\n', [[1, '', /the file is empty/]]],
    ['a quote that is not closed', 'workspace,serial,model,name\na,b,"c,d\n', [[2, '', /quote/]]],
    ['a quote in the middle of a field', 'workspace,serial,model,name\na,b,c"c,d\n', [[2, '', /quote/]]],
  ]
  for (const [name, csv, faults] of headers) test(`with ${name} are refused`, () => refused(csv, faults))

  test('may be none: names of columns alone import nothing', async () => {
    assert.deepEqual((await send(`${HEADER}\n`)).body, { imported: 0, unchanged: 0 })
  })

  test('that stand twice in a file are one: the later row changes what the first said', async () => {
    const fleet = await Fleet.open(world())
    const serial = fresh('SN')
    const row = (name: string): string => `${fleet.workspace},${serial},M,${name},,\n`
    assert.deepEqual((await send(`${HEADER}\n${row('N')}${row('N')}`)).body, { imported: 1, unchanged: 1 })
    assert.deepEqual((await send(`${HEADER}\n${row('N')}${row('Second')}${row('Third')}`)).body, { imported: 2, unchanged: 1 })
    assert.deepEqual(await listed(fleet), [`${serial}|M|Third|`])
  })

  test('of two workspaces cannot share a serial number within a file either', async () => {
    const [one, other] = [await Fleet.open(world()), await Fleet.open(world())]
    const serial = fresh('SN')
    await refused(`${HEADER}\n${one.workspace},${serial},M,N,,\n${other.workspace},${serial},M,N,,\n`, [[3, 'serial', /another workspace/]])
  })

  test('are told of by a hundred faults at most', async () => {
    await refused(`${HEADER}\n${'nowhere,,M,N,,\n'.repeat(250)}`, Array.from({ length: 100 }, (_, index) => [index + 2, 'serial', /is empty/]))
    await refused(`${HEADER}\n${Array.from({ length: 1_200 }, () => `nowhere,${fresh('SN')},M,N,,\n`).join('')}`, Array.from({ length: 100 }, (_, index) => [index + 2, 'workspace', /does not exist/]))
  })

  test('may be thousands, of which the last is as good as the first', async () => {
    const fleet = await Fleet.open(world())
    const rows = Array.from({ length: 1_201 }, (_, index) => `${fleet.workspace},${fresh('SN')},M,N ${index},,many-${index}\n`)
    assert.deepEqual((await send(`${HEADER}\n${rows.join('')}`)).body, { imported: 1_201, unchanged: 0 })
    assert.equal((await world().ask<{ total: number }>(fleet.as('viewer'), 'GET', '/v1/summary')).body.total, 1_201)
    await refused(`${HEADER}\n${rows.map((row) => row.replace(',M,', ',M2,')).join('')}${fleet.workspace},,M,N,,\n`, [[1_203, 'serial', /is empty/]])
    assert.equal((await fleet.get('many-1200')).body.model, 'M')
  })
})

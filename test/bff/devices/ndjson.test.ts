import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { Fleet, fresh, type Told } from './fleet.ts'

type Imported = Answered<{ imported: number; unchanged: number } & Told>

onEveryEngine('many devices, one JSON object a line', (world) => {
  const send = (body: string, type = 'application/x-ndjson'): Promise<Imported> => world().ask({ role: 'host' }, 'POST', '/v1/host/devices', body, { 'content-type': type })
  const line = (fleet: Fleet, device: object): string => JSON.stringify({ workspace: fleet.workspace, model: 'M', name: 'N', ...device })

  test('are created, changed, brought back or left alone', async () => {
    const fleet = await Fleet.open(world())
    const [a, b, c] = [fresh('A'), fresh('B'), fresh('C')]
    const file = (name: string): string => [line(fleet, { id: 'a', serial: a, name, siteId: 's' }), line(fleet, { serial: b }), line(fleet, { id: 'c', serial: c, siteId: null })].join('\n')
    assert.deepEqual((await send(file('Ay'))).body, { imported: 3, unchanged: 0 })
    assert.deepEqual((await send(file('Ay'))).body, { imported: 0, unchanged: 3 })
    await fleet.remove('c')
    assert.deepEqual((await send(file('Other'))).body, { imported: 2, unchanged: 1 })
    const { body } = await fleet.get('a')
    assert.deepEqual([body.name, body.siteId, body.serial], ['Other', 's', a])
    assert.deepEqual((await fleet.audit('c')).map((one) => one.action), ['device-added', 'device-removed', 'device-restored'])
  })

  test('may end lines in any way, leave some empty, begin with a byte-order mark, and be called by its two names', async () => {
    const fleet = await Fleet.open(world())
    const lines = (): string[] => [line(fleet, { serial: fresh('SN') }), line(fleet, { serial: fresh('SN') })]
    for (const type of ['application/x-ndjson', 'application/ndjson; charset=utf-8']) {
      assert.deepEqual((await send(lines().join('\n'), type)).body, { imported: 2, unchanged: 0 })
      assert.deepEqual((await send(`\ufeff${lines().join('\r\n')}\r\n\r\n`, type)).body, { imported: 2, unchanged: 0 })
    }
  })

  test('are at least one: an empty body is refused as an empty file is', async () => {
    for (const body of ['', '\n \n', '\ufeff']) {
      const { status, body: { code, errors } } = await send(body)
      assert.deepEqual([status, code, errors], [422, 'invalid', [{ line: 1, column: '', reason: 'the file is empty' }]], JSON.stringify(body))
    }
  })

  test('may hold line breaks within a text, as JSON writes them', async () => {
    const fleet = await Fleet.open(world())
    await send(line(fleet, { id: 'two', serial: fresh('SN'), name: 'two\nlines\u2028' }))
    assert.equal((await fleet.get('two')).body.name, 'two\nlines\u2028')
  })

  test('all land or none: every fault of every line is told', async () => {
    const [fleet, other] = [await Fleet.open(world()), await Fleet.open(world())]
    const claimed = fresh('SN')
    await other.add({ serial: claimed })
    const before = await dump(world().database)
    const { status, body } = await send([
      line(fleet, { serial: fresh('SN'), id: 'good' }),
      'not json',
      line(fleet, { serial: fresh('SN'), model: undefined, name: '' }),
      '',
      line(fleet, { serial: fresh('SN'), expiresAt: '2030-01-01' }),
      `{"workspace":"${fleet.workspace}","serial":"x1","serial":"x2","model":"M","name":"N"}`,
      '[]', 'null', '{"a":"\\ud800"}', '[[[[[[[[[1]]]]]]]]]',
      line(fleet, { serial: 5, siteId: 'a b' }),
      line(fleet, { serial: claimed }),
      line(fleet, { workspace: 'nowhere', serial: fresh('SN') }),
      line(fleet, { serial: '--' }),
      '{"__proto__":{"workspace":"x"}}',
    ].join('\n'))
    assert.deepEqual([status, body.code], [422, 'invalid'])
    assert.deepEqual(body.errors.map(({ line, column }) => `${line} ${column}`.trim()), [
      '2', '3 model', '3 name', '5', '6', '7', '8', '9', '10', '11 serial', '11 siteId', '12 serial', '13 workspace', '14 serial',
      '15 workspace', '15 serial', '15 model', '15 name', '15',
    ])
    assert.ok(body.errors.every(({ reason }) => typeof reason === 'string' && reason !== ''))
    assert.deepEqual(await dump(world().database), before)
  })

  test('are told of by a hundred faults at most', async () => {
    const { body } = await send('x\n'.repeat(150))
    assert.deepEqual(body.errors.map((fault) => fault.line), Array.from({ length: 100 }, (_, index) => index + 1))
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fleet, fresh, type Told } from '../devices/fleet.ts'
import { type Answered, onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'

type Imported = Answered<{ imported: number; unchanged: number } & Told>

const HEADER = 'code,days,maxDevices,models,workspace,notBefore,redeemBy,batch,reference,note'
/** Codes of another shop; none has the shape of ours. */
const code = (): string => `IMPORTED${fresh('0').replace('-', 'x')}`

onEveryEngine('vouchers of a CSV file', (world) => {
  const send = (csv: string): Promise<Imported> => world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/vouchers/import', csv)
  const faults = async (csv: string): Promise<string[]> => {
    const before = await dump(world().database)
    const { status, body } = await send(csv)
    assert.deepEqual([status, body.code], [422, 'invalid'])
    assert.deepEqual(await dump(world().database), before)
    return body.errors.map(({ line, column, reason }) => `${line} ${column}: ${reason}`)
  }
  const ofBatch = async (batch: string): Promise<Record<string, unknown>[]> =>
    (await world().ask<{ items: Record<string, unknown>[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/vouchers?batch=${batch}`)).body.items

  test('carry what their columns say', async () => {
    const fleet = await Fleet.open(world())
    const [one, batch] = [code(), fresh('batch')]
    const csv = `${HEADER}\n${one},90,3,P100|P 200,${fleet.workspace},2026-01-01T00:00:00Z,2027-01-01T00:00:00+01:00,${batch},order 7,"a ""note""\nof two lines"\n`
    assert.deepEqual((await send(csv)).body, { imported: 1, unchanged: 0 })
    const [voucher] = await ofBatch(batch)
    const { id: _, createdAt: _at, createdBy: _by, ...carried } = voucher ?? {}
    assert.deepEqual(carried, {
      last4: one.slice(-4), days: 90, maxDevices: 3, models: ['P100', 'P 200'], workspace: fleet.workspace, notBefore: '2026-01-01T00:00:00.000Z',
      redeemBy: '2026-12-31T23:00:00.000Z', batch, reference: 'order 7', note: 'a "note"\nof two lines', revokedAt: null, used: 0, undone: 0, uses: [],
    })
  })

  test('need a code and days, and are else for one device of any model', async () => {
    const fleet = await Fleet.open(world())
    await fleet.put('d', { serial: fresh('SN') })
    const one = code()
    assert.deepEqual((await send(`days,code\n30,"${one.slice(0, 6)}-${one.slice(6)} "\n`)).body, { imported: 1, unchanged: 0 })
    const { status, body } = await world().ask<{ grant: { days: number } }>(fleet.as('member'), 'POST', '/v1/devices/d/voucher', { code: ` ${one}` })
    assert.deepEqual([status, body.grant.days], [200, 30])
    assert.equal((await world().ask(fleet.as('member'), 'POST', '/v1/devices/d/voucher', { code: one.toLowerCase() })).body['code'], 'voucher-not-found')
  })

  test('change nothing when they come again with the same terms, and are refused with others', async () => {
    const one = code()
    assert.deepEqual((await send(`code,days\n${one},30\n${one},30\n`)).body, { imported: 1, unchanged: 1 })
    const before = await dump(world().database)
    assert.deepEqual((await send(`code,days\n${one},30\n`)).body, { imported: 0, unchanged: 1 })
    assert.deepEqual(await dump(world().database), before)
    assert.deepEqual(await faults(`code,days\n${one},31\n`), ['2 code: is known with other terms'])
    const [fresh1] = [code()]
    assert.deepEqual(await faults(`code,days\n${fresh1},30\n${fresh1},31\n`), ['3 code: is known with other terms'])
  })

  test('may have codes of our shape only with the right check signs', async () => {
    assert.deepEqual((await send('code,days\n7KDR-Q4MX-T9E8-KQF2-3WRH,30\n')).body, { imported: 1, unchanged: 0 })
    assert.deepEqual(await faults('code,days\n7KDRQ4MXT9E8KQF23WRG,30\n7kdrq4mxt9e8kqf23wrh,30\n'), [
      '2 code: has the shape of our own codes, but its check signs are wrong', '3 code: is one of our own codes in small letters',
    ])
  })

  test('land together or not at all, with every fault', async () => {
    const rows = [
      [code()], ['', 30], ['short', 30], [`${'x'.repeat(65)}`, 30], ['ABCDEF-ÄÖÜ-12', 30], [code(), 0], [code(), 1.5], [code(), 36_501], [code(), '1e3'], [code(), ''],
      [code(), 30, 0], [code(), 30, 100_001], [code(), 30, '', '|'], [code(), 30, '', `a|${'b'.repeat(201)}`], [code(), 30, '', 'a\0b'], [code(), 30, '', '', 'no where'],
      [code(), 30, '', '', 'nowhere'], [code(), 30, '', '', '', 'yesterday'], [code(), 30, '', '', '', '', '2026-02-30T00:00:00Z'],
      [code(), 30, '', '', '', '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z'], [code(), 30, '', '', '', '', '', 'b'.repeat(65)], [code(), 30, '', '', '', '', '', '', 'r'.repeat(201)],
      [code(), 30, '', '', '', '', '', '', '', 'n'.repeat(1_001)],
    ]
    const csv = [HEADER, ...rows.map((row) => [...row, ...Array.from({ length: 10 - row.length }, () => '')].join(','))].join('\n')
    assert.deepEqual((await faults(csv)).map((fault) => fault.split(':')[0]), [
      '2 days', '3 code', '4 code', '5 code', '6 code', '7 days', '8 days', '9 days', '10 days', '11 days', '12 maxDevices', '13 maxDevices', '14 models', '15 models', '16 models',
      '17 workspace', '18 workspace', '19 notBefore', '20 redeemBy', '21 redeemBy', '22 batch', '23 reference', '24 note',
    ])
  })

  test('leave no code in a refusal: not of a bad row, not of a file without names of columns', async () => {
    const [one, other] = [code(), code()]
    await send(`code,days\n${one},30\n`)
    const letters = 'SecretVoucherCodeOfLetters'
    for (const csv of [`code,days\n${one},31\n${other},x\n`, `${one},30\n${other},30\n`, '7KDR-Q4MX-T9E8-KQF2-3WRH,30\n', `code,days\n${other},"30\n`, `code,days\n${letters}x y"z,30\n`]) {
      const text = (await faults(csv)).join('\n')
      for (const secret of [one, other, '7KDR', letters]) assert.ok(!text.includes(secret), text)
    }
  })

  test('are stored as hashes and last signs, a thousand as well as one', async () => {
    const codes = Array.from({ length: 1_001 }, code)
    assert.deepEqual((await send(`code,days,batch\n${codes.map((one) => `${one},30,thousand`).join('\n')}\n`)).body, { imported: 1_001, unchanged: 0 })
    const rows = await world().database.db.selectFrom('vouchers').selectAll().where('batch', '=', 'thousand').execute()
    assert.equal(rows.length, 1_001)
    const text = JSON.stringify(rows)
    assert.deepEqual(codes.filter((one) => text.includes(one)), [])
    assert.deepEqual(new Set(rows.map((row) => row.last4)), new Set(codes.map((one) => one.slice(-4))))
  })
})

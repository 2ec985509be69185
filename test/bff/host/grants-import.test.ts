import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fleet, fresh, type Told } from '../devices/fleet.ts'
import { type Answered, onEveryEngine, START } from '../engines.ts'
import { dump } from '../ledger/tables.ts'

type Imported = Answered<{ imported: number; unchanged: number } & Told>
type Row = [serial: string, kind: string, firstDay: string, lastDay: string, reference?: string]

// Today is 2026-11-21.
onEveryEngine('licences that were sold before (R33)', (world) => {
  const file = (fleet: Fleet, rows: readonly Row[]): string => ['workspace,serial,kind,firstDay,lastDay,reference', ...rows.map(([serial, kind, first, last, reference]) =>
    [fleet.workspace, serial, kind, first, last, reference ?? fresh('order')].join(','))].join('\n')
  const send = (csv: string): Promise<Imported> => world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', csv)
  const bring = (fleet: Fleet, ...rows: Row[]): Promise<Imported> => send(file(fleet, rows))
  const faults = async (csv: string): Promise<string[]> => {
    const before = await dump(world().database)
    const { status, body } = await send(csv)
    assert.deepEqual([status, body.code], [422, 'invalid'])
    assert.deepEqual(await dump(world().database), before)
    return body.errors.map(({ line, column, reason }) => `${line} ${column}: ${reason}`)
  }
  /** A workspace with one device, whose serial number is answered. */
  const one = async (zone?: string): Promise<{ fleet: Fleet; serial: string }> => {
    const fleet = await Fleet.open(world(), zone)
    const serial = fresh('SN')
    await fleet.put('d', { serial })
    return { fleet, serial }
  }

  test('run from the first day to the end of the last, in the zone of the workspace', async () => {
    for (const [zone, from, to] of [
      ['Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-11-30T23:00:00.000Z'], ['UTC', '2026-03-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
      ['Pacific/Kiritimati', '2026-02-28T10:00:00.000Z', '2026-11-30T10:00:00.000Z'], ['America/New_York', '2026-03-01T05:00:00.000Z', '2026-12-01T05:00:00.000Z'],
    ] as const) {
      const { fleet, serial } = await one(zone)
      assert.deepEqual((await bring(fleet, [serial, 'standard', '2026-03-01', '2026-11-30', fresh('order')])).body, { imported: 1, unchanged: 0 })
      const { ledger: [grant], status, lastDay, type } = await fleet.ledger('d')
      assert.deepEqual([grant?.from, grant?.to, grant?.days, grant?.kind, grant?.source.type, status, lastDay, type], [from, to, 274, 'standard', 'import', 'expiring', '2026-11-30', 'standard'], zone)
    }
  })

  test('are told by their reference, in ledger and audit', async () => {
    const { fleet, serial } = await one()
    const reference = fresh('order')
    await bring(fleet, [serial.toLowerCase(), 'standard', '2026-01-01', '2027-01-01', reference])
    const { ledger: [grant] } = await fleet.ledger('d')
    assert.deepEqual(grant?.source, { type: 'import', reference })
    assert.deepEqual((await fleet.audit('d')).map((entry) => entry.action), ['device-added', 'grant-imported'])
  })

  test('change nothing when they come again by the same reference, in another file or the same', async () => {
    const { fleet, serial } = await one()
    const row: Row = [serial, 'standard', '2026-01-01', '2027-01-01', fresh('order')]
    assert.deepEqual((await bring(fleet, row, row)).body, { imported: 1, unchanged: 1 })
    const before = await dump(world().database)
    assert.deepEqual((await bring(fleet, row)).body, { imported: 0, unchanged: 1 })
    assert.deepEqual((await bring(fleet, [serial, 'trial', '2026-02-01', '2026-12-31', row[4] ?? ''])).body, { imported: 0, unchanged: 1 })
    assert.deepEqual(await dump(world().database), before)
    const late: Row = [serial, 'standard', '2025-01-01', '2025-12-31']
    assert.deepEqual((await bring(fleet, row, late)).body, { imported: 1, unchanged: 1 })
    assert.equal((await fleet.ledger('d')).ledger.length, 2)
  })

  test('have a reference for every device', async () => {
    const [{ fleet, serial }, other] = [await one(), await one()]
    const reference = fresh('order')
    await fleet.put('e', { serial: `${serial} E` })
    assert.deepEqual(await faults(file(fleet, [[serial, 'standard', '2026-01-01', '2027-01-01', reference], [`${serial} E`, 'standard', '2026-01-01', '2027-01-01', reference]])),
      ['3 reference: stands for another device already; give every device a reference of its own'])
    await bring(fleet, [serial, 'standard', '2026-01-01', '2027-01-01', reference])
    assert.deepEqual(await faults(file(other.fleet, [[other.serial, 'standard', '2026-01-01', '2027-01-01', reference]])),
      ['2 reference: stands for another device already; give every device a reference of its own'])
  })

  const future = 'firstDay: is in the future and does not touch a licence that holds now'
  const sequences: [name: string, periods: [string, string][], lines: number[]][] = [
    ['from today', [['2026-11-21', '2026-12-31']], []],
    ['from tomorrow, where nothing holds', [['2026-11-22', '2026-12-31']], [2]],
    ['from the day after the last', [['2026-01-01', '2026-11-30'], ['2026-12-01', '2027-11-30']], []],
    ['from the last day', [['2026-01-01', '2026-11-30'], ['2026-11-30', '2027-11-30']], []],
    ['from two days after the last', [['2026-01-01', '2026-11-30'], ['2026-12-02', '2027-11-30']], [3]],
    ['after one that ended yesterday', [['2026-01-01', '2026-11-20'], ['2026-11-22', '2027-11-30']], [3]],
    ['after one that ends today', [['2026-01-01', '2026-11-21'], ['2026-11-22', '2027-11-30']], []],
    ['in a row of rows', [['2026-01-01', '2026-11-30'], ['2026-12-01', '2026-12-31'], ['2027-01-01', '2027-01-31'], ['2027-02-01', '2027-02-28']], []],
    ['in a row of rows, the last first', [['2027-02-01', '2027-02-28'], ['2027-01-01', '2027-01-31'], ['2026-12-01', '2026-12-31'], ['2026-01-01', '2026-11-30']], []],
    ['in a row with a gap', [['2026-01-01', '2026-11-30'], ['2026-12-01', '2026-12-31'], ['2027-01-02', '2027-01-31'], ['2027-02-01', '2027-02-28']], [4, 5]],
    ['within one that holds', [['2026-01-01', '2027-12-31'], ['2027-03-01', '2027-03-31']], []],
    ['long ago', [['2020-01-01', '2020-12-31'], ['2022-01-01', '2022-12-31']], []],
  ]
  for (const [name, periods, lines] of sequences) {
    test(`may begin ${name}: ${lines.length === 0 ? 'yes' : `no, in line ${lines.join(' and ')}`}`, async () => {
      const { fleet, serial } = await one()
      const csv = file(fleet, periods.map(([first, last]): Row => [serial, 'standard', first, last]))
      if (lines.length > 0) assert.deepEqual(await faults(csv), lines.map((line) => `${line} ${future}`))
      else assert.deepEqual((await send(csv)).body, { imported: periods.length, unchanged: 0 })
    })
  }

  test('may begin after one that came in before, by import or by voucher, and not after one that was undone', async () => {
    const { fleet, serial } = await one()
    await fleet.license('d', { days: 9 })
    assert.deepEqual(await faults(file(fleet, [[serial, 'standard', '2026-12-02', '2027-01-31']])), [`2 ${future}`])
    assert.equal((await bring(fleet, [serial, 'standard', '2026-12-01', '2027-01-31'])).status, 200)
    assert.equal((await fleet.ledger('d')).lastDay, '2027-01-31')
    const undone = await one()
    await undone.fleet.license('d', { days: 9 })
    assert.equal((await world().ask(undone.fleet.as('admin'), 'POST', '/v1/devices/d/undo')).status, 200)
    assert.deepEqual(await faults(file(undone.fleet, [[undone.serial, 'standard', '2026-12-01', '2027-01-31']])), [`2 ${future}`])
  })

  test('use up the one trial and the one grace of a serial number', async () => {
    for (const [kind, used] of [['trial', 'trial'], ['grace', 'grace'], ['standard', null]] as const) {
      const { fleet, serial } = await one()
      await bring(fleet, [serial, kind, '2020-01-01', '2020-12-31'])
      const { body: { license } } = await fleet.get('d')
      assert.deepEqual([license.status, license.type, license.trial.reason], ['expired', kind, used === 'trial' ? 'already-used' : 'eligible'])
      const [row] = (await world().database.db.selectFrom('serials').selectAll().where('workspace_id', '=', fleet.workspace).execute())
      assert.deepEqual([row?.trial_used_at !== null, row?.grace_used_at !== null], [used === 'trial', used === 'grace'])
      await fleet.remove('d')
      const elsewhere = await Fleet.open(world())
      const { body } = await elsewhere.add({ serial })
      assert.equal(body.license.trial.reason, used === 'trial' ? 'already-used' : 'seen-before')
    }
  })

  test('land together or not at all, with every fault', async () => {
    const { fleet, serial } = await one()
    const stranger = await one()
    await fleet.put('gone', { serial: `${serial} gone` })
    await fleet.remove('gone')
    const good = (change: Partial<Record<0 | 1 | 2 | 3, string>>): Row => [change[0] ?? serial, change[1] ?? 'standard', change[2] ?? '2026-01-01', change[3] ?? '2026-12-31']
    assert.deepEqual((await faults(file(fleet, [
      good({}), good({ 0: 'unknown' }), good({ 0: stranger.serial }), good({ 0: `${serial} gone` }), good({ 0: '' }), good({ 1: 'gift' }), good({ 1: 'Standard' }), good({ 2: '01.02.2026' }),
      good({ 2: '2026-02-30' }), good({ 3: '2026-13-01' }), good({ 3: '' }), good({ 2: '2026-12-31', 3: '2026-12-30' }), good({ 2: '0000-01-01' }), good({ 3: '9999-12-31' }),
    ]))).map((fault) => fault.split(':')[0]), ['3 serial', '4 serial', '5 serial', '6 serial', '7 kind', '8 kind', '9 firstDay', '10 firstDay', '11 lastDay', '12 lastDay', '13 lastDay', '14 firstDay', '15 lastDay'])
    assert.deepEqual((await fleet.ledger('d')).ledger, [])
  })

  test('may last a day, or nearly for ever', async () => {
    const { fleet, serial } = await one('America/New_York')
    await bring(fleet, [serial, 'standard', '2020-05-05', '2020-05-05'], [serial, 'standard', '0001-01-01', '0001-01-01'], [serial, 'standard', '2026-01-01', '9998-12-31'])
    assert.deepEqual((await fleet.ledger('d')).ledger.map((grant) => grant.days), [0, 0, (Date.parse('9998-12-31') - Date.parse('2026-01-01')) / 86_400_000])
    assert.equal((await fleet.get('d')).body.license.lastDay, '9998-12-31')
  })

  test('are renewed by a voucher from where they end', async () => {
    const { fleet, serial } = await one()
    await bring(fleet, [serial, 'standard', '2026-01-01', '2026-12-31'])
    await fleet.license('d', { days: 365 })
    assert.equal((await fleet.get('d')).body.license.lastDay, '2027-12-31')
    assert.equal(world().now, START)
  })
})

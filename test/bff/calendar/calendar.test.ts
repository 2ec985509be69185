import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEngine, onEveryEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { entriesAt, fetchCalendar, newPath, readCalendar } from './reading.ts'

const FORMER = { firstDay: '2026-01-01' }

/** Names that would be lines, entries or another direction if they were taken for more than text. */
const NAMES: readonly [name: string, read: string][] = [
  ['Pump\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Planted', 'Pump END:VEVENT BEGIN:VEVENT SUMMARY:Planted'],
  ['Pump, second; floor: "B\\n', 'Pump, second; floor: "B\\n'],
  ['Pump \u202egnp.exe\u2069 \u200fnorth', 'Pump gnp.exe north'],
  ['Wärmepumpe 🌡️ '.repeat(10).trim(), 'Wärmepumpe 🌡️ '.repeat(10).trim()],
]

onEveryEngine('a calendar', (world) => {
  test('has one entry on each last day, all day long, with the reminders of the policy', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    await desk.sell({ ...FORMER, device: 'a', lastDay: '2026-12-02' }, { ...FORMER, device: 'b', kind: 'trial', lastDay: '2027-03-28' })
    const { status, body, headers } = await fetchCalendar(desk, await newPath(desk))
    assert.deepEqual([status, headers.get('content-type'), headers.get('cache-control')], [200, 'text/calendar; charset=utf-8', 'private, no-cache'])
    const { calendar, entries: [first, second, ...more] } = readCalendar(body)
    assert.deepEqual([first?.summary, first?.isDate, first?.days, first?.url], ['License ends: Pump a', true, ['2026-12-02', '2026-12-03'], null])
    assert.equal(first?.description, `Serial number SN-${desk.workspace}-a, model P100\nThe license is valid until the end of this day (Europe/Berlin).\nRenewing early loses no day.`)
    assert.deepEqual(first?.rings, ['2026-11-02', '2026-11-18', '2026-11-25', '2026-11-29', '2026-12-01', '2026-12-02', '2026-12-03'].map((day) => `${day}T09:00:00`))
    assert.deepEqual([second?.summary, second?.days[0], more], ['Trial ends: Pump b', '2027-03-28', []])
    assert.deepEqual(['x-wr-calname', 'name', 'x-published-ttl', 'version'].map((name) => String(calendar.getFirstPropertyValue(name))), [`Licenses: ${desk.workspace}`, `Licenses: ${desk.workspace}`, 'PT12H', '2.0'])
    assert.equal(String(calendar.getFirstPropertyValue('refresh-interval')), 'PT12H')
    assert.ok(body.endsWith('END:VCALENDAR\r\n'))
    assert.deepEqual(body.split('\r\n').filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n')), [], 'lines have 75 bytes at most (RFC 5545 §3.1)')
  })

  test('moves an entry when the licence is renewed, or that is undone', async () => {
    const desk = await Desk.open(world())
    await desk.sell({ ...FORMER, lastDay: '2026-12-02' })
    const path = await newPath(desk)
    const [before] = await entriesAt(desk, path)
    world().now += 60_000
    await desk.redeem(await desk.code({ days: 30 }))
    const [after, ...more] = await entriesAt(desk, path)
    assert.ok(before !== undefined && after !== undefined)
    assert.deepEqual([after.uid, after.days[0], more], [before.uid, '2027-01-01', []])
    assert.ok(after.sequence > before.sequence && after.modified > before.modified && after.stamp === after.modified, JSON.stringify([before, after]))
    world().now += 60_000
    await desk.undo()
    const [undone] = await entriesAt(desk, path)
    assert.ok(undone !== undefined && undone.sequence > after.sequence && undone.modified > after.modified)
    assert.deepEqual([undone.uid, undone.days[0]], [before.uid, '2026-12-02'])
  })

  for (const [lastDay, shown] of [['2026-10-21', false], ['2026-10-22', true], ['2026-11-20', true]] as const) {
    test(`${shown ? 'keeps' : 'drops'} what ended on ${lastDay}, thirty days after on 21 November`, async () => {
      const desk = await Desk.open(world())
      await desk.sell({ ...FORMER, lastDay })
      assert.equal((await entriesAt(desk, await newPath(desk))).length, shown ? 1 : 0)
    })
  }

  test('leaves out what will not be renewed, was removed, or never had a licence', async () => {
    const desk = await Desk.open(world(), { devices: ['planned', 'not', 'removed', 'none'] })
    for (const device of ['planned', 'not', 'removed']) await desk.sell({ ...FORMER, device, lastDay: '2026-12-02' })
    await world().ask(desk.admin, 'PUT', '/v1/devices/not/renewal', { planned: false })
    await world().ask(desk.admin, 'DELETE', '/v1/devices/removed')
    assert.deepEqual((await entriesAt(desk, await newPath(desk))).map(({ summary }) => summary), ['License ends: Pump planned'])
    for (const deviceId of ['not', 'none']) assert.deepEqual(await entriesAt(desk, await newPath(desk, { deviceId })), [])
  })

  test('of one device holds that alone, and is named after it', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    for (const device of ['a', 'b']) await desk.sell({ ...FORMER, device, lastDay: '2026-12-02' })
    const { calendar, entries } = readCalendar((await fetchCalendar(desk, await newPath(desk, { deviceId: 'b' }))).body)
    assert.deepEqual([entries.map(({ summary }) => summary), calendar.getFirstPropertyValue('x-wr-calname')], [['License ends: Pump b'], 'Licenses: Pump b'])
  })

  test('takes names of devices for text, whatever is in them', async () => {
    const desk = await Desk.open(world(), { devices: [] })
    for (const [index, [name]] of NAMES.entries()) {
      await world().ask({ role: 'host' }, 'PUT', `/v1/host/devices/d${index}`, { workspace: desk.workspace, serial: `SN-${desk.workspace}-d${index}`, model: 'P,100;\\', name })
      await desk.sell({ ...FORMER, device: `d${index}`, lastDay: '2026-12-02' })
    }
    assert.deepEqual((await entriesAt(desk, await newPath(desk))).map(({ summary }) => summary), NAMES.map(([, name]) => `License ends: ${name}`))
    const { calendar } = readCalendar((await fetchCalendar(desk, await newPath(desk, { deviceId: 'd1' }))).body)
    // The parser does not know this property for the text that it is (RFC 7986 §5.1), and leaves it as it is written.
    assert.equal(calendar.getFirstPropertyValue('name'), 'Licenses: Pump\\, second\\; floor: "B\\\\n')
  })

  test('reads dates in the zone of the workspace, and speaks German where it is asked to', async () => {
    const desk = await Desk.open(world(), { zone: 'Pacific/Auckland' })
    await desk.sell({ ...FORMER, kind: 'grace', lastDay: '2026-11-22' })
    const path = await newPath(desk)
    const [entry] = await entriesAt(desk, `${path}?lang=de`)
    assert.deepEqual([entry?.summary, entry?.days[0]], ['Übergangsfrist endet: Pump pump-1', '2026-11-22'])
    assert.match(entry?.description ?? '', /^Seriennummer .*, Modell P100\nDie Übergangsfrist gilt bis zum Ende dieses Tages \(Pacific\/Auckland\)\./)
    assert.equal((await fetchCalendar(desk, `${path}?lang=fr`)).status, 422)
  })

  test('is a file of one device for everybody who may look, also of one that will not be renewed', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'none'] })
    await desk.sell({ ...FORMER, device: 'a', lastDay: '2026-12-02' })
    await world().ask(desk.admin, 'PUT', '/v1/devices/a/renewal', { planned: false })
    const { body, headers } = await world().ask<string>(desk.viewer, 'GET', '/v1/devices/a/calendar?lang=de')
    const { entries: [entry] } = readCalendar(body)
    assert.deepEqual([entry?.summary, entry?.rings], ['Lizenz endet: Pump a', []])
    assert.equal(headers.get('content-disposition'), 'attachment; filename="license.ics"')
    const told = async (id: string): Promise<unknown> => (await world().ask(desk.viewer, 'GET', `/v1/devices/${id}/calendar`)).body['code']
    assert.deepEqual([await told('none'), await told('nothing')], ['not-found', 'device-not-found'])
  })
})

onEngine('wasm', 'a calendar by a policy of its own', (world) => {
  test('rings when that says, and links to the page of the device', async () => {
    const desk = await Desk.open(world(), { devices: ['a;b'] })
    await desk.sell({ ...FORMER, device: 'a;b', lastDay: '2026-12-02' })
    const [entry] = await entriesAt(desk, await newPath(desk))
    assert.deepEqual(entry?.rings, ['2026-11-25T00:05:00', '2026-12-02T00:05:00', '2026-12-03T00:05:00'])
    assert.equal(entry?.url, 'https://portal.example/devices/a%3Bb')
    assert.ok(entry.description.endsWith('\n\nhttps://portal.example/devices/a%3Bb'))
  })
}, { reminderDays: [7, 0, -1], reminderHour: '00:05', links: { device: 'https://portal.example/devices/{deviceId}' } })

onEngine('sqlite', 'a calendar of a large workspace', (world) => {
  test('is sent in pages, between which others have their turn', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `d${index}`)
    const desk = await Desk.open(world(), { devices: ids })
    await desk.sell(...ids.map((device) => ({ ...FORMER, device, lastDay: '2026-12-02' })))
    const response = await world().bff(new Request(`http://bff.test${await newPath(desk)}`))
    let turns = 0
    let running = true
    const turn = (): void => {
      turns += 1
      if (running) setImmediate(turn)
    }
    setImmediate(turn)
    const pieces: string[] = []
    const decoder = new TextDecoder()
    for await (const piece of response.body ?? []) pieces.push(decoder.decode(piece, { stream: true }))
    running = false
    assert.equal(new Set(readCalendar(pieces.join('')).entries.map(({ uid }) => uid)).size, 1_000)
    assert.equal(pieces.length, 6)
    assert.ok(turns >= 4, `${turns} turns`)
  })
})

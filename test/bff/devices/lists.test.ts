import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { DeviceView } from '../../../bff/ledger/view.ts'
import { STATUSES } from '../../../bff/rules/lists.ts'
import { normalSerial } from '../../../bff/rules/serial.ts'
import { onEveryEngine, START } from '../engines.ts'
import { byBytes, COUNT, Stock } from './stock.ts'

/** What each order goes by, before the id. */
const ORDERS: Record<string, (a: DeviceView, b: DeviceView) => number> = {
  name: (a, b) => byBytes(a.name.normalize('NFKC').toLowerCase(), b.name.normalize('NFKC').toLowerCase()),
  serial: (a, b) => byBytes(normalSerial(a.serial), normalSerial(b.serial)),
  expiresAt: (a, b) => byBytes(a.license.expiresAt ?? 'never', b.license.expiresAt ?? 'never'),
  status: (a, b) => STATUSES.indexOf(a.license.status) - STATUSES.indexOf(b.license.status),
}

onEveryEngine('a list of 250 devices', (world) => {
  let stock: Stock
  const sorted = (key: string): string[] => stock.devices.toSorted((a, b) => (ORDERS[key]?.(a, b) ?? 0) || byBytes(a.id, b.id)).map((device) => device.id)
  const ids = (which: (device: DeviceView) => boolean): string[] => stock.devices.filter(which).map((device) => device.id).sort()

  before(async () => { stock = await Stock.open(world()) })

  test('holds devices of every status, and ties', () => {
    assert.deepEqual(new Set(stock.devices.map((device) => device.license.status)), new Set(STATUSES))
    assert.equal(stock.devices.length, COUNT)
    for (const key of Object.keys(ORDERS).filter((one) => one !== 'serial')) {
      assert.ok(stock.devices.some((a) => stock.devices.some((b) => a !== b && ORDERS[key]?.(a, b) === 0)), key)
    }
  })

  for (const key of Object.keys(ORDERS)) {
    test(`comes by ${key} in pages, each device once, in the same order on every engine`, async () => {
      const expected = sorted(key)
      for (const limit of [200, 37]) {
        assert.deepEqual(await stock.all(`sort=${key}&limit=${limit}`), expected, `${limit} a page`)
        assert.deepEqual(await stock.all(`sort=-${key}&limit=${limit}`), expected.toReversed(), `${limit} a page, backwards`)
      }
    })
  }

  test('comes by name and in pages of 50 where nothing else is asked for', async () => {
    const { items, nextCursor } = await stock.page('')
    assert.deepEqual(items.map((device) => device.id), sorted('name').slice(0, 50))
    assert.equal(typeof nextCursor, 'string')
  })

  test('comes in pages of one too, and says at the last page that it is the last', async () => {
    const [two] = [sorted('name').slice(0, 2)]
    const first = await stock.page('limit=1')
    const second = await stock.page('limit=1', first.nextCursor)
    assert.deepEqual([...first.items, ...second.items].map((device) => device.id), two)
    const query = 'limit=125'
    const half = await stock.page(query)
    const rest = await stock.page(query, half.nextCursor)
    assert.deepEqual([half.items.length, rest.items.length, rest.nextCursor], [125, 125, null])
  })

  test('shows each device as it is shown alone', async () => {
    const { items } = await stock.page('limit=200&sort=serial')
    assert.deepEqual(items, sorted('serial').slice(0, 200).map((id) => stock.devices.find((device) => device.id === id)))
  })

  test('keeps to the statuses of its first page while time passes', async () => {
    for (const sort of ['status', '-status', 'expiresAt', '-expiresAt']) {
      const passed = await stock.all(`sort=${sort}&limit=60`, (page) => { world().now = START + page * 6 * 3_600_000 })
      world().now = START
      assert.deepEqual(passed, await stock.all(`sort=${sort}&limit=200`), sort)
    }
    const expiring = await stock.all('status=expiring&limit=20', (page) => { world().now = START + page * 3_600_000 })
    world().now = START
    assert.deepEqual(expiring.toSorted(), ids((device) => device.license.status === 'expiring'))
  })

  test('misses and doubles no device when others come and go between pages', async () => {
    const names: string[] = []
    const seen = await stock.all('limit=40&sort=name', async (page) => {
      names.push(`new-${page}`)
      await stock.fleet.add({ serial: `passing ${page} ${stock.fleet.workspace}`, id: `new-${page}`, name: page % 2 === 0 ? 'a' : 'zz' })
      if (page > 1) await stock.fleet.remove(`new-${page - 1}`)
    })
    assert.deepEqual(seen.filter((id) => !id.startsWith('new-')), sorted('name'))
    assert.equal(new Set(seen).size, seen.length)
    for (const id of names) await stock.fleet.remove(id)
  })

  const filters: [query: string, which: (device: DeviceView) => boolean][] = [
    ...STATUSES.map((status): [string, (device: DeviceView) => boolean] => [`status=${status}`, (device) => device.license.status === status]),
    ['status=expired,none', (device) => ['none', 'expired'].includes(device.license.status)],
    [`status=${STATUSES.join(',')}`, () => true],
    ['status=active,active', (device) => device.license.status === 'active'],
    ['alert=expired', (device) => device.license.status === 'expired'],
    ['alert=expiring', (device) => device.license.expiringSoon],
    ['alert=grace', () => false],
    ['site=hall-1', (device) => device.siteId === 'hall-1'],
    ['site=nowhere', () => false],
    ['site=hall-1&status=active&q=pump', (device) => device.siteId === 'hall-1' && device.license.status === 'active' && /pump/i.test(device.name.normalize('NFKC'))],
    ['alert=expiring&status=active', () => false],
  ]
  for (const [query, which] of filters) {
    test(`is narrowed by ${query}`, async () => {
      for (const order of ['', '&sort=-status', '&sort=expiresAt']) assert.deepEqual((await stock.all(`limit=25&${query}${order}`)).toSorted(), ids(which), order)
    })
  }

  const searches: [text: string, which: (name: string) => boolean][] = [
    ['pump', (name) => /pump/i.test(name)], ['PUMP', (name) => /pump/i.test(name)], ['ölp', (name) => /^o\u0308lp/i.test(name.normalize('NFD'))], ['Ö', (name) => /^o\u0308/i.test(name.normalize('NFD'))],
    ['o\u0308', (name) => /^o\u0308/i.test(name.normalize('NFD'))], ['%', (name) => name.includes('%')], ['_', (name) => name.includes('_')], ['\\', (name) => name.includes('\\')], ['100 %', (name) => name.startsWith('100')],
    ['fi', (name) => /^(fi|ﬁ)/i.test(name)], ['WIDE', (name) => /wide/.test(name.normalize('NFKC'))], ['日', (name) => name.includes('日')], ['😀', (name) => name.includes('😀')], ["'", (name) => name.includes("'")],
    ['"', (name) => name.includes('"')], ['%%', () => false], ['p%p', () => false], ['p_mp', () => false], ['straße', (name) => /^stra(ße|sse)$/i.test(name)], ['STRASSE', (name) => name === 'STRASSE'], ['nothing of this name', () => false],
  ]
  for (const [text, which] of searches) {
    test(`is searched for ${text}`, async () => {
      assert.deepEqual((await stock.all(`limit=100&q=${encodeURIComponent(text)}`)).toSorted(), ids((device) => which(device.name)))
    })
  }

  test('is searched by serial number in any spelling, and by id', async () => {
    const [device] = stock.devices.filter((one) => one.serial.startsWith('SN-'))
    assert.ok(device !== undefined)
    for (const text of [device.serial, device.serial.toLowerCase(), normalSerial(device.serial), device.serial.replace('-', ' '), device.id.toUpperCase()]) {
      assert.deepEqual(await stock.all(`q=${encodeURIComponent(text)}`), [device.id], text)
    }
  })

  test('is not narrowed by a search for spaces', async () => {
    assert.equal((await stock.all('limit=200&q=%20%20')).length, COUNT)
  })

  test('is counted in the summary, by status and by warning', async () => {
    const { body } = await world().ask<{ total: number; byStatus: Record<string, number>; alerts: Record<string, number> }>(stock.fleet.as('viewer'), 'GET', '/v1/summary')
    assert.equal(body.total, COUNT)
    for (const status of STATUSES) assert.equal(body.byStatus[status], ids((device) => device.license.status === status).length, status)
    for (const alert of ['expired', 'expiring', 'grace']) assert.equal(body.alerts[alert], (await stock.all(`limit=200&alert=${alert}`)).length, alert)
  })
})

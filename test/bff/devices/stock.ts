import assert from 'node:assert/strict'
import type { DeviceView } from '../../../bff/ledger/view.ts'
import type { World } from '../engines.ts'
import { Fleet } from './fleet.ts'

/** How many devices the stock has. */
export const COUNT = 250

const NAMES = [
  'Pump', 'pump', 'PUMP', 'Pump', 'Ölpumpe', 'ölpumpe', 'O\u0308lpumpe', 'Zebra', 'Äpfel', 'apfel', 'Apfel', '日本', '😀 pump', 'pump 10', 'pump 2', '100 % pump', 'under_score', 'back\\slash',
  'ﬁlter', 'Filter', "o'clock", '"quoted"', 'İstanbul', 'straße', 'STRASSE', '\u202eevil', '-', '~', '€', 'ｗｉｄｅ', 'wide', '￿', '𝒳',
]

/** Periods by which a device gets each status on 2026-11-21; several end on the same day. */
const PERIODS: (readonly [kind: string, firstDay: string, lastDay: string])[][] = [
  [], [['standard', '2026-01-01', '2027-06-30']], [['standard', '2026-01-01', '2026-12-01']], [['grace', '2026-11-01', '2026-12-31']], [['standard', '2025-01-01', '2025-12-31']],
  [['trial', '2026-11-21', '2026-11-21']], [['standard', '2026-01-01', '2027-06-30'], ['standard', '2025-01-01', '2025-06-30']], [['trial', '2026-01-01', '2026-12-01'], ['grace', '2026-12-01', '2027-01-31']],
]

/** A workspace with 250 devices of every kind, and one device in another. */
export class Stock {
  readonly fleet: Fleet
  devices: DeviceView[] = []

  private constructor(fleet: Fleet) {
    this.fleet = fleet
  }

  static async open(world: World): Promise<Stock> {
    const stock = new Stock(await Fleet.open(world))
    const other = await Fleet.open(world)
    await other.add({ serial: `other of ${stock.fleet.workspace}`, name: 'pump' })
    const { workspace } = stock.fleet
    const devices = Array.from({ length: COUNT }, (_, index) => ({
      workspace, id: `d${(index * 7_919) % 1_000}-${workspace}`, serial: `${index % 3 === 0 ? 'sn' : 'SN-'}${(index * 31) % 997} ${workspace}`, model: 'P100', name: NAMES[index % NAMES.length] ?? '',
      siteId: index % 4 === 0 ? 'hall-1' : index % 4 === 1 ? 'hall-2' : null,
    }))
    const rows = devices.flatMap(({ serial }, index) => (PERIODS[index % PERIODS.length] ?? []).map((period, number) => [workspace, serial, ...period, `${workspace}/${index}/${number}`].join(',')))
    const lines = devices.map((device) => JSON.stringify(device)).join('\n')
    assert.deepEqual((await world.ask({ role: 'host' }, 'POST', '/v1/host/devices', lines, { 'content-type': 'application/x-ndjson' })).body, { imported: COUNT, unchanged: 0 })
    assert.equal((await world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', ['workspace,serial,kind,firstDay,lastDay,reference', ...rows].join('\n'))).status, 200)
    stock.devices = await stock.byId(devices.map((device) => device.id))
    return stock
  }

  /** The devices as each of them is answered alone. */
  byId(ids: readonly string[]): Promise<DeviceView[]> {
    return Promise.all(ids.map(async (id) => (await this.fleet.get(id)).body))
  }

  /** One page of the list. */
  async page(query: string, cursor: string | null = null): Promise<{ items: DeviceView[]; nextCursor: string | null }> {
    const { status, body } = await this.fleet.world.ask<{ items: DeviceView[]; nextCursor: string | null }>(
      this.fleet.as('viewer'), 'GET', `/v1/devices?${query}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    assert.equal(status, 200, `${query} ${JSON.stringify(body)}`)
    return body
  }

  /** Every page of the list, as ids; `between` runs after each page. */
  async all(query: string, between: (page: number) => Promise<void> | void = () => {}): Promise<string[]> {
    const ids: string[] = []
    for (let cursor: string | null = null, page = 1; ; page += 1) {
      const { items, nextCursor }: { items: DeviceView[]; nextCursor: string | null } = await this.page(query, cursor)
      ids.push(...items.map((device) => device.id))
      if (nextCursor === null) return ids
      cursor = nextCursor
      await between(page)
    }
  }
}

/** Compares texts by their bytes in UTF-8, which is what lists go by. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

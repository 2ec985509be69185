import type { DeviceView } from '../../bff/ledger/view.ts'
import { type Status, STATUSES } from '../../bff/rules/lists.ts'
import type { Summary } from './api.ts'
import { DEFAULT_SORT, DeviceTable } from './device-table.ts'
import { h, say } from './dom.ts'
import type { Page, Portal } from './page.ts'
import { StatusTiles } from './status-tiles.ts'

/** Devices that are asked for at once. */
const PAGE_SIZE = '100'

/** How the list is filtered and sorted, as the API's own query says it. */
interface Listing {
  status: Status | null
  sort: string
}

/** Every device of the workspace with its licence: what ends first, first. */
export class AssetsPage implements Page {
  readonly element: HTMLElement
  readonly title: string
  readonly deviceId = null
  readonly #portal: Portal
  readonly #count = h('p', { class: 'muted', role: 'status' })
  readonly #tiles: StatusTiles
  readonly #table: DeviceTable
  readonly #empty: HTMLElement
  readonly #more: HTMLElement
  #listing: Listing
  /** Pages that are shown of a long list. */
  #pages = 1
  #asked = 0

  constructor(portal: Portal, url: URL) {
    const { texts } = portal
    this.#portal = portal
    this.title = texts.assets
    this.#listing = listingIn(url)
    this.#tiles = new StatusTiles(portal, (status) => { this.#change({ status: this.#listing.status === status ? null : status }) })
    this.#table = new DeviceTable(portal, (key) => { this.#change({ sort: this.#listing.sort === key ? `-${key}` : key }) })
    this.#empty = h('p', { class: 'empty', hidden: true }, texts.noDevices)
    this.#more = h('p', { class: 'more', hidden: true }, h('button', { type: 'button', onclick: () => { this.#showMore() } }, texts.showMore))
    this.element = h('div', { class: 'assets' },
      h('div', { class: 'head' }, h('h1', { tabindex: -1 }, texts.assets), this.#count), this.#tiles.element,
      h('div', { class: 'card' }, this.#table.element, this.#empty), this.#more)
    this.#mark()
  }

  async refresh(): Promise<void> {
    const { api, clock } = this.#portal
    this.#asked += 1
    const asked = this.#asked
    const [summary, devices] = await Promise.all([api.summary(), this.#devices()])
    // An answer to an older question is no news.
    if (asked !== this.#asked) return
    const now = devices.items[0]?.license.now
    if (now !== undefined) clock.set(now)
    this.#show(summary, devices.items, devices.nextCursor !== null)
  }

  accepts(url: URL): boolean {
    if (url.pathname !== '/') return false
    this.#listing = listingIn(url)
    this.#pages = 1
    this.#mark()
    return true
  }

  focus(deviceId: string): void {
    this.#table.focus(deviceId)
  }

  close(): void {
    // Nothing runs.
  }

  async #devices(): Promise<{ items: DeviceView[]; nextCursor: string | null }> {
    const { status, sort } = this.#listing
    const items: DeviceView[] = []
    let cursor: string | null = null
    for (let page = 0; page < this.#pages; page += 1) {
      const query: Record<string, string> = { sort, limit: PAGE_SIZE, ...(status === null ? {} : { status }), ...(cursor === null ? {} : { cursor }) }
      const answer = await this.#portal.api.devices(query)
      items.push(...answer.items)
      cursor = answer.nextCursor
      if (cursor === null) break
    }
    return { items, nextCursor: cursor }
  }

  #show({ total, byStatus }: Summary, devices: readonly DeviceView[], more: boolean): void {
    const { texts, formats } = this.#portal
    const { status } = this.#listing
    say(this.#count, status === null ? texts.devices(formats.number(total), formats.plural(total))
      : texts.filtered(formats.number(byStatus[status]), formats.number(total)))
    this.#tiles.update(byStatus)
    this.#table.update(devices)
    this.#empty.hidden = devices.length > 0
    this.#more.hidden = !more
  }

  #mark(): void {
    this.#tiles.press(this.#listing.status)
    this.#table.mark(this.#listing.sort)
  }

  #change(change: Partial<Listing>): void {
    this.#listing = { ...this.#listing, ...change }
    this.#pages = 1
    this.#mark()
    this.#portal.rename(addressOf(this.#listing))
    this.#portal.reread()
  }

  #showMore(): void {
    this.#pages += 1
    this.#portal.reread()
  }
}

function listingIn({ searchParams }: URL): Listing {
  const status = STATUSES.find((one) => one === searchParams.get('status')) ?? null
  const sort = searchParams.get('sort') ?? ''
  return { status, sort: /^-?(?:name|serial|status|expiresAt)$/.test(sort) ? sort : DEFAULT_SORT }
}

function addressOf({ status, sort }: Listing): string {
  const query = new URLSearchParams({ ...(status === null ? {} : { status }), ...(sort === DEFAULT_SORT ? {} : { sort }) })
  return query.size === 0 ? '/' : `/?${query}`
}

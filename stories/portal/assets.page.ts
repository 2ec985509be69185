import type { DeviceView } from '../../bff/ledger/view.ts'
import { type Status, STATUSES } from '../../bff/rules/lists.ts'
import { type Alert, ALERTS, type Summary } from './api.ts'
import { DEFAULT_SORT, DeviceTable } from './device-table.ts'
import { h, say } from './dom.ts'
import { blank, type Page, type Portal } from './page.ts'
import { StatusTiles } from './status-tiles.ts'

/** Devices that are asked for at once. */
const PAGE_SIZE = '100'

/** How the list is filtered and sorted, as the API's own query says it. */
interface Listing {
  status: Status | null
  /** What one of the warnings counts. */
  alert: Alert | null
  sort: string
}

/** How long the page waits for the warnings above the list, so that nothing moves when they come (ms). */
const PATIENCE_MS = 3_000

/** Every device of the workspace with its licence: what ends first, first. */
export class AssetsPage implements Page {
  readonly element: HTMLElement
  readonly title: string
  readonly deviceId = null
  readonly #portal: Portal
  readonly #count = h('p', { class: 'muted', role: 'status' })
  readonly #tiles: StatusTiles
  readonly #add: HTMLButtonElement
  readonly #filter = h('p', { class: 'filter', hidden: true })
  /** What stands there until everything is known, and what takes its place: new boxes, so that none moves. */
  readonly #pending = h('div', { class: 'pending', 'aria-busy': 'true' }, blank('long'), h('div', { class: 'card' }))
  readonly #known: HTMLElement
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
    this.#tiles = new StatusTiles(portal, (status) => { this.#change({ status: this.#listing.status === status ? null : status, alert: null }) })
    this.#add = h('button', { type: 'button', class: 'action absent', onclick: () => { portal.openWizard() } }, texts.addDevice)
    this.#table = new DeviceTable(portal, (key) => { this.#change({ sort: this.#listing.sort === key ? `-${key}` : key }) })
    this.#empty = h('p', { class: 'empty', hidden: true }, texts.noDevices)
    this.#more = h('p', { class: 'more', hidden: true }, h('button', { type: 'button', onclick: () => { this.#showMore() } }, texts.showMore))
    this.#known = h('div', { class: 'known', hidden: true }, h('license-alerts'), this.#tiles.element, this.#filter,
      h('div', { class: 'card' }, this.#table.element, this.#empty), this.#more)
    this.element = h('div', { class: 'assets' },
      h('div', { class: 'head' }, h('h1', { tabindex: -1 }, texts.assets), this.#count, this.#add), this.#pending, this.#known)
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
    if (!this.#known.hidden) return
    await Promise.race([this.#portal.settled(), new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS) })])
    this.#pending.remove()
    this.#known.hidden = false
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
    const { status, alert, sort } = this.#listing
    const items: DeviceView[] = []
    let cursor: string | null = null
    for (let page = 0; page < this.#pages; page += 1) {
      const query: Record<string, string> = { sort, limit: PAGE_SIZE, ...(status === null ? {} : { status }), ...(alert === null ? {} : { alert }), ...(cursor === null ? {} : { cursor }) }
      const answer = await this.#portal.api.devices(query)
      items.push(...answer.items)
      cursor = answer.nextCursor
      if (cursor === null) break
    }
    return { items, nextCursor: cursor }
  }

  #show({ total, byStatus, alerts }: Summary, devices: readonly DeviceView[], more: boolean): void {
    const { texts, formats, me } = this.#portal
    const { status, alert } = this.#listing
    const shown = alert !== null ? alerts[alert] : status !== null ? byStatus[status] : null
    const mayAdd = me !== null && (me.roles.includes('admin') || (me.roles.includes('member') && me.policy.memberAddsDevices))
    this.#add.classList.toggle('absent', !mayAdd)
    say(this.#count, shown === null ? texts.devices(formats.number(total), formats.plural(total))
      : texts.filtered(formats.number(shown), formats.number(total)))
    this.#tiles.update(byStatus)
    this.#table.update(devices)
    this.#empty.hidden = devices.length > 0
    // Who asked for more goes on at what is new.
    const next = this.#more.contains(document.activeElement) ? devices[(this.#pages - 1) * Number(PAGE_SIZE)] : undefined
    if (next !== undefined) this.#table.focus(next.id)
    this.#more.hidden = !more
  }

  #mark(): void {
    const { texts } = this.#portal
    const { alert } = this.#listing
    this.#filter.hidden = alert === null
    if (alert !== null) {
      this.#filter.replaceChildren(texts.alert[alert], ' ', h('button', { type: 'button', class: 'action', onclick: () => { this.#showAll() } }, texts.showAll))
    }
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

  /** Takes the filter of a warning away, and with it the button that does so. */
  #showAll(): void {
    this.#change({ alert: null })
    this.element.querySelector('h1')?.focus()
  }

  #showMore(): void {
    this.#pages += 1
    this.#portal.reread()
  }
}

function listingIn({ searchParams }: URL): Listing {
  const status = STATUSES.find((one) => one === searchParams.get('status')) ?? null
  const sort = searchParams.get('sort') ?? ''
  const alert = ALERTS.find((one) => one === searchParams.get('alert')) ?? null
  return { status, alert, sort: /^-?(?:name|serial|status|expiresAt)$/.test(sort) ? sort : DEFAULT_SORT }
}

function addressOf({ status, alert, sort }: Listing): string {
  const query = new URLSearchParams({ ...(status === null ? {} : { status }), ...(alert === null ? {} : { alert }), ...(sort === DEFAULT_SORT ? {} : { sort }) })
  return query.size === 0 ? '/' : `/?${query}`
}

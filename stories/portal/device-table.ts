import type { DeviceView } from '../../bff/ledger/view.ts'
import { arrange, h, say, setAttribute } from './dom.ts'
import { icon } from './icons.ts'
import { blank, type Portal } from './page.ts'
import { deviceAddress } from './router.ts'

/** What the list is sorted by where nobody says: what ends first, first. */
export const DEFAULT_SORT = 'expiresAt'

/** The columns, and what the API sorts them by. */
const COLUMNS = [['name', 'name'], ['serial', 'serial'], ['site', null], ['license', 'status'], ['until', 'expiresAt']] as const
type Column = (typeof COLUMNS)[number][0]

/** Rows that stand there until the first answer. */
const BLANK_ROWS = 12

/** The devices, one row each. The roles keep it a table where a narrow page draws rows as two lines. */
export class DeviceTable {
  readonly element: HTMLTableElement
  readonly #portal: Portal
  readonly #body = h('tbody', { role: 'rowgroup' })
  readonly #headings = new Map<Column, HTMLTableCellElement>()
  readonly #rows = new Map<string, Row>()

  constructor(portal: Portal, sortBy: (key: string) => void) {
    this.#portal = portal
    const { texts } = portal
    for (const [column, key] of COLUMNS) this.#headings.set(column, this.#heading(column, key, sortBy))
    const action = h('th', { role: 'columnheader', scope: 'col', class: 'act' }, h('span', { class: 'hidden' }, texts.column.action))
    this.element = h('table', { class: 'devices', role: 'table', 'aria-label': texts.assets, 'aria-busy': 'true' },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...this.#headings.values(), action)), this.#body)
    this.#body.append(...Array.from({ length: BLANK_ROWS }, blankRow))
  }

  #heading(column: Column, key: string | null, sortBy: (key: string) => void): HTMLTableCellElement {
    const { texts } = this.#portal
    const label = h('span', {}, texts.column[column], column === 'until' ? h('span', { class: 'unit' }, ` ${texts.endOfDay}`) : null)
    const content = key === null ? label : h('button', { type: 'button', onclick: () => { sortBy(key) } }, label, icon('up', 12), icon('down', 12))
    return h('th', { role: 'columnheader', scope: 'col', class: column }, content)
  }

  /** Marks what the list is sorted by. */
  mark(sort: string): void {
    for (const [column, key] of COLUMNS) {
      const direction = key !== null && sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : null
      const heading = this.#headings.get(column)
      if (heading !== undefined) setAttribute(heading, 'aria-sort', direction)
    }
  }

  /** Shows these devices in this order. Rows that stay are the same ones, and keep the focus. */
  update(devices: readonly DeviceView[]): void {
    const focused = document.activeElement
    const rows = devices.map((device) => {
      const row = this.#rows.get(device.id) ?? new Row(this.#portal, device.id)
      this.#rows.set(device.id, row)
      row.update(device)
      return row
    })
    const shown = new Set(devices.map(({ id }) => id))
    for (const id of [...this.#rows.keys()]) if (!shown.has(id)) this.#rows.delete(id)
    arrange(this.#body, rows.map(({ element }) => element))
    // A row that was moved has lost the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true })
    this.element.removeAttribute('aria-busy')
  }

  /** Puts the focus on a device. */
  focus(id: string): void {
    this.#rows.get(id)?.element.querySelector('a')?.focus()
  }
}

function blankRow(): HTMLTableRowElement {
  const cell = (name: string, width: 'short' | 'medium' | 'long' | null): HTMLElement =>
    h('td', { role: 'cell', class: name }, width === null ? null : blank(width))
  return h('tr', { role: 'row', class: 'blank-row' }, cell('name', 'long'), cell('serial', 'medium'), cell('site', 'short'), cell('license', 'medium'),
    cell('until', 'short'), cell('act', null))
}

/** One device. */
class Row {
  readonly element: HTMLTableRowElement
  readonly #portal: Portal
  readonly #name = h('bdi')
  readonly #serial = h('bdi')
  readonly #site = h('bdi')
  readonly #until = h('time')
  readonly #act: HTMLElement
  readonly #button: HTMLButtonElement

  constructor(portal: Portal, id: string) {
    this.#portal = portal
    const link = h('a', { href: deviceAddress(id) }, this.#name)
    this.#button = h('button', { type: 'button', class: 'action', onclick: () => { portal.openVoucher(id) } })
    this.#act = h('td', { role: 'cell', class: 'act' })
    this.element = h('tr', { role: 'row' },
      h('th', { role: 'rowheader', scope: 'row', class: 'name' }, link),
      h('td', { role: 'cell', class: 'serial' }, this.#serial),
      h('td', { role: 'cell', class: 'site' }, this.#site),
      h('td', { role: 'cell', class: 'license' }, h('license-badge', { 'device-id': id })),
      h('td', { role: 'cell', class: 'until' }, this.#until), this.#act)
  }

  update({ name, serial, siteId, license }: DeviceView): void {
    const { texts, formats } = this.#portal
    const { status, lastDay, expiringSoon, actions } = license
    say(this.#name, name)
    this.#name.title = name
    say(this.#serial, serial)
    this.#serial.title = serial
    say(this.#site, siteId ?? '–')
    say(this.#until, lastDay === null ? '–' : formats.day(lastDay))
    setAttribute(this.#until, 'datetime', lastDay)
    setAttribute(this.#until, 'title', lastDay === null ? null : texts.until(formats.longDay(lastDay)))
    const due = status === 'none' || status === 'expired' || expiringSoon
    const action = due ? actions.find((one) => one === 'renew' || one === 'activate') : undefined
    if (action === undefined) this.#leave()
    else this.#button.replaceChildren(texts[action as 'renew' | 'activate'], h('span', { class: 'hidden' }, ` ${name}`))
    if (action !== undefined && !this.#button.isConnected) this.#act.replaceChildren(this.#button)
  }

  /** Takes the action away; who stood on it stands on the device then. */
  #leave(): void {
    const stood = document.activeElement === this.#button
    this.#button.remove()
    if (stood) this.element.querySelector('a')?.focus({ preventScroll: true })
  }
}

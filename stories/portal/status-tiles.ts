import type { Status } from '../../bff/rules/lists.ts'
import { h, say } from './dom.ts'
import { icon, STATUS_ICONS, STATUS_TONES } from './icons.ts'
import type { Portal } from './page.ts'

const ORDER: readonly Status[] = ['active', 'expiring', 'grace', 'expired', 'none']

/** Counts by status that filter the list; the one that does so is pressed, and lets go of it when pressed again. */
export class StatusTiles {
  readonly element: HTMLElement
  readonly #tiles = new Map<Status, { button: HTMLButtonElement; count: HTMLElement }>()
  readonly #formats: Portal['formats']

  constructor({ texts, formats }: Portal, press: (status: Status) => void) {
    this.#formats = formats
    for (const status of ORDER) {
      const count = h('strong', {}, '\u2007')
      const button = h('button', { type: 'button', class: `tile ${STATUS_TONES[status]}`, 'aria-pressed': 'false', onclick: () => { press(status) } },
        count, h('span', {}, icon(STATUS_ICONS[status]), texts.status[status]))
      this.#tiles.set(status, { button, count })
    }
    this.element = h('div', { class: 'tiles', role: 'group', 'aria-label': texts.byStatus }, ...[...this.#tiles.values()].map(({ button }) => button))
  }

  update(byStatus: Record<Status, number>): void {
    for (const [status, { count }] of this.#tiles) say(count, this.#formats.number(byStatus[status]))
  }

  press(pressed: Status | null): void {
    for (const [status, { button }] of this.#tiles) button.setAttribute('aria-pressed', String(status === pressed))
  }
}

import { type Area, AREAS } from './areas.ts'
import { h } from './dom.ts'

/** The tabs of a device (ARIA Authoring Practices, tabs with automatic activation). */
export class Tabs {
  readonly element: HTMLElement
  readonly panels: Readonly<Record<Area, HTMLElement>>
  readonly #tabs: Readonly<Record<Area, HTMLButtonElement>>

  constructor(names: Readonly<Record<Area, string>>, label: string, choose: (area: Area) => void) {
    const made = <Made>(make: (area: Area) => Made): Record<Area, Made> => Object.fromEntries(AREAS.map((area) => [area, make(area)])) as Record<Area, Made>
    this.panels = made((area) => h('div', { role: 'tabpanel', id: `panel-${area}`, class: 'panel', 'aria-labelledby': `tab-${area}`, tabindex: -1, hidden: true }))
    this.#tabs = made((area) => h('button', {
      type: 'button', role: 'tab', id: `tab-${area}`, 'aria-controls': `panel-${area}`, tabindex: -1, 'data-name': names[area], onclick: () => { choose(area) },
    }, names[area]))
    this.element = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...Object.values(this.#tabs))
    this.element.addEventListener('keydown', (event) => { this.#key(event, choose) })
  }

  /** Shows an area. */
  select(area: Area): void {
    for (const one of AREAS) {
      this.#tabs[one].setAttribute('aria-selected', String(one === area))
      this.#tabs[one].tabIndex = one === area ? 0 : -1
      this.panels[one].hidden = one !== area
    }
  }

  #key(event: KeyboardEvent, choose: (area: Area) => void): void {
    const at = AREAS.findIndex((area) => this.#tabs[area] === event.target)
    const forth = getComputedStyle(this.element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: AREAS.length - 1 }
    if (forth === 'ArrowLeft') Object.assign(steps, { ArrowLeft: at + 1, ArrowRight: at - 1 })
    const next = steps[event.key]
    if (at === -1 || next === undefined) return
    event.preventDefault()
    const area = AREAS[(next + AREAS.length) % AREAS.length] ?? 'license'
    this.#tabs[area].focus()
    choose(area)
  }
}

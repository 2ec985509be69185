import { h } from './dom.ts'
import { type Control, controlOf } from './function-controls.ts'
import type { Portal } from './page.ts'
import type { ControlState, DeviceFunction } from './telemetry.ts'
import { DataPlace, sampleMark, type View } from './view.ts'

/** What a person can do to a device: switches, a setpoint, a self-test, and what was done. It stands as the device cloud says. */
export class Functions implements View {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #deviceId: string
  readonly #mayAct: boolean
  readonly #place: DataPlace
  readonly #rows = h('ul', { class: 'rows' })
  readonly #activity = h('ul', { class: 'rows' })
  readonly #controls = new Map<string, Control>()
  #asked = 0

  constructor(portal: Portal, { id }: { id: string }) {
    const { texts, me } = portal
    this.#portal = portal
    this.#deviceId = id
    this.#mayAct = me?.roles.some((role) => role === 'member' || role === 'admin') ?? false
    this.#place = new DataPlace(portal, () => { void this.#ask() }, h('div', { class: 'columns' },
      h('section', { class: 'card' }, h('h3', {}, texts.control), this.#rows), h('section', { class: 'card' }, h('h3', {}, texts.activity), this.#activity)))
    this.element = h('div', { class: 'view' },
      h('div', { class: 'view-head' }, h('h2', { tabindex: -1 }, texts.tabs.functions), sampleMark(texts),
        h('span', { class: 'muted' }, this.#mayAct ? texts.functionsHint : texts.functionsViewer)), this.#place.element)
  }

  start(): void {
    void this.#ask()
  }

  stop(): void {
    // An answer that comes late is not shown.
    this.#asked += 1
  }

  close(): void {
    this.stop()
    for (const control of this.#controls.values()) control.close()
  }

  /** Asks how the device stands, or does something to it first. */
  async #ask(rest = '', body?: object): Promise<void> {
    this.#asked += 1
    const asked = this.#asked
    try {
      const state = await this.#portal.api.behind<ControlState>(this.#deviceId, 'functions', rest, body)
      if (asked === this.#asked) this.#show(state)
    } catch (error) {
      if (asked === this.#asked) this.#place.fail(error)
    }
  }

  #show({ functions, activity }: ControlState): void {
    const { texts, formats, timeZone } = this.#portal
    for (const one of functions) {
      const control = this.#controls.get(one.id) ?? this.#add(one)
      control.show(one)
    }
    const words = (id: string, done: boolean | number | 'passed'): string => {
      if (typeof done === 'number') return numberOf(functions.find((one) => one.id === id), done, (value, digits) => formats.number(value, digits))
      return done === 'passed' ? texts.passed : done ? texts.on : texts.off
    }
    const entries = activity.map(({ at, id, done }) => h('li', {},
      h('time', { class: 'muted' }, formats.clock(Date.parse(at), timeZone)), h('span', {}, `${texts.function[id][0]}: `, h('strong', {}, words(id, done)))))
    const shown = entries.length === 0 ? [h('li', { class: 'muted' }, texts.noActivity)] : entries
    // What is said already is not read out again.
    if (shown.map(({ textContent }) => textContent).join() !== [...this.#activity.children].map(({ textContent }) => textContent).join()) this.#activity.replaceChildren(...shown)
    this.#place.show()
  }

  #add(one: DeviceFunction): Control {
    const { id } = one
    const [name, detail] = this.#portal.texts.function[id]
    const control = controlOf(one, this.#portal, {
      mayAct: this.#mayAct, change: (body) => { void this.#ask(`/${id}`, body) }, reread: () => { void this.#ask() },
    })
    this.#controls.set(id, control)
    this.#rows.append(h('li', { class: 'function' }, h('p', {}, h('strong', { id: `function-${id}` }, name), h('span', { class: 'muted small' }, detail)), control.element))
    return control
  }
}

function numberOf(one: DeviceFunction | undefined, value: number, write: (value: number, digits: number) => string): string {
  return one?.kind === 'number' ? `${write(value, one.digits)} ${one.unit}` : String(value)
}

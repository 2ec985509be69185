import { h, say } from './dom.ts'
import { type DeviceFunction, FUNCTIONS } from './functions.data.ts'
import { icon } from './icons.ts'
import { familyOf } from './metrics.ts'
import type { Portal } from './page.ts'
import { sampleMark, type View } from './view.ts'

const TEST_STEP_MS = 250
const TEST_STEPS = 20
/** Entries of the activity that are kept. */
const KEPT = 6

type Of<Kind extends DeviceFunction['kind']> = Extract<DeviceFunction, { kind: Kind }>

/** What a person can do to a device: switches, a setpoint, a self-test, and what was done. */
export class Functions implements View {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #mayAct: boolean
  readonly #activity = h('ul', { class: 'rows', 'aria-live': 'polite' })
  #test: ReturnType<typeof setInterval> | undefined

  constructor(portal: Portal, { model }: { model: string }) {
    const { texts, me } = portal
    this.#portal = portal
    this.#mayAct = me?.roles.some((role) => role === 'member' || role === 'admin') ?? false
    this.#activity.append(h('li', { class: 'muted' }, texts.noActivity))
    this.element = h('div', { class: 'view' },
      h('div', { class: 'view-head' }, h('h2', { tabindex: -1 }, texts.tabs.functions), sampleMark(texts),
        h('span', { class: 'muted' }, this.#mayAct ? texts.functionsHint : texts.functionsViewer)),
      h('div', { class: 'columns' },
        h('section', { class: 'card' }, h('h3', {}, texts.control), h('ul', { class: 'rows' },
          ...FUNCTIONS[familyOf(model)].map((one: DeviceFunction) => this.#row(one)))),
        h('section', { class: 'card' }, h('h3', {}, texts.activity), this.#activity)))
  }

  start(): void {
    // It stands as it was left.
  }

  stop(): void {
    // A test runs on.
  }

  close(): void {
    clearInterval(this.#test)
  }

  #row(one: DeviceFunction): HTMLElement {
    const [name, detail] = this.#portal.texts.function[one.id]
    const control = one.kind === 'switch' ? this.#switch(one) : one.kind === 'number' ? this.#number(one) : this.#run(one)
    return h('li', { class: 'function' }, h('p', {}, h('strong', { id: `function-${one.id}` }, name), h('span', { class: 'muted small' }, detail)), control)
  }

  #switch({ id, on }: Of<'switch'>): HTMLElement {
    const { texts } = this.#portal
    const control = h('button', {
      type: 'button', role: 'switch', class: 'switch', 'aria-checked': String(on), 'aria-labelledby': `function-${id}`, disabled: !this.#mayAct,
      onclick: () => {
        const next = control.getAttribute('aria-checked') !== 'true'
        control.setAttribute('aria-checked', String(next))
        this.#note(texts.function[id][0], next ? texts.on : texts.off)
      },
    }, h('span'))
    return control
  }

  #number({ id, value, least, most, step, digits, unit }: Of<'number'>): HTMLElement {
    const { texts, formats } = this.#portal
    const [name] = texts.function[id]
    let current = value
    const shown = h('output', { 'aria-labelledby': `function-${id}` })
    const write = (): string => `${formats.number(current, digits)} ${unit}`
    const change = (by: number): void => {
      const next = Math.min(most, Math.max(least, current + by))
      if (next === current) return
      current = next
      say(shown, write())
      this.#note(name, write())
    }
    say(shown, write())
    const button = (label: string, sign: 'minus' | 'plus', by: number): HTMLElement =>
      h('button', { type: 'button', class: 'square', 'aria-label': label, disabled: !this.#mayAct, onclick: () => { change(by) } }, icon(sign))
    return h('span', { class: 'stepper' }, button(texts.less(name), 'minus', -step), shown, button(texts.more(name), 'plus', step))
  }

  #run({ id }: Of<'run'>): HTMLElement {
    const { texts, formats } = this.#portal
    const progress = h('progress', { max: TEST_STEPS, value: 0, hidden: true, 'aria-labelledby': `function-${id}` })
    const button = h('button', { type: 'button', disabled: !this.#mayAct, 'aria-describedby': `function-${id}` }, texts.run)
    button.addEventListener('click', () => {
      if (!progress.hidden) return
      progress.hidden = false
      progress.value = 0
      this.#test = setInterval(() => {
        progress.value += 1
        say(button, texts.running(`${formats.number((progress.value / TEST_STEPS) * 100)} %`))
        if (progress.value < TEST_STEPS) return
        clearInterval(this.#test)
        progress.hidden = true
        say(button, texts.run)
        this.#note(texts.function[id][0], texts.passed)
      }, TEST_STEP_MS)
    })
    return h('span', { class: 'run' }, progress, button)
  }

  #note(name: string, what: string): void {
    const { formats, clock, timeZone } = this.#portal
    const entry = h('li', {}, h('time', { class: 'muted' }, formats.clock(clock.now(), timeZone)), h('span', {}, `${name}: `, h('strong', {}, what)))
    if (this.#activity.querySelector('time') === null) this.#activity.replaceChildren(entry)
    else this.#activity.prepend(entry)
    while (this.#activity.children.length > KEPT) this.#activity.lastElementChild?.remove()
  }
}

import { h, say } from './dom.ts'
import { icon } from './icons.ts'
import type { Portal } from './page.ts'
import type { DeviceFunction } from './telemetry.ts'

/** How often the bar of a test moves (ms). */
const TEST_STEP_MS = 250

type Of<Kind extends DeviceFunction['kind']> = Extract<DeviceFunction, { kind: Kind }>

/** What a person sees and presses of one function. */
export interface Control {
  readonly element: HTMLElement
  /** Shows how it stands. */
  show(state: DeviceFunction): void
  close(): void
}

/** What a control asks for. */
export interface ControlActions {
  /** Whether the visitor's role lets them do anything. */
  mayAct: boolean
  change: (body: object) => void
  /** Asks how the device stands, after a test. */
  reread: () => void
}

/** The control of a function. */
export function controlOf(one: DeviceFunction, portal: Portal, actions: ControlActions): Control {
  return one.kind === 'switch' ? switchOf(one, actions) : one.kind === 'number' ? numberOf(one, portal, actions) : runOf(one, portal, actions)
}

function switchOf({ id }: Of<'switch'>, { mayAct, change }: ControlActions): Control {
  const isOn = (): boolean => element.getAttribute('aria-checked') === 'true'
  const element = h('button', {
    type: 'button', role: 'switch', class: 'switch', 'aria-checked': 'false', 'aria-labelledby': `function-${id}`, disabled: !mayAct,
    onclick: () => { change({ on: !isOn() }) },
  }, h('span'))
  return {
    element, close: () => {}, show: (state) => { if (state.kind === 'switch' && state.on !== isOn()) element.setAttribute('aria-checked', String(state.on)) },
  }
}

function numberOf({ id, value, least, most, step, digits, unit }: Of<'number'>, { texts, formats }: Portal, { mayAct, change }: ControlActions): Control {
  const [name] = texts.function[id]
  let current = value
  const shown = h('output', { 'aria-labelledby': `function-${id}` })
  const button = (label: string, sign: 'minus' | 'plus', by: number): HTMLElement => h('button', {
    type: 'button', class: 'square', 'aria-label': label, disabled: !mayAct, onclick: () => {
      const next = Math.min(most, Math.max(least, current + by))
      if (next !== current) change({ value: next })
    },
  }, icon(sign))
  return {
    element: h('span', { class: 'stepper' }, button(texts.less(name), 'minus', -step), shown, button(texts.more(name), 'plus', step)),
    close: () => {},
    show: (state) => {
      if (state.kind !== 'number') return
      current = state.value
      say(shown, `${formats.number(current, digits)} ${unit}`)
    },
  }
}

/** A test goes on where nobody looks: its bar follows what the device cloud says is left. */
function runOf({ id }: Of<'run'>, { texts }: Portal, { mayAct, change, reread }: ControlActions): Control {
  let timer: ReturnType<typeof setInterval> | undefined
  let [endsAt, lasts] = [0, 0]
  const progress = h('progress', { max: 100, value: 0, hidden: true, 'aria-labelledby': `function-${id}` })
  const button = h('button', { type: 'button', disabled: !mayAct, 'aria-describedby': `function-${id}`, onclick: () => { if (progress.hidden) change({}) } }, texts.run)
  /** Read out at its end. */
  const outcome = h('output', { class: 'hidden' })
  const step = (): void => {
    const left = Math.max(0, endsAt - performance.now())
    progress.value = 100 - (left / lasts) * 100
    if (left === 0) reread()
  }
  return {
    element: h('span', { class: 'run' }, progress, button, outcome),
    close: () => { clearInterval(timer) },
    show: (state) => {
      if (state.kind !== 'run') return
      clearInterval(timer)
      say(outcome, state.leftMs === null && !progress.hidden ? `${texts.function[id][0]}: ${texts.passed}` : '')
      progress.hidden = state.leftMs === null
      say(button, state.leftMs === null ? texts.run : texts.running)
      if (state.leftMs === null) return
      endsAt = performance.now() + state.leftMs
      lasts = Math.max(lasts, state.leftMs)
      timer = setInterval(step, TEST_STEP_MS)
      if (state.leftMs > 0) step()
    },
  }
}

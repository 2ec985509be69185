import { h, keepingFocus, setAttribute } from './dom.ts'
import { icon } from './icons.ts'
import type { Texts } from './texts.en.ts'

/** What the browser keeps: the step that one is at, or that one has left. */
const KEY = 'velthorn.guide'
const LEFT = 'left'
/** Where each step leads. */
const HREFS = ['/devices/hp-stable#license', '/devices/hp-south', '/', '/devices/vu-workshop#dashboard']

/** A short guide through the demo, above every page until one leaves it. A real portal has none of it. */
export class Guide {
  readonly #element: HTMLElement
  readonly #left: () => void
  /** Read out when somebody goes to another step. */
  readonly #text = h('div', { class: 'guide-text' })
  readonly #ways = h('p', { class: 'guide-ways' })
  readonly #leave = h('button', { type: 'button', class: 'action guide-leave', id: 'guide-leave', onclick: () => { this.#go(null) } }, icon('close'))
  #texts: Texts | null = null
  #step: number | null

  /** `left`: takes the focus when the guide is left. */
  constructor(element: HTMLElement, left: () => void) {
    this.#element = element
    this.#left = left
    const kept = stored()
    this.#step = kept === LEFT ? null : Number(kept ?? 0)
    element.replaceChildren(this.#text, this.#ways, this.#leave)
  }

  show(texts: Texts): void {
    this.#texts = texts
    this.#text.ariaLive = 'off'
    this.#draw()
  }

  /** Begins it again, at its first step. */
  open(): void {
    this.#go(0, 'off')
    this.#element.querySelector('h2')?.focus()
  }

  #go(step: number | null, live: 'polite' | 'off' = 'polite'): void {
    this.#step = step
    this.#text.ariaLive = live
    keep(step === null ? LEFT : String(step))
    this.#draw()
    if (step === null) this.#left()
  }

  #draw(): void {
    if (this.#texts === null) return
    const { guide } = this.#texts
    const { steps } = guide
    const at = this.#step
    const step = at === null ? undefined : steps[at] ?? steps[0]
    this.#element.hidden = step === undefined
    if (at === null || step === undefined) return
    const isLast = at >= steps.length - 1
    keepingFocus(() => {
      this.#element.setAttribute('aria-label', guide.name)
      setAttribute(this.#leave, 'aria-label', guide.leave)
      this.#text.replaceChildren(h('p', { class: 'muted small' }, guide.place(at + 1, steps.length)), h('h2', { tabindex: -1 }, step.title), h('p', {}, step.text))
      this.#ways.replaceChildren(
        h('a', { class: 'button', id: 'guide-link', href: HREFS[at] }, step.link), ...at === 0 ? [] : [h('button', { type: 'button', id: 'guide-back', onclick: () => { this.#go(at - 1) } }, guide.back)],
        h('button', { type: 'button', class: 'filled', id: 'guide-next', onclick: () => { this.#go(isLast ? null : at + 1) } }, isLast ? guide.done : guide.next))
    })
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function keep(value: string): void {
  try {
    localStorage.setItem(KEY, value)
  } catch {
    // A browser without storage shows it again at the next visit.
  }
}

import { Refusal } from './api.ts'
import { h } from './dom.ts'
import { blank, failureNotice, type Portal } from './page.ts'
import type { Metric } from './telemetry.ts'
import type { Texts } from './texts.en.ts'

/** What a tab of a device shows while it is open. */
export interface View {
  readonly element: HTMLElement
  /** It is shown now, or what it shows may have changed. */
  start(): void
  /** It is hidden now. */
  stop(): void
  /** It is not needed any more. */
  close(): void
}

/** Says that what stands beside it is made up. */
export function sampleMark(texts: Texts): HTMLElement {
  return h('span', { class: 'mark' }, texts.sample)
}

/** Where a device's data stand: grey until they come, with a calm notice above where they do not. */
export class DataPlace {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #retry: () => void
  readonly #pending = h('div', { class: 'pending', 'aria-busy': 'true' }, blank('long'), h('div', { class: 'card' }))
  readonly #data: HTMLElement
  #notice: HTMLElement | null = null

  /** `retry` asks for the data again. */
  constructor(portal: Portal, retry: () => void, ...data: HTMLElement[]) {
    this.#portal = portal
    this.#retry = retry
    this.#data = h('div', { class: 'data', hidden: true }, ...data)
    this.element = h('div', { class: 'data-place' }, this.#pending, this.#data)
  }

  /** The data are there. */
  show(): void {
    const stood = this.#calm()
    this.#pending.remove()
    this.#data.hidden = false
    if (stood) this.element.parentElement?.querySelector('h2')?.focus({ preventScroll: true })
  }

  /** The data did not come, or something was not done; where the gate is closed, the page asks why. */
  fail(error: unknown): void {
    if (!(error instanceof Refusal)) throw error
    if (error.status === 403) {
      this.#portal.reread()
      return
    }
    const { texts } = this.#portal
    const stood = this.#calm()
    this.#pending.remove()
    this.#notice = failureNotice(texts, error.status === 0 ? texts.failed : texts.silent, this.#retry, 'warn')
    this.element.prepend(this.#notice)
    if (stood) this.#notice.querySelector('button')?.focus()
  }

  /** Takes the notice away; answers whether the focus went with it. */
  #calm(): boolean {
    const stood = this.#notice?.contains(document.activeElement) ?? false
    this.#notice?.remove()
    this.#notice = null
    return stood
  }
}

/** What a chart's title says of a metric. */
export function titleOf({ id, unit }: Metric, texts: Texts): string {
  return `${texts.metric[id]}, ${unit}`
}

/** Digits of the values beside a chart. */
export function tickDigits({ range: [low, high] }: Metric): number {
  return high - low < 8 ? 1 : 0
}

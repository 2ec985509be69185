import { h } from './dom.ts'
import type { Texts } from './texts.en.ts'

/** What a tab of a device shows while it is open. */
export interface View {
  readonly element: HTMLElement
  /** It is shown now. */
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

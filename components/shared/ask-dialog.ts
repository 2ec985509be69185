import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import { problemOf } from './client.ts'
import { notice, sentences } from './notice.ts'
import type { ProblemBody } from './wire.ts'

/** What is asked before something is done. */
export interface Question {
  title: string
  /** What it means. */
  more: string
  cancel: string
  /** What the button does. */
  does: string
  /** That it is being done; only read out: the buttons stay under the pointer. */
  running: string
  /** Does it. Throws a ProblemError. */
  act: () => Promise<void>
  /** What is told of a refusal. */
  refused: (problem: ProblemBody) => string
}

/** The native dialog of an element that asks before it does something. */
export class AskDialog {
  readonly #host: LitElement
  readonly #language: () => string
  #question: (() => Question) | null = null
  #refused: ProblemBody | null = null
  #running = false

  /** `language`: of the texts, as `lang` names it. */
  constructor(host: LitElement, language: () => string) {
    this.#host = host
    this.#language = language
  }

  /** Asks; what, is asked for whenever it is drawn. */
  show(question: () => Question): void {
    this.#question = question
    this.#refused = null
    this.#host.requestUpdate()
    void this.#host.updateComplete.then(() => { if (this.#dialog?.open === false) this.#dialog.showModal() })
  }

  render(): TemplateResult | typeof nothing {
    if (this.#question === null) return nothing
    const { title, more, cancel, does, running, refused } = this.#question()
    return html`<dialog part="dialog" class="ask" lang=${this.#language()} aria-labelledby="ask" aria-describedby="ask-more" @close=${this.#closed}>
      <h2 id="ask" tabindex="-1" autofocus>${title}</h2>
      <p id="ask-more" class="muted">${more}</p>
      <div role="alert">${this.#refused === null ? nothing : notice('bad', ...sentences(refused(this.#refused)))}</div>
      <div class="buttons"><button type="button" @click=${this.#close}>${cancel}</button>
        <button type="button" class="filled" aria-disabled=${this.#running} @click=${this.#confirm}>${does}</button></div>
      <span class="hidden" role="status">${this.#running ? running : nothing}</span>
    </dialog>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog.ask')
  }

  readonly #close = (): void => { this.#dialog?.close() }

  readonly #closed = (): void => {
    if (this.#dialog?.open === true || this.#running) return
    this.#question = null
    this.#host.requestUpdate()
  }

  readonly #confirm = async (): Promise<void> => {
    if (this.#running || this.#question === null) return
    this.#running = true
    this.#refused = null
    this.#host.requestUpdate()
    try {
      await this.#question().act()
      this.#close()
    } catch (error) {
      this.#refused = problemOf(error)
    }
    this.#running = false
    this.#closed()
    this.#host.requestUpdate()
  }
}

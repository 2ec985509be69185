import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import { problemOf } from '../shared/client.ts'
import type { Localize } from '../shared/localize.ts'
import { notice } from '../shared/notice.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { GrantView, LicenseWithLedger, ProblemBody } from '../shared/wire.ts'
import { codeOf } from './history.ts'
import type { TabText } from './license-tab.texts.ts'

/** The grant that undoing takes back: of those that count, the one that begins last (R20). Null if the person cannot. */
export function undoable({ actions, ledger }: LicenseWithLedger): GrantView | null {
  if (!actions.includes('undo')) return null
  return ledger.filter(({ undoneAt }) => undoneAt === null)
    .reduce<GrantView | null>((last, grant) => (last === null || Date.parse(grant.from) >= Date.parse(last.from) ? grant : last), null)
}

/** The native dialog of an element that asks whether a redemption is to be undone, and does it. */
export class UndoDialog {
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<TabText>
  #asked: { deviceId: string; grant: GrantView } | null = null
  #refused: string | null = null
  #running = false

  constructor(host: LitElement, store: StoreConsumer, words: Localize<TabText>) {
    this.#host = host
    this.#store = store
    this.#words = words
  }

  /** Asks. */
  show(deviceId: string, grant: GrantView): void {
    this.#asked = { deviceId, grant }
    this.#refused = null
    this.#host.requestUpdate()
    void this.#host.updateComplete.then(() => { if (this.#dialog?.open === false) this.#dialog.showModal() })
  }

  render(): TemplateResult | typeof nothing {
    const words = this.#words
    if (this.#asked === null) return nothing
    const { grant } = this.#asked
    const values = { code: codeOf(grant), days: words.formats.unit(grant.days) }
    return html`<dialog part="dialog" lang=${words.language} aria-labelledby="undo" aria-describedby="undo-more">
      <h2 id="undo" tabindex="-1" autofocus>${words.text('tab.undo-title', values)}</h2>
      <p id="undo-more" class="muted">${words.text('tab.undo-more', values)}</p>
      <div role="alert">${this.#refused === null ? nothing : notice('bad', this.#refused, '')}</div>
      <div class="buttons"><button type="button" @click=${this.#close}>${words.text('tab.cancel')}</button>
        <button type="button" class="filled" aria-disabled=${this.#running} @click=${this.#confirm}
        >${words.text(this.#running ? 'tab.undo-running' : 'tab.undo-days', values)}</button></div>
    </dialog>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog')
  }

  readonly #close = (): void => { this.#dialog?.close() }

  readonly #confirm = async (): Promise<void> => {
    const store = this.#store.value
    const asked = this.#asked
    if (store === null || asked === null || this.#running) return
    this.#running = true
    this.#refused = null
    this.#host.requestUpdate()
    try {
      // The licence may have changed since: another grant than the one that was asked about must not be undone.
      const known = store.ledger(asked.deviceId).value
      if (known !== null && undoable(known)?.id !== asked.grant.id) this.#refuse({ code: 'undo-not-possible', status: 0, reason: 'no-grant' })
      else {
        // One key per grant: pressed twice, or again after an answer was lost, it undoes no other one.
        await store.undo(asked.deviceId, `undo-${asked.grant.id}`)
        this.#close()
      }
    } catch (error) {
      this.#refuse(problemOf(error))
      if (problemOf(error).status === 409) void store.refresh()
    }
    this.#running = false
    this.#host.requestUpdate()
  }

  #refuse({ code, reason }: ProblemBody): void {
    const told = reason === 'too-late' ? 'tab.undo-too-late' : reason === 'undone-too-often' ? 'tab.undo-too-often' : 'tab.undo-nothing'
    this.#refused = this.#words.text(code === 'undo-not-possible' ? told : code === 'role-required' ? 'tab.forbidden-more' : 'tab.undo-failed')
  }
}

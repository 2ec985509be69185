import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import type { ContactSalesModal } from '../contact-sales-modal/contact-sales-modal.ts'
import { contactRows, isEmpty, mailAddress } from './contact-card.ts'
import { Copying } from './copying.ts'
import { LicenseContactRequestEvent, LicenseSupportRequestEvent } from './events.ts'
import type { Localize } from './localize.ts'
import { followLink } from './navigate.ts'
import { notice } from './notice.ts'
import { plain } from './plain.ts'
import type { Resource } from './resource.ts'
import type { StoreConsumer } from './store-consumer.ts'
import type { SupportText } from './support.texts.ts'
import { troubleWords } from './trouble.ts'
import type { Me } from './wire.ts'

/** What support is asked about. */
export interface Concern {
  deviceIds?: readonly string[]
  /** What the prepared message says, line by line. */
  lines?: readonly string[]
}

/** The native dialog of an element that says how support is reached; a host with a way of its own cancels the request for it. */
export class SupportDialog {
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<SupportText>
  readonly #copying: Copying
  #concern: Concern | null = null

  constructor(host: LitElement, store: StoreConsumer, words: Localize<SupportText>) {
    this.#host = host
    this.#store = store
    this.#words = words
    this.#copying = new Copying(host)
  }

  /** Asks the host, and shows the contact unless the host says no. */
  show(concern: Concern = {}): void {
    const request = new LicenseSupportRequestEvent(concern.deviceIds ?? [])
    if (!this.#host.dispatchEvent(request) || this.#store.value === null) return
    this.#concern = concern
    this.#host.requestUpdate()
    void this.#host.updateComplete.then(() => { if (this.#dialog?.open === false) this.#dialog.showModal() })
  }

  /** `me`: who is asking, as the element follows it. */
  render(me: Resource<Me> | null): TemplateResult | typeof nothing {
    if (this.#concern === null || me === null) return nothing
    const words = this.#words
    return html`<dialog part="dialog" class="support" lang=${words.language} aria-labelledby="support" @close=${this.#closed}>
        <h2 id="support" tabindex="-1" autofocus aria-describedby="support-intro">${words.text('support.contact')}</h2>
        ${me.value === null ? this.#unknown(me) : this.#contact(me.value, this.#concern)}
        <span class="hidden" role="status">${this.#copying.last?.done === true ? words.text('contact.copied') : nothing}</span></dialog>
      <contact-sales-modal class="of-support" .deviceIds=${this.#concern.deviceIds ?? []}></contact-sales-modal>`
  }

  #unknown(me: Resource<Me>): TemplateResult {
    const words = this.#words
    const problem = me.state === 'failed' ? me.problem : null
    return html`<div id="support-intro" class="muted" role="status">${problem === null ? words.text('support.loading') : notice('warn', ...troubleWords(words, problem))}</div>
      <div class="buttons">${this.#closing(false)}${problem === null ? nothing : html`<button type="button" class="filled" @click=${this.#retry}>${words.text('trouble.retry')}</button>`}</div>`
  }

  #contact({ contact: { support }, workspace }: Me, { lines = [] }: Concern): TemplateResult {
    const words = this.#words
    const to = mailAddress(support)
    const name = plain(workspace.name)
    const body = [words.text('support.greeting'), '', '', ...lines.map(plain), words.text('support.workspace', { workspace: name })]
    const subject = words.text('support.subject', { workspace: name })
    return html`<p id="support-intro" class="muted">${words.text(isEmpty(support) ? 'support.none' : 'support.intro')}</p>
      ${isEmpty(support) ? nothing : contactRows(words, support, this.#copying, (event) => { followLink(event, '') })}
      <div class="buttons"><button type="button" class="link start" @click=${this.#sales}>${words.text('support.sales')}</button>
        ${this.#closing(to === null)}
        ${to === null ? nothing : html`<a class="button filled" href=${mailTo(to, subject, body)}>${words.text('support.write')}</a>`}</div>`
  }

  #closing(filled: boolean): TemplateResult {
    return html`<button type="button" class=${filled ? 'filled' : nothing} @click=${() => this.#dialog?.close()}>${this.#words.text('support.close')}</button>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog.support')
  }

  readonly #closed = (): void => {
    this.#copying.forget()
    this.#host.requestUpdate()
  }

  readonly #sales = (): void => {
    const modal: Partial<ContactSalesModal> | null = this.#host.renderRoot.querySelector('.of-support')
    this.#dialog?.close()
    if (this.#host.dispatchEvent(new LicenseContactRequestEvent(this.#concern?.deviceIds ?? []))) modal?.show?.()
  }

  readonly #retry = (): void => { void this.#store.value?.refresh() }
}

function mailTo(to: string, subject: string, lines: readonly string[]): string {
  return `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join('\r\n'))}`
}

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { ContactSalesModal } from '../contact-sales-modal/contact-sales-modal.ts'
import { LicenseContactRequestEvent } from '../shared/events.ts'
import { Localize } from '../shared/localize.ts'
import { canShow, Modal } from '../shared/modal.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import type { LicenseView, ProblemBody } from '../shared/wire.ts'
import { CodeForm } from './code-form.ts'
import { deviceTrouble } from './refusals.ts'
import { styles } from './voucher-modal.styles.ts'
import { type VoucherText, voucherTexts } from './voucher-modal.texts.ts'
import { doneView, loadingView, tellingView } from './voucher-views.ts'

/**
 * A dialog in which a voucher code is entered: it checks the code, says what it will do, and redeems it. It closes by its
 * buttons and by Escape, and not by a click beside it.
 *
 * @summary The dialog in which a voucher code is redeemed for a device.
 * @tag voucher-modal
 * @fires license-contact-request - Somebody wants to reach sales; `deviceIds` names the device. Cancel it to show a form of your own; otherwise the dialog of sales opens.
 * @fires close - The dialog was closed. It does not bubble.
 * @csspart dialog - The dialog.
 * @csspart title - Its heading.
 * @csspart device - Name and serial number of the device.
 * @csspart field - The field for the code.
 * @csspart message - What is told of the code: a hint, what is wrong, or what it will do.
 * @csspart preview - What the code will do.
 * @csspart submit - The button that redeems.
 * @csspart cancel - The button that closes.
 * @cssproperty --license-accent - The filled button, links and the edge of the field; `--license-on-accent` is the text of the button.
 * @cssproperty --license-surface - Behind everything; `--license-radius-card` rounds it.
 * @cssproperty --license-bad - A code that is wrong.
 * @cssproperty --license-font-mono - The font of the code.
 */
export class VoucherModal extends LitElement {
  static override styles = styles

  /** The device on which a code is redeemed. */
  @property({ attribute: 'device-id' }) deviceId = ''

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<VoucherText>(this, this.#store, voucherTexts)
  readonly #device = new Watch(this, this.#store, (store) => (this.open && this.deviceId !== '' ? store.device(this.deviceId) : null))
  readonly #modal = new Modal(this, () => this.#device.resource !== null)
  readonly #form = new CodeForm(this, this.#store, this.#words)
  /** Whether the device had no licence before. */
  #isNew = false
  /** What of the licence a preview depends on. */
  #basis = ''
  #retrying = false
  /** What gets the focus when it comes. */
  #first: HTMLElement | null = null

  /** Opens the dialog. */
  show(): void {
    if (canShow(this, this.#store.value !== null)) this.open = true
  }

  /** Closes the dialog. What was typed is forgotten; a redemption that is under way goes on. */
  close(): void {
    this.open = false
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { redemption } = this.#form
    const over = changed.has('open') && (this.open ? redemption.stage.is === 'redeemed' : !redemption.pending)
    if (over || (changed.has('deviceId') && this.hasUpdated)) this.#form.forget()
    const { stage } = redemption
    const license = this.#license
    if (license === null || stage.is === 'redeeming' || stage.is === 'redeemed') return
    this.#isNew = license.status === 'none'
    const basis = `${license.status} ${license.lastDay}`
    const moved = basis !== this.#basis
    this.#basis = basis
    if (stage.is === 'previewed' && moved) void this.#form.preview(true)
  }

  override updated(): void {
    // What took the place of what had the focus gets it.
    const first = this.renderRoot.querySelector<HTMLElement>('[autofocus]')
    if (first !== this.#first) first?.focus()
    this.#first = first
  }

  override render(): TemplateResult {
    return html`<dialog part="dialog" lang=${this.#words.language} aria-labelledby="title device" @cancel=${this.#modal.cancel} @close=${this.#modal.closed}>${this.#content()}</dialog>
      ${this.open ? html`<contact-sales-modal device-id=${this.deviceId}></contact-sales-modal>` : nothing}`
  }

  get #license(): LicenseView | null {
    const store = this.#store.value
    if (!this.open || store === null || this.deviceId === '') return null
    return this.#device.value?.license ?? store.license(this.deviceId).value
  }

  #content(): TemplateResult | typeof nothing {
    const words = this.#words
    const { stage } = this.#form.redemption
    const { resource, value: device } = this.#device
    const license = this.#license
    if (resource === null) return nothing
    if (stage.is === 'redeemed') return doneView(words, device, stage.redeemed, this.#isNew, this.#button('close', this.#close, true))
    if (resource.problem !== null && device === null && !this.#retrying) return this.#failed(resource.problem)
    const close = this.#button('close', this.#close)
    if (license === null) return loadingView(words, close)
    if (license.actions.includes('activate') || license.actions.includes('renew')) {
      return this.#form.render({ deviceId: this.deviceId, device, license, contact: this.#contact, close: this.#close })
    }
    const title = words.text(this.#isNew ? 'voucher.title-activate' : 'voucher.title-renew')
    return tellingView(title, device, 'info', words.text('voucher.read-only'), [close, this.#button('contact', this.#contact, true)])
  }

  #failed(problem: ProblemBody): TemplateResult {
    const { tone, text, contact } = deviceTrouble(this.#words, problem)
    const remedy = contact ? this.#button('contact', this.#contact, true) : this.#button('retry', this.#retry, true)
    return tellingView(this.#words.text('voucher.code'), null, tone, text, [this.#button('close', this.#close), remedy])
  }

  #button(does: 'close' | 'contact' | 'retry', act: () => void, filled = false): TemplateResult {
    return html`<button type="button" class=${filled ? 'filled' : nothing} @click=${act}>${this.#words.text(`voucher.${does}`)}</button>`
  }

  readonly #close = (): void => { this.close() }

  readonly #contact = (): void => {
    if (!this.dispatchEvent(new LicenseContactRequestEvent([this.deviceId]))) return
    this.renderRoot.querySelector<ContactSalesModal>('contact-sales-modal')?.show()
  }

  readonly #retry = async (): Promise<void> => {
    this.#retrying = true
    this.requestUpdate()
    await this.#store.value?.refresh()
    this.#retrying = false
    this.requestUpdate()
  }
}

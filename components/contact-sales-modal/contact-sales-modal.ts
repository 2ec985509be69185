import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { contactRows, isEmpty, mailAddress, said } from '../shared/contact-card.ts'
import { Copying } from '../shared/copying.ts'
import { download } from '../shared/download.ts'
import { Localize } from '../shared/localize.ts'
import { canShow, Modal } from '../shared/modal.ts'
import { followLink } from '../shared/navigate.ts'
import { notice, sentences } from '../shared/notice.ts'
import { isolated } from '../shared/plain.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import type { DeviceView, Me } from '../shared/wire.ts'
import { ChosenDevices, firstLastDay } from './chosen-devices.ts'
import { styles } from './contact-sales-modal.styles.ts'
import { type ContactText, contactTexts } from './contact-sales-modal.texts.ts'
import { deviceCsv } from './device-list.ts'
import { deviceLines, type MailLink, salesMail } from './sales-mail.ts'

const DATE = /^\d{4}-\d\d-\d\d$/

/**
 * A dialog that says whom to ask for voucher codes, and prepares a mail with the devices and the wanted date.
 *
 * @summary The dialog by which sales are asked for voucher codes.
 * @tag contact-sales-modal
 * @fires license-navigate - The link to the website of sales is about to be followed. Cancel it to go there yourself.
 * @fires close - The dialog was closed. It does not bubble.
 * @csspart dialog - The dialog.
 * @csspart title - Its heading.
 * @csspart intro - What it says first.
 * @csspart card - Name, e-mail, phone, hours and website.
 * @csspart wanted - The field for the date by which codes are needed.
 * @csspart write - The link that opens the mail.
 * @csspart close - The button that closes.
 * @cssproperty --license-accent - The filled button and links; `--license-on-accent` is the text of the button.
 * @cssproperty --license-surface - Behind everything; `--license-radius-card` rounds it.
 */
export class ContactSalesModal extends LitElement {
  static override styles = styles

  /** A device for which codes are wanted. */
  @property({ attribute: 'device-id' }) deviceId = ''

  /** More devices for which codes are wanted. */
  @property({ attribute: false }) deviceIds: readonly string[] = []

  /** The date by which codes are needed, such as `2026-11-25`; left out, the earliest last day of the devices that is still ahead. */
  @property({ attribute: 'wanted-date' }) wantedDate = ''

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<ContactText>(this, this.#store, contactTexts)
  readonly #me = new Watch(this, this.#store, (store) => (this.open ? store.me : null))
  readonly #modal = new Modal(this, () => this.#me.resource !== null)
  readonly #chosen = new ChosenDevices(this)
  readonly #copying = new Copying(this)
  /** The date that the person chose; null = none yet. */
  #wanted: string | null = null
  #retrying = false

  /** Opens the dialog. */
  show(): void {
    if (canShow(this, this.#store.value !== null)) this.open = true
  }

  /** Closes the dialog. */
  close(): void {
    this.open = false
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('wantedDate') || changed.has('open')) this.#wanted = null
    if (changed.has('open') && !this.open) {
      this.#chosen.forget()
      this.#copying.forget()
    }
    const store = this.#store.value
    const ids = [...new Set([this.deviceId, ...this.deviceIds ?? []])].filter((id) => id !== '')
    if (this.open && store !== null) this.#chosen.choose(store, ids)
  }

  override render(): TemplateResult {
    return html`<dialog part="dialog" lang=${this.#words.language} aria-labelledby="title" @cancel=${this.#modal.cancel} @close=${this.#modal.closed}
      >${this.#me.resource === null ? nothing : this.#content()}</dialog>`
  }

  #content(): TemplateResult {
    const words = this.#words
    const { value: me, resource } = this.#me
    const { state, devices } = this.#chosen
    const failed = me === null && resource?.state === 'failed' && !this.#retrying
    const ready = me !== null && state !== 'loading' && !this.#retrying
    const to = ready ? mailAddress(me.contact.sales) : null
    const mail = ready && to !== null ? salesMail(words, { to, devices, wanted: this.#date, me }) : null
    return html`<h2 part="title" id="title" tabindex="-1" autofocus aria-describedby="intro">${words.text('contact.title')}</h2>
      <p part="intro" id="intro" class="muted" role="status">${failed ? nothing : ready ? introOf(words, me, devices, mail) : words.text('contact.loading')}</p>
      ${failed ? this.#failed('contact.failed') : ready ? this.#details(me, mail) : nothing}
      <div class="buttons">
        <button part="close" type="button" class=${mail === null ? 'filled' : nothing} @click=${this.close}>${words.text('contact.close')}</button>
        ${mail === null ? nothing : html`<a part="write" class="button filled" href=${mail.href}>${
          devices.length === 0 ? words.text('contact.write') : words.text('contact.write-for', { count: devices.length })}</a>`}
      </div>
      <span class="hidden" role="status">${this.#copying.last?.done === true ? words.text('contact.copied') : nothing}</span>`
  }

  #details({ contact: { sales, support } }: Me, mail: MailLink | null): TemplateResult {
    const card = isEmpty(sales) ? support : sales
    const { state, devices } = this.#chosen
    return html`${isEmpty(card) ? nothing : contactRows(this.#words, card, this.#copying, this.#follow)}
      ${mail === null ? nothing : html`<div class="row"><label for="wanted" class="muted">${this.#words.text('contact.wanted')}</label>
        <input part="wanted" id="wanted" type="date" .value=${this.#date} @input=${this.#want}></div>`}
      ${mail?.counts ?? devices.length > 1 ? this.#list(devices) : nothing}
      ${state === 'failed' ? this.#failed('contact.devices-failed') : nothing}`
  }

  #list(devices: readonly DeviceView[]): TemplateResult {
    const words = this.#words
    const save = (): void => { download('devices.csv', deviceCsv(words.formats, devices), 'text/csv;charset=utf-8') }
    return html`<div class="row list"><span class="muted">${words.text('contact.list')} ${said(words, this.#copying, 'list')}</span>
      <button type="button" class="link" @click=${() => this.#copying.copy('list', deviceLines(words, devices).join('\n'))}>${words.text('contact.copy-list')}</button>
      <button type="button" class="link" @click=${save}>${words.text('contact.download')}</button></div>`
  }

  #failed(what: 'contact.failed' | 'contact.devices-failed'): TemplateResult {
    const words = this.#words
    return html`${notice('warn', ...sentences(words.text(what)))}
      <div class="actions"><button type="button" class="link" @click=${this.#retry}>${words.text('contact.retry')}</button></div>`
  }

  /** The date by which codes are needed; empty where there is none. */
  get #date(): string {
    return this.#wanted ?? (DATE.test(this.wantedDate) ? this.wantedDate : firstLastDay(this.#chosen.devices))
  }

  readonly #want = (event: Event): void => {
    this.#wanted = (event.currentTarget as HTMLInputElement).value
    this.requestUpdate()
  }

  readonly #follow = (event: MouseEvent): void => {
    followLink(event, this.deviceId)
  }

  readonly #retry = async (): Promise<void> => {
    this.#retrying = true
    this.#chosen.forget()
    this.requestUpdate()
    await this.#store.value?.refresh()
    this.#retrying = false
    this.requestUpdate()
  }
}

/** What a mail is prepared with. */
function introOf(words: Localize<ContactText>, { contact: { sales, support } }: Me, devices: readonly DeviceView[], mail: MailLink | null): string {
  if (isEmpty(sales)) return `${words.text('contact.none')} ${words.text(isEmpty(support) ? 'contact.none-at-all' : 'contact.none-support')}`
  const [device, other] = devices
  const more = device === undefined || mail === null ? ''
    : mail.counts ? words.text('contact.intro-many', { count: devices.length })
      : other === undefined ? words.text('contact.intro-one', { name: isolated(device.name) }) : words.text('contact.intro-some', { count: devices.length })
  return `${words.text('contact.intro')} ${more}`
}

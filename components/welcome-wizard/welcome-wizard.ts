import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { LicenseActivateRequestEvent, LicenseRenewRequestEvent } from '../shared/events.ts'
import { Localize } from '../shared/localize.ts'
import { canShow, Modal } from '../shared/modal.ts'
import { followLink, linkTo } from '../shared/navigate.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { SupportDialog } from '../shared/support-dialog.ts'
import { troubleWords } from '../shared/trouble.ts'
import type { DeviceView, Me, NewDevice } from '../shared/wire.ts'
import { TrialStart } from '../trial-offer/trial-start.ts'
import type { VoucherModal } from '../voucher-modal/voucher-modal.ts'
import { Adding, type Field } from './adding.ts'
import { type Draft, EMPTY, loadDraft, saveDraft } from './draft.ts'
import { styles } from './welcome-wizard.styles.ts'
import { type WizardText, wizardTexts } from './welcome-wizard.texts.ts'
import { doneView, formView, offerView, tellingView } from './wizard-views.ts'

/**
 * A dialog that adds a device and then offers its trial. What was begun is kept in this tab of the browser: opened again, also
 * after the page was loaded anew, it goes on where it was. It closes by its buttons and by Escape, and not by a click beside it.
 *
 * @summary Adds a device: serial number, model and name, then the trial.
 * @tag welcome-wizard
 * @fires license-device-add - Somebody wants to add a device: `serial`, `model`, `name`. A host that adds it itself calls `respondWith` with a promise of its id; cancel it to lead elsewhere; otherwise the BFF adds it.
 * @fires license-trial-request - Somebody wants to start the trial. Cancel it to start it yourself.
 * @fires license-activate-request - Somebody wants to enter a voucher code. Cancel it to show a flow of your own; otherwise the voucher dialog opens.
 * @fires license-renew-request - The same for a device that had a license before.
 * @fires license-support-request - Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown.
 * @fires license-contact-request - Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens.
 * @fires license-navigate - The link to the device is about to be followed. Cancel it to go there yourself.
 * @fires close - The dialog was closed. It does not bubble.
 * @csspart dialog - The dialog, and that of support.
 * @csspart title - Its heading.
 * @csspart step - Which step it is.
 * @csspart field - A field of the form.
 * @csspart submit - The button that adds the device.
 * @csspart start - The button that starts the trial.
 * @csspart card - The contact of support.
 * @cssproperty --license-accent - The filled button, links and the edge of fields; `--license-on-accent` is the text of the button.
 * @cssproperty --license-surface - Behind everything; `--license-radius-card` rounds it.
 * @cssproperty --license-bad - Fields that are wrong.
 */
export class WelcomeWizard extends LitElement {
  static override styles = styles

  /** A device that is there already: the trial of it is offered at once. */
  @property({ attribute: 'device-id' }) deviceId = ''

  /** Models to choose from; left out, the model is typed. */
  @property({ attribute: false }) models: readonly string[] = []

  /** The site to which devices are added. */
  @property({ attribute: 'site-id' }) siteId = ''

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<WizardText>(this, this.#store, wizardTexts)
  readonly #me = new Watch(this, this.#store, (store) => (this.open ? store.me : null))
  readonly #device = new Watch(this, this.#store, (store) => (this.open && this.#id !== null ? store.device(this.#id) : null))
  readonly #modal = new Modal(this, () => this.#me.resource !== null)
  readonly #adding = new Adding(this)
  readonly #trial = new TrialStart(this, this.#store)
  readonly #support = new SupportDialog(this, this.#store, this.#words)
  #draft: Draft = EMPTY
  /** The workspace of the draft. */
  #workspace: string | null = null
  /** What gets the focus when it comes. */
  #first: HTMLElement | null = null

  /** Opens the dialog. */
  show(): void {
    if (canShow(this, this.#store.value !== null)) this.open = true
  }

  /** Closes the dialog. What was begun is kept. */
  close(): void {
    this.open = false
  }

  /** The device that is added. */
  get #id(): string | null {
    return this.deviceId === '' ? this.#draft.deviceId : this.deviceId
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('deviceId')) this.#trial.forget()
    const workspace = this.open ? this.#store.value?.me.value?.workspace.id ?? null : null
    if (workspace === null || workspace === this.#workspace) return
    this.#workspace = workspace
    this.#draft = loadDraft(workspace)
  }

  override updated(): void {
    const first = this.renderRoot.querySelector<HTMLElement>('dialog.wizard [autofocus]')
    if (first !== this.#first) first?.focus()
    this.#first = first
  }

  override render(): TemplateResult {
    return html`<dialog part="dialog" class="wizard" lang=${this.#words.language} aria-labelledby="title" @cancel=${this.#modal.cancel} @close=${this.#modal.closed}
      >${this.#me.resource === null ? nothing : this.#content()}</dialog>
      ${this.open ? html`${this.#support.render(this.#me.resource)}<voucher-modal device-id=${this.#id ?? ''}></voucher-modal>` : nothing}`
  }

  #content(): TemplateResult {
    const words = this.#words
    const me = this.#me.value
    const { resource, value: device } = this.#device
    const problem = (me === null ? this.#me.resource?.problem : device === null ? resource?.problem : null) ?? null
    // What was added may have been removed since.
    if (problem !== null) return tellingView(words, 'warn', troubleWords(words, problem).join(' '), [this.#button('wizard.close', this.#leave), this.#button('trouble.retry', this.#retry, true)])
    if (me === null || (this.#id !== null && device === null)) return tellingView(words, null, words.text('wizard.loading'), this.#button('wizard.cancel', this.#cancel))
    if (device !== null) return this.#added(device, me)
    if (!me.roles.includes('admin') && !(me.roles.includes('member') && me.policy.memberAddsDevices)) {
      return tellingView(words, 'info', words.text('wizard.role'), this.#button('wizard.close', this.#cancel, true))
    }
    return formView(words, this.#draft, this.#adding, this.models, {
      input: this.#input, submit: this.#submit, goOn: this.#goOn, support: () => { this.#support.show({ lines: [this.#draft.serial] }) },
    }, this.#button('wizard.cancel', this.#cancel))
  }

  #added(device: DeviceView, me: Me): TemplateResult {
    const { status } = device.license
    if (status !== 'none' && status !== 'expired') return doneView(this.#words, device, this.#ways(device, me))
    return offerView(this.#words, device, me, this.#trial, {
      start: () => { void this.#trial.start(device.id) }, code: this.#code, later: this.#button('wizard.later', this.#leave), now: this.#store.value?.now() ?? 0,
    })
  }

  #ways({ id }: DeviceView, { links }: Me): TemplateResult {
    const link = links.device ?? links.licenseTab
    return html`${this.deviceId === '' ? html`<button type="button" class="link start" @click=${this.#another}>${this.#words.text('wizard.another')}</button>` : nothing}
      ${link === null ? nothing : html`<a class="button" href=${linkTo(link, id)} @click=${(event: MouseEvent) => { this.#follow(event, id) }}>${this.#words.text('wizard.open')}</a>`}
      ${this.#button('wizard.close', this.#leave, true)}`
  }

  #button(text: WizardText, act: () => void, filled = false): TemplateResult {
    return html`<button type="button" class=${filled ? 'filled' : nothing} @click=${act}>${this.#words.text(text)}</button>`
  }

  #keep(draft: Draft): void {
    this.#draft = draft
    if (this.#workspace !== null) saveDraft(this.#workspace, draft)
    this.requestUpdate()
  }

  readonly #input = (field: Field, text: string): void => {
    this.#adding.changed(field)
    this.#keep({ ...this.#draft, [field]: text })
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const store = this.#store.value
    const { serial, model, name } = this.#draft
    const device: NewDevice = { serial: serial.trim(), model: model.trim(), name: name.trim(), ...(this.siteId === '' ? {} : { siteId: this.siteId }) }
    const id = store === null ? null : await this.#adding.add(store, device)
    if (id !== null) this.#goOn(id)
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }

  readonly #goOn = (deviceId: string): void => {
    this.#trial.forget()
    this.#keep({ ...EMPTY, deviceId })
  }

  readonly #another = (): void => {
    this.#trial.forget()
    this.#keep(EMPTY)
  }

  /** Closes it for good: there is nothing to go on with. */
  readonly #leave = (): void => {
    this.#another()
    this.close()
  }

  readonly #cancel = (): void => { this.close() }

  readonly #code = (): void => {
    const modal: Partial<VoucherModal> | null = this.renderRoot.querySelector('voucher-modal')
    const Request = this.#device.value?.license.status === 'expired' ? LicenseRenewRequestEvent : LicenseActivateRequestEvent
    if (this.dispatchEvent(new Request(this.#id ?? ''))) modal?.show?.()
  }

  #follow(event: MouseEvent, id: string): void {
    followLink(event, id)
    this.#leave()
  }

  readonly #retry = (): void => { void this.#store.value?.refresh() }
}

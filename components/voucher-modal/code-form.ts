import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import { Copying } from '../shared/copying.ts'
import { formatDay } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { notice, sentences } from '../shared/notice.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { DeviceView, LicenseView } from '../shared/wire.ts'
import { CodeEntry } from './code-entry.ts'
import { previewRows } from './preview-rows.ts'
import { Redemption } from './redemption.ts'
import { faultTrouble, refusalTrouble, type Trouble } from './refusals.ts'
import { supportDetails } from './support-details.ts'
import type { VoucherText } from './voucher-modal.texts.ts'
import { alreadyText, heading } from './voucher-views.ts'

/** The device of a form, and what the form can do beside redeeming. */
export interface FormOf {
  deviceId: string
  device: DeviceView | null
  license: LicenseView
  contact: () => void
  close: () => void
}

/** The form for a code: it says what is wrong at once, previews by itself what is right, and redeems. */
export class CodeForm {
  readonly entry = new CodeEntry()
  readonly redemption: Redemption
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<VoucherText>
  readonly #copying: Copying
  #deviceId = ''
  /** Turns at every press, so that the same is told again: a sign that nobody sees makes it another text. */
  #again = false
  /** Whether the button was pressed since something was typed. */
  #pressed = false

  constructor(host: LitElement, store: StoreConsumer, words: Localize<VoucherText>) {
    this.#host = host
    this.#store = store
    this.#words = words
    this.#copying = new Copying(host)
    this.redemption = new Redemption(host)
  }

  /** Forgets the code. */
  forget(): void {
    this.entry.clear()
    this.redemption.forget()
    this.#copying.forget()
  }

  /** Asks what the code would do; `again`: also if that is known. */
  async preview(again = false): Promise<void> {
    const store = this.#store.value
    if (store !== null) await this.redemption.preview(store, this.#deviceId, again)
  }

  render(form: FormOf): TemplateResult {
    const words = this.#words
    const { license, device } = form
    const { stage } = this.redemption
    this.#deviceId = form.deviceId
    const renews = license.status !== 'none'
    const trouble = this.#trouble(license)
    const { foreseen, done } = this.redemption
    const asks = trouble === null ? foreseen === null : trouble.inCode && !trouble.contact
    // A wrong code that gets the focus is read out with it, and not once more.
    const points = this.#pressed && trouble?.inCode === true && (this.#host.renderRoot as ShadowRoot).activeElement !== this.field
    return html`<form novalidate @submit=${(event: Event) => this.#submit(event, form)} @keydown=${once}>
      ${heading(words.text(renews ? 'voucher.title-renew' : 'voucher.title-activate'), device, false)}
      <label for="code">${words.text('voucher.code')}</label>
      <input part="field" id="code" class=${trouble?.inCode === true ? 'tone-bad' : nothing} type="text" dir="ltr" autofocus autocapitalize="none" autocorrect="off" spellcheck="false" autocomplete="off"
        enterkeyhint="go" .value=${this.entry.text} ?readonly=${stage.is === 'redeeming'} aria-invalid=${trouble?.inCode === true ? 'true' : nothing}
        aria-describedby=${trouble !== null || foreseen === null ? 'message' : nothing} @input=${this.#input}>
      <div part="message" id="message" role="status" aria-live=${points ? 'off' : 'polite'}>${this.#message(trouble, form)}</div>
      ${trouble === null || this.entry.fault !== null ? nothing : this.#ways(trouble, form)}
      <div class="buttons">
        ${asks ? html`<button type="button" class="link start" @click=${form.contact}>${words.text('voucher.no-code')}</button>` : nothing}
        ${done ? nothing : html`<button part="cancel" type="button" @click=${form.close}>${words.text('voucher.cancel')}</button>`}
        <button part="submit" class="filled" @click=${once}>${done ? words.text('voucher.close') : this.#action(renews)}</button>
      </div>
    </form>`
  }

  /** What the button will do. */
  #action(renews: boolean): string {
    const day = this.redemption.foreseen?.lastDay ?? null
    if (day === null) return this.#words.text(renews ? 'voucher.renew' : 'voucher.activate')
    return this.#words.text(renews ? 'voucher.renew-until' : 'voucher.activate-until', { day: formatDay(this.#words.formats, day) })
  }

  #trouble({ timeZone }: LicenseView): Trouble | null {
    const { stage } = this.redemption
    if (this.entry.fault !== null) return faultTrouble(this.#words, this.entry.fault)
    return stage.is === 'refused' ? refusalTrouble(this.#words, stage, timeZone) : null
  }

  #message(trouble: Trouble | null, form: FormOf): unknown {
    const words = this.#words
    const { stage, foreseen } = this.redemption
    if (this.redemption.done) return notice('info', ...sentences(alreadyText(words, form.license)))
    if (trouble !== null) return notice(trouble.tone, ...sentences(trouble.text + (this.#again ? '\u200b' : '')))
    const under = { previewing: 'voucher.checking', redeeming: 'voucher.redeeming' } as const
    const rows = foreseen === null ? nothing : previewRows(words, foreseen)
    if (stage.is === 'previewing' || stage.is === 'redeeming') return html`${rows}<p class="muted small">${words.text(under[stage.is])}</p>`
    return foreseen === null ? html`<p class="muted small">${words.text('voucher.hint')}</p>` : rows
  }

  /** What can be done about a refusal. */
  #ways({ contact }: Trouble, form: FormOf): TemplateResult {
    const words = this.#words
    const { last } = this.#copying
    return html`<div class="actions">${contact ? html`<button type="button" class="link" @click=${form.contact}>${words.text('voucher.contact')}</button>` : nothing}
      <button type="button" class="link" @click=${() => this.#copy(form)}>${words.text('voucher.copy')}</button>
      <span class="muted" role="status">${last === null ? nothing : words.text(last.done ? 'voucher.copied' : 'voucher.copy-failed')}</span></div>`
  }

  #copy({ device, deviceId }: FormOf): void {
    const { stage, code } = this.redemption
    if (stage.is === 'refused') void this.#copying.copy('details', supportDetails(this.#words, device, deviceId, code, stage))
  }

  readonly #input = (event: Event): void => {
    const field = event.currentTarget as HTMLInputElement
    this.entry.input(field.value, (event as InputEvent).inputType)
    this.redemption.enter(this.entry.code)
    this.#pressed = false
    this.#copying.forget()
    this.#host.requestUpdate()
    if (this.entry.isOurs && this.redemption.stage.is === 'idle') void this.preview()
  }

  #submit(event: Event, form: FormOf): void {
    event.preventDefault()
    const store = this.#store.value
    const { stage } = this.redemption
    if (store === null || stage.is === 'previewing' || stage.is === 'redeeming') return
    if (this.redemption.done) form.close()
    else void this.#press(store)
  }

  /** Does what the button says, or says why not: the focus goes to a wrong code. */
  async #press(store: LicenseStore): Promise<void> {
    const { redemption, entry } = this
    this.#again = !this.#again
    this.#pressed = true
    this.#copying.forget()
    this.#host.requestUpdate()
    if (entry.check()) {
      if (redemption.stage.is === 'previewed' || redemption.pending) await redemption.redeem(store, this.#deviceId)
      else await redemption.preview(store, this.#deviceId, redemption.stage.is === 'refused')
    }
    await this.#host.updateComplete
    const { field } = this
    if (field?.ariaInvalid === 'true') field.focus()
  }

  get field(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector('input')
  }
}

/** Keeps the second press of a double click, and Enter that is held, from doing what the button says since the first. */
function once(event: UIEvent & Partial<KeyboardEvent>): void {
  if (event.detail > 1 || (event.repeat === true && event.key === 'Enter')) event.preventDefault()
}

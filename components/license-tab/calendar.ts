import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import { problemOf } from '../shared/client.ts'
import { said } from '../shared/contact-card.ts'
import { Copying } from '../shared/copying.ts'
import { formatDay } from '../shared/dates.ts'
import { download } from '../shared/download.ts'
import { Keys } from '../shared/keys.ts'
import type { Localize } from '../shared/localize.ts'
import { notice, sentences } from '../shared/notice.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { CalendarLink, LicenseView, Me, ProblemBody } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

/** The last day of a licence in a calendar: as a file, and for admins behind a link that keeps up to date (R29, R31). */
export class Calendar {
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<TabText>
  readonly #copying: Copying
  readonly #keys = new Keys()
  #license: LicenseView | null = null
  #link: CalendarLink | null = null
  #refused: ProblemBody | null = null
  #told = ''
  #running = false

  constructor(host: LitElement, store: StoreConsumer, words: Localize<TabText>) {
    this.#host = host
    this.#store = store
    this.#words = words
    this.#copying = new Copying(host)
  }

  /** The button, where the last day has not passed. */
  button(license: LicenseView): TemplateResult | typeof nothing {
    if (license.lastDay === null || license.status === 'expired') return nothing
    return html`<button type="button" class="link" part="calendar" @click=${() => { this.#show(license) }}>${this.#words.text('calendar.add')}</button>`
  }

  /** The dialog. */
  render(me: Me | null): TemplateResult | typeof nothing {
    const license = this.#license
    if (license === null) return nothing
    const words = this.#words
    return html`<dialog part="dialog" class="calendar" lang=${words.language} aria-labelledby="calendar" aria-describedby="calendar-intro" @close=${this.#closed}>
      <h2 id="calendar" tabindex="-1" autofocus>${words.text('calendar.add')}</h2>
      <p id="calendar-intro" class="muted">${words.text('calendar.intro', { day: formatDay(words.formats, license.lastDay ?? '') })}</p>
      <div class="way"><p>${words.text('calendar.file')}</p>
        <button type="button" @click=${() => this.#run((store) => this.#save(store, license))}>${words.text('calendar.download')}</button></div>
      ${me?.roles.includes('admin') === true ? this.#link === null ? this.#offer(license) : this.#address(this.#link) : nothing}
      <div role="alert">${this.#refused === null ? nothing : notice('bad', ...sentences(this.#refusal(this.#refused)))}</div>
      <div class="buttons"><button type="button" @click=${() => this.#dialog?.close()}>${words.text('calendar.close')}</button></div>
      <span class="hidden" role="status">${this.#copying.last?.done === true ? words.text('contact.copied') : this.#told}</span></dialog>`
  }

  #offer({ deviceId }: LicenseView): TemplateResult {
    return html`<div class="way"><p>${this.#words.text('calendar.link')}</p>
      <button type="button" class="makes" aria-disabled=${this.#running} @click=${() => this.#run((store) => this.#create(store, deviceId))}>${this.#words.text('calendar.create')}</button></div>`
  }

  #address({ id, url }: CalendarLink): TemplateResult {
    const words = this.#words
    return html`<div class="way"><p><strong>${words.text('calendar.created')}</strong></p>
      <input readonly dir="ltr" aria-label=${words.text('calendar.address')} aria-describedby="calendar-how" .value=${url} @focus=${select}>
      <p class="both"><button type="button" class="filled copies" @click=${() => this.#copying.copy('link', url)}>${words.text('calendar.copy')}</button> ${said(words, this.#copying, 'link')}
        <button type="button" class="link end" aria-disabled=${this.#running} @click=${() => this.#run((store) => this.#revoke(store, id))}>${words.text('calendar.revoke')}</button></p>
      <p id="calendar-how" class="muted small">${words.text('calendar.how')} ${words.text('calendar.secret')}</p></div>`
  }

  #refusal({ code, status }: ProblemBody): string {
    return this.#words.text(status === 403 ? 'calendar.role' : code === 'invalid' ? 'calendar.limit' : 'calendar.failed')
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog.calendar')
  }

  #show(license: LicenseView): void {
    this.#forget()
    this.#license = license
    this.#host.requestUpdate()
    void this.#host.updateComplete.then(() => { if (this.#dialog?.open === false) this.#dialog.showModal() })
  }

  readonly #closed = (): void => {
    if (this.#dialog?.open !== true) this.#forget()
  }

  #forget(): void {
    this.#license = this.#link = this.#refused = null
    this.#told = ''
    this.#copying.forget()
    this.#host.requestUpdate()
  }

  async #save(store: LicenseStore, { deviceId }: LicenseView): Promise<void> {
    download('license.ics', await store.calendar(deviceId, this.#words.language), 'text/calendar;charset=utf-8')
  }

  async #create(store: LicenseStore, deviceId: string): Promise<void> {
    this.#told = this.#words.text('calendar.creating')
    const make = (): Promise<CalendarLink> => this.#keys.use('link', (key) => store.makeCalendarLink(deviceId, this.#words.language, key))
    // An answer that was lost showed its link to nobody: another one is made.
    const link = await make().catch((error: unknown) => { if (problemOf(error).code === 'already-issued') return make(); throw error })
    if (this.#license?.deviceId !== deviceId) return
    this.#link = link
    this.#told = this.#words.text('calendar.created')
    void this.#focus('.copies')
  }

  async #revoke(store: LicenseStore, id: string): Promise<void> {
    await this.#keys.use(id, (key) => store.revokeCalendarLink(id, key))
    this.#link = null
    this.#copying.forget()
    this.#told = this.#words.text('calendar.revoked')
    void this.#focus('.makes')
  }

  /** What had the focus is gone: the way on is in its place. */
  async #focus(selector: string): Promise<void> {
    this.#host.requestUpdate()
    await this.#host.updateComplete
    this.#dialog?.querySelector<HTMLElement>(selector)?.focus()
  }

  async #run(act: (store: LicenseStore) => Promise<void>): Promise<void> {
    const store = this.#store.value
    if (store === null || this.#running) return
    this.#running = true
    this.#refused = null
    this.#told = ''
    this.#host.requestUpdate()
    try {
      await act(store)
    } catch (error) {
      this.#refused = problemOf(error)
      this.#told = ''
    }
    this.#running = false
    this.#host.requestUpdate()
  }
}

function select(event: FocusEvent): void {
  (event.target as HTMLInputElement).select()
}

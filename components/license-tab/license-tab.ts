import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { Localize } from '../shared/localize.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { staleWords } from '../shared/trouble.ts'
import type { LicenseWithLedger, Me, ProblemBody } from '../shared/wire.ts'
import { actionBar } from './action-bar.ts'
import { Calendar } from './calendar.ts'
import { Countdown } from './countdown.ts'
import { facts, onLastDay } from './facts.ts'
import { features } from './features.ts'
import { history } from './history.ts'
import { lane } from './lane.ts'
import { styles } from './license-tab.styles.ts'
import { tabTexts } from './license-tab.texts.ts'
import { News } from './news.ts'
import { reasons } from './reasons.ts'
import { Renewal } from './renewal.ts'
import { Requests } from './requests.ts'
import { failure, failureWords, skeleton } from './states.ts'

/**
 * Everything about the licence of one device: what it is, until when, what happened to it, what it opens, and what can be done.
 *
 * @summary The License tab of a device.
 * @tag license-tab
 * @fires license-activate-request - Somebody wants to enter a voucher code for a device without a license. Cancel it to show a flow of your own; otherwise the voucher dialog opens.
 * @fires license-renew-request - The same for a device that has or had a license.
 * @fires license-contact-request - Somebody wants to reach sales; `deviceIds` names the device. Cancel it to show a form of your own.
 * @fires license-undo-request - Somebody wants the latest redemption to be undone. Cancel it to ask in a way of your own.
 * @fires license-trial-request - Somebody wants to start the trial. Cancel it to ask in a way of your own.
 * @fires license-grace-request - Somebody wants to start the grace period; `deviceIds` names the device. Cancel it to ask in a way of your own.
 * @fires license-support-request - Somebody wants to reach support; `deviceIds` names the device. Cancel it to show a way of your own.
 * @fires license-navigate - A link to the website of sales or support is about to be followed. Cancel it to go there yourself.
 * @csspart card - The card with facts, lane and actions; in the dialog of support its contact.
 * @csspart facts - Status, expiration, days remaining and type.
 * @csspart status - The pill of the status.
 * @csspart icon - An icon.
 * @csspart calendar - The button that leads to the calendar.
 * @csspart timer - Hours and minutes on the last day.
 * @csspart lane - The ledger on a line of time.
 * @csspart actions - The buttons.
 * @csspart primary - The button that activates or renews.
 * @csspart contact - The button that leads to sales.
 * @csspart start - A button that starts the trial or the grace period.
 * @csspart reasons - Why there is no trial or grace period.
 * @csspart support - The button that leads to support.
 * @csspart renewal - Whether the device is to be renewed.
 * @csspart undo - The button that undoes a redemption.
 * @csspart history - The card with the history.
 * @csspart features - The card with what the license opens.
 * @csspart trouble - What is told when the license cannot be loaded.
 * @csspart dialog - The dialog that asks before something is started or undone, that of support, and that of the calendar.
 * @cssproperty --license-accent - The filled button and links; `--license-on-accent` is the text of the button.
 * @cssproperty --license-surface - Behind the cards; `--license-line` borders and `--license-radius-card` rounds them.
 * @cssproperty --license-control - Edges of buttons and of the periods in the lane.
 * @cssproperty --license-muted - Text of less weight.
 * @cssproperty --license-ok - Status and periods that are fine; `--license-warn`, `--license-bad`, `--license-info` and `--license-neutral` likewise, each with a `-tint`.
 */
export class LicenseTab extends LitElement {
  static override styles = styles

  /** The device whose licence is shown. */
  @property({ attribute: 'device-id' }) deviceId = ''

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize(this, this.#store, tabTexts)
  readonly #ledger = new Watch(this, this.#store, (store) => (this.deviceId === '' ? null : store.ledger(this.deviceId)))
  readonly #device = new Watch(this, this.#store, (store) => (this.deviceId === '' ? null : store.device(this.deviceId)))
  readonly #me = new Watch(this, this.#store, (store) => (this.deviceId === '' ? null : store.me))
  readonly #news = new News(this.#words)
  readonly #countdown = new Countdown(this, this.#news.tellLastHour)
  readonly #requests = new Requests(this, this.#store, this.#words, () => this.#ledger.value)
  readonly #calendar = new Calendar(this, this.#store, this.#words)
  readonly #renewal = new Renewal(this, this.#store, this.#words)
  #wholeHistory = false
  #retrying = false

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('deviceId')) this.#wholeHistory = false
  }

  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement ?? null
    this.#follow(this.#ledger)
    super.update(changed)
    // What had the focus may be gone: the way on is next to it.
    if (focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('.bar button, .tab:not(:has(.bar))')?.focus()
  }

  override render(): TemplateResult | typeof nothing {
    const { resource, value: license } = this.#ledger
    const me = this.#me.value
    if (resource === null) return nothing
    const problem = resource.problem ?? this.#me.resource?.problem ?? null
    const known = license !== null && me !== null
    return html`<div class="tab" tabindex="-1" lang=${this.#words.language} aria-busy=${!known && problem === null}>
      <p class="hidden" role="status">${this.#news.text}</p>
      ${known ? this.#content(license, me, problem) : problem === null
        ? skeleton(this.#words, me)
        : failure(problem.code === 'device-not-found' ? 'info' : 'warn', failureWords(this.#words, problem, this.deviceId), this.#retryButton())}
      ${this.#requests.dialog.render()}${this.#requests.supporting.render(this.#me.resource)}${this.#calendar.render(me)}
      <voucher-modal device-id=${this.deviceId}></voucher-modal>
      <contact-sales-modal device-id=${this.deviceId}></contact-sales-modal></div>`
  }

  #content(license: LicenseWithLedger, me: Me, problem: ProblemBody | null): TemplateResult {
    const words = this.#words
    return html`${problem === null ? nothing : failure('warn', this.#staleWords(license, problem), this.#retryButton())}
      <div class="card" part="card">${facts(words, license, this.#countdown.left, this.#calendar.button(license))}${lane(words, license)}${actionBar(words, license, this.#requests)}
        ${reasons(words, license, this.#requests.support)}${this.#renewal.render(this.#device.value, me)}</div>
      <div class="columns">${history(words, license, { person: me.person?.id ?? null, whole: this.#wholeHistory, onToggle: this.#toggleHistory })}
        ${features(words, license, me)}</div>`
  }

  #retryButton(): TemplateResult {
    return html`<button type="button" aria-disabled=${this.#retrying} @click=${this.#retry}>${this.#words.text(this.#retrying ? 'badge.loading' : 'trouble.retry')}</button>`
  }

  #staleWords(license: LicenseWithLedger, problem: ProblemBody): [title: string, detail: string] {
    const { resource } = this.#ledger
    return staleWords(this.#words, problem, { at: resource?.at ?? 0, now: this.#store.value?.now() ?? 0, timeZone: license.timeZone })
  }

  /** Keeps the countdown and what is read out in step with the licence. */
  #follow({ resource, value: license }: Watch<LicenseWithLedger>): void {
    this.#countdown.follow(license !== null && onLastDay(license) ? license.expiresAt : null, this.#store.value?.now() ?? 0)
    if (license === null) return
    const problem = resource?.problem ?? null
    // An open dialog says itself what was done in it.
    const quiet = this.#retrying || this.#requests.voucher?.open === true
    this.#news.follow(license, problem, { quiet, stale: () => (problem === null ? '' : this.#staleWords(license, problem).join(' ')) })
  }

  readonly #toggleHistory = (): void => {
    this.#wholeHistory = !this.#wholeHistory
    this.requestUpdate()
  }

  readonly #retry = async (): Promise<void> => {
    if (this.#retrying) return
    this.#retrying = true
    this.#news.text = this.#words.text('badge.loading')
    this.requestUpdate()
    await this.#store.value?.refresh()
    this.#retrying = false
    const problem = this.#ledger.resource?.problem ?? this.#me.resource?.problem ?? null
    this.#news.text = problem === null ? '' : failureWords(this.#words, problem, this.deviceId).join(' ')
    this.requestUpdate()
  }
}

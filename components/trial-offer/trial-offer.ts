import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { formatDay } from '../shared/dates.ts'
import { Localize } from '../shared/localize.ts'
import { notice, sentences } from '../shared/notice.ts'
import { daysFor, lastDayWords, startRefusal } from '../shared/start.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { troubleWords } from '../shared/trouble.ts'
import type { DeviceView, LicenseView, Me, ProblemBody } from '../shared/wire.ts'
import { styles } from './trial-offer.styles.ts'
import { offerTexts, type OfferText } from './trial-offer.texts.ts'
import { TrialStart } from './trial-start.ts'

/**
 * The trial of a device that is new to the platform, where it is on offer: how long it is, until when it would last, and the
 * button that starts it. Nothing is shown where there is none.
 *
 * @summary Offers the first-device trial.
 * @tag trial-offer
 * @fires license-trial-request - Somebody wants to start the trial. Cancel it to start it yourself.
 * @csspart offer - The card.
 * @csspart start - The button that starts the trial.
 * @cssproperty --license-accent - The filled button; `--license-on-accent` is its text.
 * @cssproperty --license-surface - Behind the card; `--license-line` borders and `--license-radius-card` rounds it.
 */
export class TrialOffer extends LitElement {
  static override styles = styles

  /** The device. */
  @property({ attribute: 'device-id' }) deviceId = ''

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<OfferText>(this, this.#store, offerTexts)
  readonly #device = new Watch(this, this.#store, (store) => (this.deviceId === '' ? null : store.device(this.deviceId)))
  readonly #me = new Watch(this, this.#store, (store) => (this.deviceId === '' ? null : store.me))
  readonly #trial = new TrialStart(this, this.#store)

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('deviceId')) this.#trial.forget()
  }

  override updated(): void {
    this.toggleAttribute('empty', this.renderRoot.childElementCount === 0)
  }

  override render(): TemplateResult | typeof nothing {
    const { resource, value: device } = this.#device
    const me = this.#me.value
    const problem = resource?.problem ?? this.#me.resource?.problem ?? null
    if (this.#trial.started !== null) return this.#done(this.#trial.started)
    if (device !== null && me !== null) return this.#offer(device, me)
    return problem === null || problem.code === 'device-not-found' ? nothing : this.#failed(problem)
  }

  #offer({ license, model }: DeviceView, me: Me): TemplateResult | typeof nothing {
    const words = this.#words
    const { refused, running } = this.#trial
    if (!license.trial.eligible && refused === null) return nothing
    const { trialDays } = daysFor(me, model)
    const day = lastDayWords(words, trialDays, this.#store.value?.now() ?? 0, me)
    const may = license.actions.includes('start-trial')
    const more = words.text('offer.more', { day })
    return html`<div class="offer" part="offer" lang=${words.language}>
      ${license.trial.eligible ? html`<p><strong>${words.text('offer.title', { days: words.text('start.of-days', { count: trialDays }) })}</strong>
        <span class="muted">${may ? more : `${more} ${words.text('offer.role')}`}</span></p>` : nothing}
      ${may ? html`<button type="button" class="filled" part="start" aria-disabled=${running} @click=${this.#start}
        >${words.text('offer.start', { day })}</button><span class="hidden" role="status">${running ? words.text('start.running') : nothing}</span>` : nothing}
      <div role="alert">${refused === null ? nothing : notice('bad', ...sentences(startRefusal(words, 'trial', refused)))}</div></div>`
  }

  #done({ lastDay }: LicenseView): TemplateResult {
    const words = this.#words
    const more = words.text('offer.open-until', { day: formatDay(words.formats, lastDay ?? '') })
    return html`<div class="offer" part="offer" lang=${words.language} tabindex="-1"><div role="status">${notice('ok', words.text('offer.started'), more)}</div></div>`
  }

  #failed(problem: ProblemBody): TemplateResult {
    const words = this.#words
    return html`<div class="offer" part="offer" lang=${words.language}>${notice('warn', ...troubleWords(words, problem))}
      <button type="button" @click=${this.#retry}>${words.text('trouble.retry')}</button></div>`
  }

  readonly #start = async (): Promise<void> => {
    await this.#trial.start(this.deviceId)
    await this.updateComplete
    if (this.#trial.started !== null) this.renderRoot.querySelector<HTMLElement>('.offer')?.focus()
  }

  readonly #retry = (): void => { void this.#store.value?.refresh() }
}

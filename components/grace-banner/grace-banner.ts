import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { LicenseGraceRequestEvent } from '../shared/events.ts'
import { statusIcon } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { notice, noticeIcon, sentences } from '../shared/notice.ts'
import { isSnoozed, Snoozing } from '../shared/snooze.ts'
import { isMember, startRefusal } from '../shared/start.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { SupportDialog } from '../shared/support-dialog.ts'
import { troubleWords } from '../shared/trouble.ts'
import type { GraceStarted, Me, ProblemBody, Summary } from '../shared/wire.ts'
import { doneMore, doneTitle, offerMore, offerTitle } from './banner-words.ts'
import { styles } from './grace-banner.styles.ts'
import { type BannerText, bannerTexts } from './grace-banner.texts.ts'
import { GraceRun } from './grace-run.ts'
import { type Group, Groups, groupsOf, resultsOf } from './groups.ts'

/**
 * How many devices of the old platform can have a grace period, the button that starts it on all of them, and who cannot
 * have one and why. It is gone where there are none. `<license-alerts>` has it as one of its rows.
 *
 * @summary Starts the grace period on every device that can have it.
 * @tag grace-banner
 * @fires license-grace-request - Somebody wants to start the grace period on every device that can have it; `deviceIds` is empty. Cancel it to start it yourself.
 * @fires license-support-request - Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown.
 * @fires license-contact-request - Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens.
 * @fires license-navigate - A link to a device is about to be followed. Cancel it to go there yourself.
 * @csspart banner - All of it.
 * @csspart row - What is said, and the buttons.
 * @csspart icon - An icon.
 * @csspart activate - The button that starts the grace period.
 * @csspart details - The button that shows who is not eligible; and what it shows.
 * @csspart snooze - The button that puts the banner off.
 * @csspart groups - The list of reasons.
 * @csspart group - One reason, and its devices.
 * @csspart dialog - The dialog that says how support is reached.
 * @csspart card - The contact in it.
 * @cssproperty --license-info - The edge and icon; `--license-info-tint` is behind them.
 * @cssproperty --license-ok - The same once it has started; `--license-ok-tint` is behind them.
 * @cssproperty --license-accent - Buttons and links.
 */
export class GraceBanner extends LitElement {
  static override styles = styles

  /** Draws it as a row of something else: without an edge around it, and without a word where nothing could be loaded. */
  @property({ type: Boolean, reflect: true }) row = false

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<BannerText>(this, this.#store, bannerTexts)
  readonly #summary = new Watch(this, this.#store, (store) => store.summary)
  readonly #me = new Watch(this, this.#store, (store) => store.me)
  readonly #run = new GraceRun(this)
  readonly #groups = new Groups(this, this.#store, this.#words)
  readonly #support = new SupportDialog(this, this.#store, this.#words)
  readonly #snoozing = new Snoozing(this, this.#store, this.#words, (text) => { this.#said = text })
  /** Whether it is shown who is not eligible; null = as it fits. */
  #open: boolean | null = null
  #said = ''
  /** What stood there when it was started, and stands there until that is answered: the devices may be counted anew before. */
  #asked: Summary | null = null
  #counted: number | null = null

  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement ?? null
    this.#tell()
    super.update(changed)
    this.toggleAttribute('empty', this.renderRoot.querySelector('.banner > :not(.hidden)') === null && this.#said === '')
    // What had the focus may be gone: the way on is next to it.
    if (focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('.does > button')?.focus()
  }

  override render(): TemplateResult | typeof nothing {
    const summary = this.#run.stage.is === 'running' ? this.#asked : this.#summary.value
    const me = this.#me.value
    const problem = this.#summary.resource?.problem ?? this.#me.resource?.problem ?? null
    return html`<div class="banner" part="banner" lang=${this.#words.language}><p class="hidden" role="status">${this.#said}</p>
      ${summary !== null && me !== null ? this.#content(summary, me) : problem === null || this.row ? nothing : this.#failed(problem)}</div>
      ${this.#support.render(this.#me.resource)}`
  }

  #content(summary: Summary, me: Me): TemplateResult | typeof nothing {
    const { stage } = this.#run
    if (stage.is === 'done') return this.#done(stage.answer, me)
    if (!this.#isOffered(summary)) return nothing
    const words = this.#words
    const title = offerTitle(words, summary, me)
    const groups = groupsOf(summary)
    return html`<div class="alert tone-info" part="row">${statusIcon('grace')}
        <p><strong>${title}</strong> <span class="muted">${offerMore(words, groups, me, this.#now)}</span></p>
        <div class="does">${isMember(me) ? html`<button type="button" class="outlined" part="activate" aria-disabled=${stage.is === 'running'} @click=${this.#activate}
          >${words.text('banner.activate', { count: summary.grace.eligible })}</button>` : nothing}
          ${groups.length === 0 ? nothing : this.#detailsButton(false)}
          ${isMember(me) ? this.#snoozing.button('grace', title, me) : nothing}</div></div>
      ${stage.is === 'refused' ? html`<div class="refused" role="alert">${notice('bad', ...sentences(startRefusal(words, 'grace', stage.problem)))}</div>` : nothing}
      ${groups.length > 0 && this.#open === true ? this.#details(groups, me) : nothing}`
  }

  #done(answer: GraceStarted, me: Me): TemplateResult {
    const words = this.#words
    const { started, items } = answer
    const open = this.#open ?? items.length > started
    return html`<div class="alert ${started === 0 ? 'tone-warn' : 'tone-ok'}" part="row">${noticeIcon(started === 0 ? 'warn' : 'ok')}
        <p><strong>${doneTitle(words, answer)}</strong> <span class="muted">${doneMore(words, answer)}</span></p>
        <div class="does">${items.length === 0 ? nothing : this.#detailsButton(open)}
          <button type="button" class="quiet link" @click=${this.#close}>${words.text('banner.close')}</button></div></div>
      ${open && items.length > 0 ? this.#details(resultsOf(answer), me) : nothing}`
  }

  #detailsButton(open: boolean): TemplateResult {
    const expanded = this.#open ?? open
    return html`<button type="button" class="quiet link" part="details" aria-expanded=${expanded} @click=${() => { this.#toggle(!expanded) }}>${this.#words.text('banner.details')}</button>`
  }

  #details(groups: readonly Group[], me: Me): TemplateResult {
    const words = this.#words
    const lines = groups.filter(({ outcome }) => outcome !== 'started').map(({ outcome, count }) => `- ${words.text(`banner.group-${outcome}`)}: ${words.formats.number(count)}`)
    return html`<div class="details">${this.#groups.render(groups, me)}
      ${lines.length === 0 ? nothing : html`<p><span class="muted">${words.text('banner.help')}</span>
        <button type="button" class="link" @click=${() => { this.#support.show({ lines }) }}>${words.text('support.contact')}</button></p>`}</div>`
  }

  #failed(problem: ProblemBody): TemplateResult {
    return html`<div class="alert tone-warn" part="row">${noticeIcon('warn')}<p><strong>${troubleWords(this.#words, problem)[0]}</strong></p>
      <div class="does"><button type="button" class="link" @click=${this.#retry}>${this.#words.text('trouble.retry')}</button></div></div>`
  }

  /** Whether it is on offer, and the person wants to be told. */
  #isOffered(summary: Summary): boolean {
    return summary.alerts.grace > 0 && !isSnoozed(summary, 'grace', this.#now)
  }

  get #now(): number {
    return this.#store.value?.now() ?? 0
  }

  /** Reads out what has come of it, and another count than before; not what stands there at first. */
  #tell(): void {
    const { stage } = this.#run
    const summary = this.#summary.value
    const me = this.#me.value
    if (summary === null || me === null) return
    const count = this.#isOffered(summary) ? summary.grace.eligible : 0
    const before = this.#counted
    this.#counted = count
    if (stage.is === 'running') this.#said = this.#words.text('banner.running')
    else if (stage.is === 'done') this.#said = `${doneTitle(this.#words, stage.answer)} ${doneMore(this.#words, stage.answer)}`
    else if (stage.is === 'refused') this.#said = ''
    else if (before !== null && before !== count && count > 0) this.#said = offerTitle(this.#words, summary, me)
  }

  #toggle(open: boolean): void {
    this.#open = open
    this.requestUpdate()
  }

  readonly #activate = (): void => {
    const store = this.#store.value
    if (store === null || !this.dispatchEvent(new LicenseGraceRequestEvent([]))) return
    this.#open = null
    if (this.#run.stage.is !== 'running') this.#asked = this.#summary.value
    void this.#run.start(store)
  }

  readonly #close = (): void => {
    this.#said = ''
    this.#open = null
    this.#run.close()
  }

  readonly #retry = (): void => { void this.#store.value?.refresh() }
}

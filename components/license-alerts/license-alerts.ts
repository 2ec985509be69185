import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { LicenseAlertsChangedEvent } from '../shared/events.ts'
import { statusIcon } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { followLink, withQuery } from '../shared/navigate.ts'
import { noticeIcon } from '../shared/notice.ts'
import { isSnoozed, Snoozing } from '../shared/snooze.ts'
import { isMember } from '../shared/start.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { SupportDialog } from '../shared/support-dialog.ts'
import { staleWords, troubleWords } from '../shared/trouble.ts'
import { type Alert, ALERTS, type Me, type ProblemBody, type Summary } from '../shared/wire.ts'
import { alertMore, alertTitle } from './alert-words.ts'
import { styles } from './license-alerts.styles.ts'
import { type AlertsText, alertsTexts } from './license-alerts.texts.ts'

/**
 * The warnings of a workspace: licences that have expired, that expire soon, and devices that can have a grace period. Each is
 * gone when it counts nothing, or when the person has put it off.
 *
 * @summary The warnings of a workspace, for the page that lists its devices.
 * @tag license-alerts
 * @fires license-alerts-changed - The counts are others than they were, and once at first: `expired`, `expiring` and `grace`; of what the person has put off 0. Not cancelable.
 * @fires license-navigate - The link to the list of devices is about to be followed. Cancel it to go there yourself.
 * @fires license-support-request - Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown.
 * @fires license-contact-request - Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens.
 * @fires license-grace-request - Somebody wants to start the grace period on every device that can have it. Cancel it to start it yourself.
 * @csspart alerts - The card.
 * @csspart row - One warning.
 * @csspart icon - An icon.
 * @csspart support - The button that leads to support.
 * @csspart show - A link to the list of devices.
 * @csspart snooze - A button that puts a warning off.
 * @csspart dialog - The dialog that says how support is reached.
 * @csspart card - The contact in it.
 * @cssproperty --license-bad - Edge and icon of what has expired; `--license-bad-tint` is behind them.
 * @cssproperty --license-warn - Those of what expires soon.
 * @cssproperty --license-info - Those of the grace period.
 * @cssproperty --license-accent - Buttons and links.
 */
export class LicenseAlerts extends LitElement {
  static override styles = styles

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<AlertsText>(this, this.#store, alertsTexts)
  readonly #summary = new Watch(this, this.#store, (store) => store.summary)
  readonly #me = new Watch(this, this.#store, (store) => store.me)
  readonly #soonest = new Watch(this, this.#store, (store) => ((this.#summary.value?.alerts.expiring ?? 0) > 0 ? store.soonest : null))
  readonly #support = new SupportDialog(this, this.#store, this.#words)
  readonly #snoozing = new Snoozing(this, this.#store, this.#words, (text) => { this.#said = text })
  #said = ''
  /** What was shown last: how many of each. */
  #counts: Record<Alert, number> | null = null

  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement ?? null
    this.#tell()
    super.update(changed)
    this.#mark()
    // What had the focus may be gone: the way on is next to it.
    if (focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('.alert button, .card')?.focus()
  }

  override render(): TemplateResult | typeof nothing {
    const summary = this.#summary.value
    const me = this.#me.value
    const problem = this.#summary.resource?.problem ?? this.#me.resource?.problem ?? null
    const words = this.#words
    return html`<section class="card" part="alerts" tabindex="-1" lang=${words.language} aria-label=${words.text('alerts.label')}>
        <p class="hidden" role="status">${this.#said}</p>
        ${problem === null ? nothing : this.#trouble(problem, me)}
        ${summary === null || me === null ? nothing : (['expired', 'expiring'] as const).map((alert) => this.#row(alert, summary, me))}
        <grace-banner row></grace-banner>
      </section>${this.#support.render(this.#me.resource)}`
  }

  override firstUpdated(): void {
    // Whether the banner shows something is known only when it is drawn.
    new MutationObserver(() => { this.#mark() }).observe(this.renderRoot.querySelector('grace-banner') as Element, { attributeFilter: ['empty'] })
  }

  #row(alert: 'expired' | 'expiring', summary: Summary, me: Me): TemplateResult | typeof nothing {
    const count = this.#shown(summary, alert)
    if (count === 0) return nothing
    const words = this.#words
    const title = alertTitle(words, alert, count, me)
    const expired = alert === 'expired'
    return html`<div class="alert ${expired ? 'tone-bad' : 'tone-warn'}" part="row">${statusIcon(alert)}
      <p><strong>${title}</strong> <span class="muted">${alertMore(words, alert, summary, this.#soonest.value)}</span></p>
      <div class="does">${expired ? html`<button type="button" class="link" part="support" @click=${this.#ask}>${words.text('support.contact')}</button>` : nothing}
        ${this.#link(alert, count, me, expired)}
        ${isMember(me) ? this.#snoozing.button(alert, title, me) : nothing}</div></div>`
  }

  #link(alert: Alert, count: number, { links: { assets } }: Me, quiet: boolean): TemplateResult | typeof nothing {
    if (assets === null) return nothing
    return html`<a class=${quiet ? 'quiet' : nothing} part="show" href=${withQuery(assets, `alert=${alert}`)} @click=${this.#follow}
      >${this.#words.text('alerts.show', { count })}</a>`
  }

  #trouble(problem: ProblemBody, me: Me | null): TemplateResult {
    const { resource } = this.#summary
    const known = resource?.value !== null && me !== null
    const [title, detail] = known
      ? staleWords(this.#words, problem, { at: resource?.at ?? 0, now: this.#now, timeZone: me.workspace.timeZone }) : troubleWords(this.#words, problem)
    return html`<div class="alert ${known ? 'tone-neutral' : 'tone-warn'}" part="row">${noticeIcon('warn')}
      <p><strong>${title}</strong> <span class="muted">${detail}</span></p>
      <div class="does"><button type="button" class="link" @click=${this.#retry}>${this.#words.text('trouble.retry')}</button></div></div>`
  }

  /** How many of a warning the person is shown. */
  #shown(summary: Summary, alert: Alert): number {
    return isSnoozed(summary, alert, this.#now) ? 0 : summary.alerts[alert]
  }

  get #now(): number {
    return this.#store.value?.now() ?? 0
  }

  /** Tells the page of other counts, and reads out what rose or fell; not what stands there at first. */
  #tell(): void {
    const summary = this.#summary.value
    const me = this.#me.value
    if (summary === null || me === null) return
    const before = this.#counts
    const counts = Object.fromEntries(ALERTS.map((alert) => [alert, this.#shown(summary, alert)])) as Record<Alert, number>
    if (ALERTS.every((alert) => before?.[alert] === counts[alert])) return
    this.#counts = counts
    if (before !== null) {
      const news = (['expired', 'expiring'] as const).filter((alert) => counts[alert] !== before[alert] && counts[alert] > 0)
      if (news.length > 0) this.#said = news.map((alert) => alertTitle(this.#words, alert, counts[alert], me)).join(' ')
    }
    const changed = new LicenseAlertsChangedEvent(counts)
    this.dispatchEvent(changed)
  }

  /** Marks it as empty while it shows and says nothing. */
  #mark(): void {
    this.toggleAttribute('empty', this.#said === '' && this.renderRoot.querySelector('.alert, grace-banner:not([empty])') === null)
  }

  readonly #ask = (): void => { this.#support.show() }

  readonly #follow = (event: MouseEvent): void => { followLink(event, '') }

  readonly #retry = (): void => { void this.#store.value?.refresh() }
}

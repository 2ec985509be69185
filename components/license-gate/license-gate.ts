import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { Localize } from '../shared/localize.ts'
import { Alarm } from '../shared/server-clock.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { closeDialogs, focusOnce } from './gate-focus.ts'
import { closingNotice, NOTICE_MS } from './gate-notice.ts'
import { panel, titleOf } from './gate-panel.ts'
import { GateRequests } from './gate-requests.ts'
import { judge, PENDING, type Verdict } from './gate-verdict.ts'
import { styles } from './license-gate.styles.ts'
import { gateTexts, type GateText } from './license-gate.texts.ts'

/**
 * Shows what stands in it where the licence of a device opens a feature; else why it does not, and the way to open it. What is
 * closed cannot be seen, reached or read out, but stays in the page with everything that was typed into it. It closes at the
 * second at which the licence ends, and says so 15 minutes before.
 *
 * While the BFF cannot be reached the policy decides (`whenDown` of the feature): the gate closes and comes back by itself, is
 * open, or follows what was known for some hours. A request that fails now and then changes nothing: the licence has to be out
 * of reach for 5 seconds, in which it is asked for again. A feature that the policy does not have is closed. Without a provider
 * it waits. What a page hides is only courtesy: the server has to refuse it too.
 *
 * Until the script has run the browser shows the content; a page that minds says `license-gate:not(:defined) { display: none }`.
 *
 * @summary Shows its content only where the licence opens a feature.
 * @tag license-gate
 * @slot - What the feature is.
 * @slot locked - What is shown in place of the panel while it is closed.
 * @slot pending - What is shown while nobody knows yet.
 * @attr {boolean} open - Set by the element while its content is shown; for styles.
 * @attr {string} state - Set by the element: `pending`, `open` or `closed`; for styles.
 * @fires license-activate-request - Somebody wants to enter a voucher code for a device without a license. Cancel it to show a flow of your own; otherwise the voucher dialog opens.
 * @fires license-renew-request - The same for a device that has or had a license.
 * @fires license-contact-request - Somebody wants to reach sales; `deviceIds` names the device. Cancel it to show a form of your own.
 * @fires license-navigate - The link to the License tab is about to be followed. Cancel it to go there yourself.
 * @csspart content - Around what stands in it.
 * @csspart notice - What is told before it closes.
 * @csspart locked - Around the panel, or what stands in its place.
 * @csspart panel - The panel.
 * @csspart icon - An icon.
 * @csspart title - The panel's heading.
 * @csspart primary - The button that activates or renews.
 * @csspart contact - The button that leads to sales.
 * @csspart retry - The button that asks again.
 * @csspart link - The link to the License tab.
 * @csspart checking - What is told while it takes a while.
 * @cssproperty --license-accent - The filled button and the link; `--license-on-accent` is the text of the button.
 * @cssproperty --license-surface - Behind the panel; `--license-line` borders and `--license-radius-card` rounds it.
 * @cssproperty --license-warn - Edge and icon of the notice; `--license-warn-tint` is behind it.
 */
export class LicenseGate extends LitElement {
  static override styles = styles

  /** The device whose licence counts. */
  @property({ attribute: 'device-id' }) deviceId = ''

  /** The feature, by its id in the policy. */
  @property() feature = ''

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<GateText>(this, this.#store, gateTexts)
  readonly #license = new Watch(this, this.#store, (store) => (this.#asks ? store.license(this.deviceId) : null))
  readonly #me = new Watch(this, this.#store, (store) => (this.#asks ? store.me : null))
  readonly #requests = new GateRequests(this, this.#store, () => this.#license.value)
  readonly #alarm = new Alarm(() => { this.requestUpdate() })
  #verdict: Verdict = PENDING
  #troubledAt: number | null = null
  /** Whether the focus was in what is hidden until more is known. */
  #waits = false

  /** Whether the content is shown. */
  get open(): boolean {
    return this.state === 'open'
  }

  /** `pending` while nobody knows, then `open` or `closed`. */
  get state(): 'pending' | 'open' | 'closed' {
    return this.#verdict.is
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#alarm.stop()
  }

  protected override update(changed: PropertyValues<this>): void {
    const was = this.state
    const focused = this.shadowRoot?.activeElement ?? null
    this.#judge(changed.has('deviceId'))
    const { state } = this
    const closed = was === 'open' && state !== was && closeDialogs(this)
    // A dialog gives the focus back to where it came from, if that is still there.
    const { activeElement, body } = document
    const nowhere = ((closed || this.#waits) && activeElement === body) || (closed && activeElement?.checkVisibility() === false)
    const held = nowhere || this.#holds('.content') || this.#holds('.locked')
    super.update(changed)
    this.toggleAttribute('open', this.open)
    if (state !== this.getAttribute('state')) this.setAttribute('state', state)
    this.#waits = held && state === 'pending'
    if (focused?.isConnected === false || (held && state !== was)) this.#focus()
  }

  override render(): TemplateResult {
    const words = this.#words
    const { is, why, closesAt } = this.#verdict
    const now = this.#now
    const license = this.#license.resource
    const me = this.#me.resource
    const slow = license?.slow === true || me?.slow === true
    const own = this.querySelector(':scope > [slot=locked]') === null
    const locked = (): TemplateResult => panel(words, { feature: this.feature, deviceId: this.deviceId, why, me, license, now }, this.#requests)
    const closing = closesAt !== null && license !== null && license.value !== null && now >= closesAt - NOTICE_MS ? { license: license.value, closesAt } : null
    return html`${closingNotice(words, this.feature, closing, this.#requests.redeem)}
      <div class="content" part="content" ?hidden=${is !== 'open'} ?inert=${is !== 'open'}><slot></slot></div>
      <div class="locked" part="locked" role=${own ? nothing : 'group'} aria-label=${own ? nothing : titleOf(words, this.feature)} tabindex="-1" ?hidden=${is !== 'closed'}
        ><slot name="locked">${is === 'closed' ? locked() : nothing}</slot></div>
      <div ?hidden=${is !== 'pending'}><slot name="pending">${slow
        ? html`<p class="checking muted" part="checking" lang=${words.language}>${words.text('badge.loading')}</p>` : nothing}</slot></div>
      ${this.#requests.asked ? html`<voucher-modal device-id=${this.deviceId} @close=${this.#back}></voucher-modal>
        <contact-sales-modal device-id=${this.deviceId} @close=${this.#back}></contact-sales-modal>` : nothing}`
  }

  get #asks(): boolean {
    // An attribute that is taken away leaves null.
    return [this.deviceId, this.feature].every((name) => (name ?? '') !== '')
  }

  get #now(): number {
    return this.#store.value?.now() ?? 0
  }

  /** Decides anew, and when to do so again. */
  #judge(another: boolean): void {
    const now = this.#now
    const license = this.#license.resource
    if ((license?.problem ?? null) === null) this.#troubledAt = null
    // Of what was not shown before nothing can be taken back, so that nothing is waited for.
    else if (another || this.state === 'pending') this.#troubledAt = Number.NEGATIVE_INFINITY
    else this.#troubledAt ??= now
    this.#verdict = judge({ feature: this.feature, me: this.#me.resource, license, now, troubledAt: this.#troubledAt })
    const { is, why, closesAt, nextAt } = this.#verdict
    if (is === 'closed' && why === 'feature') warn(this.feature)
    const noticeAt = closesAt === null ? 0 : closesAt - NOTICE_MS
    const next = noticeAt > now ? Math.min(nextAt, noticeAt) : nextAt
    if (next === Number.POSITIVE_INFINITY) this.#alarm.stop()
    else this.#alarm.set(next - now)
  }

  /** Whether the focus is in a part, also in what the page put into its slot. */
  #holds(part: string): boolean {
    return this.shadowRoot?.querySelector(part)?.matches(':focus-within') === true
  }

  /** Puts the focus on what took the place of what had it. */
  #focus(): void {
    const find = (selector: string): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(selector)
    if (this.open) focusOnce(find('.content'))
    else if (this.state === 'closed') for (const selector of ['.locked', 'h2']) find(selector)?.focus()
  }

  /** A dialog is closed; the button that opened it may be gone. */
  readonly #back = (): void => { if (document.activeElement === document.body) this.#focus() }
}

const warned = new Set<string>()

/** Tells who builds the page, once, that there is no such feature. */
function warn(feature: string): void {
  if (!warned.has(feature)) console.warn(`<license-gate feature="${feature}"> stays closed: GET /v1/me lists no such feature.`)
  warned.add(feature)
}

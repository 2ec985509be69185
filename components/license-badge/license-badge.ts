import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { STATUS_TONES, statusIcon } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import type { LicenseView } from '../shared/wire.ts'
import { styles } from './license-badge.styles.ts'
import { badgeTexts } from './license-badge.texts.ts'
import { licenseWords } from './license-words.ts'

/**
 * The state of a device's licence in a pill: an icon, a word and the days.
 *
 * @summary The state of a device's licence, for rows, cards and headings.
 * @csspart pill - The pill itself.
 * @csspart icon - The icon of the status; its ring empties over the last days.
 * @csspart words - The words.
 * @cssproperty --license-ok - Text and icon of an active licence; `--license-ok-tint` is behind it.
 * @cssproperty --license-warn - Those of a licence that expires soon.
 * @cssproperty --license-bad - Those of an expired licence.
 * @cssproperty --license-info - Those of a grace period.
 * @cssproperty --license-neutral - Those of a device without licence.
 */
export class LicenseBadge extends LitElement {
  static override styles = styles

  /** The device whose licence is shown, as the provider knows it. */
  @property({ attribute: 'device-id' }) deviceId = ''

  /** A licence to show instead, without a provider: the `license` of any answer of the BFF. */
  @property({ attribute: false }) license: LicenseView | null = null

  /** Shows only icon and days; the words are still read out. */
  @property({ type: Boolean, reflect: true }) compact = false

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize(this, this.#store, badgeTexts)
  readonly #license = new Watch(this, this.#store, (store) => (this.license !== null || this.deviceId === '' ? null : store.license(this.deviceId)))

  override render(): TemplateResult | typeof nothing {
    const resource = this.#license.resource
    const license = this.license ?? this.#license.value
    if (license !== null) return this.#pill(license, resource?.stale === true)
    if (resource === null) return nothing
    if (resource.state === 'loading') return this.#state('loading', this.#words.text('badge.loading'))
    return this.#state('failed', this.#words.text(resource.problem?.code === 'device-not-found' ? 'badge.unknown' : 'badge.unavailable'))
  }

  #pill(license: LicenseView, stale: boolean): TemplateResult {
    const { status, daysRemaining, expiringWithinDays } = license
    const { label, days } = licenseWords(license, this.#words)
    const left = daysRemaining === null || !(expiringWithinDays > 0) ? 1 : daysRemaining / expiringWithinDays
    const note = stale ? html`<span class="hidden"> (${this.#words.text('badge.stale')})</span>` : nothing
    const shown = this.compact
      ? html`<span class="hidden">${label}${days === null ? '' : ' · '}</span>${days}`
      : days === null ? label : `${label} · ${days}`
    return html`<span part="pill" class="pill ${STATUS_TONES[status] ?? 'tone-neutral'} ${stale ? 'stale' : ''} ${this.compact ? 'compact' : ''}"
      title=${this.compact || stale ? `${label}${days === null ? '' : ` · ${days}`}${stale ? ` (${this.#words.text('badge.stale')})` : ''}` : nothing}
      >${statusIcon(status, left)}<span part="words" class="words">${shown}${note}</span></span>`
  }

  #state(state: 'loading' | 'failed', text: string): TemplateResult {
    return html`<span part="pill" class="pill tone-neutral ${state} ${this.compact ? 'compact' : ''}" aria-busy=${state === 'loading' ? 'true' : nothing}
      title=${this.compact ? text : nothing}
      >${statusIcon(state === 'loading' ? 'none' : 'unknown')}<span part="words" class="words ${this.compact ? 'hidden' : ''}">${text}</span></span>`
  }
}

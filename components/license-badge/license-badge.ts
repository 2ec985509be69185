import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { frame, markup, statusShape, stringsOf } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { followLink, linkTo } from '../shared/navigate.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import type { LicenseView } from '../shared/wire.ts'
import { styles } from './license-badge.styles.ts'
import { badgeTexts } from './license-badge.texts.ts'
import { licenseWords } from './license-words.ts'

/**
 * The state of a device's licence in a pill: an icon, a word and the days.
 *
 * @summary The state of a device's licence, for rows, cards and headings.
 * @tag license-badge
 * @fires license-navigate - The link of a linked badge is about to be followed: `href` and `deviceId`. Cancel it to go there yourself.
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

  // Not by decorators, as in the other elements: a page that has the badge alone saves 350 bytes, gzipped.
  static override properties = {
    deviceId: { attribute: 'device-id' }, license: { attribute: false }, compact: { type: Boolean, reflect: true }, linked: { type: Boolean },
  }

  /** The device whose licence is shown, as the provider knows it. */
  deviceId = ''

  /** A licence to show instead, without a provider: the `license` of any answer of the BFF. */
  license: LicenseView | null = null

  /** Shows only icon and days; the words are still read out. */
  compact = false

  /** Makes the badge a link to the device's License tab, where the server's policy says how its address is made. */
  linked = false

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize(this, this.#store, badgeTexts)
  readonly #license = new Watch(this, this.#store, (store) => (this.license !== null || this.deviceId === '' ? null : store.license(this.deviceId)))

  readonly #me = new Watch(this, this.#store, (store) => (this.linked ? store.me : null))

  override render(): TemplateResult | typeof nothing {
    const resource = this.#license.resource
    const license = this.license ?? this.#license.value
    if (license !== null) return this.#pill(license, resource?.stale === true)
    if (resource === null || (resource.state === 'loading' && !resource.slow)) return nothing
    const loading = resource.state === 'loading'
    const text = this.#words.text(loading ? 'badge.loading' : resource.problem?.code === 'device-not-found' ? 'badge.unknown' : 'badge.unavailable')
    return this.#draw(resource.state, statusShape(loading ? 'none' : 'unknown'), this.compact ? '' : text, text)
  }

  #pill(license: LicenseView, stale: boolean): TemplateResult {
    const { status, daysRemaining, expiringWithinDays } = license
    const { label, days } = licenseWords(license, this.#words)
    const words = days === null ? label : `${label} · ${days}`
    const left = daysRemaining === null || !(expiringWithinDays > 0) ? 1 : daysRemaining / expiringWithinDays
    return this.#draw(stale ? 'stale' : '', statusShape(status, left),
      this.compact ? days ?? '' : words, stale ? `${words} (${this.#words.text('badge.stale')})` : words)
  }

  /** `brief` is seen; `whole` is read out, and shown where a pointer rests. A link stays the same one whatever the state, as it may have the focus. */
  #draw(state: string, { tone, shapes }: ReturnType<typeof statusShape>, brief: string, whole: string): TemplateResult {
    const title = brief === whole ? nothing : whole
    const words = title === nothing ? brief : html`<span class="hidden">${whole}</span><span aria-hidden="true">${brief}</span>`
    const link = this.#me.value?.links.licenseTab
    const look = `pill ${tone} ${state} ${brief === '' ? 'bare' : ''}`
    return link ? html`<span part="pill" class=${look} title=${title}>${frame(shapes)}<span part="words" class="words"
      ><a href=${linkTo(link, this.deviceId)} @click=${this.#follow}>${words}</a></span></span>`
      : html(stringsOf('<span part="pill" class=', ' title=', `>${markup(shapes)}<span part="words" class="words">`, '</span></span>'), look, title, words)
  }

  #follow(event: MouseEvent): void {
    followLink(event, this.deviceId)
  }
}

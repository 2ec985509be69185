import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { featureName } from '../shared/features.texts.ts'
import { lockIcon, statusIcon, statusShape } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { notice } from '../shared/notice.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { staleWords, troubleWords } from '../shared/trouble.ts'
import type { FeatureRule, Me, ProblemBody, Status } from '../shared/wire.ts'
import { styles } from './license-features.styles.ts'
import { featuresTexts, type FeaturesText } from './license-features.texts.ts'

/** The statuses, best first. */
const COLUMNS = ['active', 'expiring', 'grace', 'expired', 'none'] as const satisfies readonly Status[]

/**
 * The policy as a table: which feature, those of the host included, is open in which status of a licence. A feature that is only
 * reported on is open in all of them. With a device the column of its present status is marked; of one that nobody knows none is.
 *
 * @summary What a licence opens, by its status.
 * @tag license-features
 * @csspart card - The card.
 * @csspart table - The table.
 * @csspart icon - An icon.
 * @csspart now - The heading of the device's present status.
 * @csspart loading - What is told while it takes a while.
 * @csspart trouble - What is told when it cannot be loaded.
 * @cssproperty --license-ok - The check of what is open; `--license-muted` is the lock of what is closed.
 * @cssproperty --license-accent - Marks the present status.
 * @cssproperty --license-surface - Behind the card; `--license-line` borders and `--license-radius-card` rounds it.
 */
export class LicenseFeatures extends LitElement {
  static override styles = styles

  /** The device whose present status is marked; may be left out. */
  @property({ attribute: 'device-id' }) deviceId = ''

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<FeaturesText>(this, this.#store, featuresTexts)
  readonly #me = new Watch(this, this.#store, (store) => store.me)
  readonly #license = new Watch(this, this.#store, (store) => ((this.deviceId ?? '') === '' ? null : store.license(this.deviceId)))

  override render(): TemplateResult | typeof nothing {
    const { resource, value: me } = this.#me
    const ofDevice = this.#license.resource?.problem ?? null
    const problem = resource?.problem ?? (ofDevice?.code === 'device-not-found' ? null : ofDevice)
    const words = this.#words
    if (me === null && problem === null) {
      return resource?.slow === true ? html`<p class="muted" part="loading" lang=${words.language}>${words.text('badge.loading')}</p>` : nothing
    }
    return html`<div class="card" part="card" lang=${words.language}>${me === null ? nothing : this.#table(me)}${problem === null ? nothing : this.#trouble(problem, me)}</div>`
  }

  #table({ policy }: Me): TemplateResult {
    const words = this.#words
    const present = this.#license.value?.status ?? null
    return html`<table part="table"><caption class="hidden">${words.text('features.caption')}</caption>
      <thead><tr><th scope="col">${words.text('features.feature')}</th>${COLUMNS.map((status) => this.#heading(status, status === present))}</tr></thead>
      <tbody>${policy.features.map((feature) => html`<tr><th scope="row">${featureName(words, feature.id)}</th>
        ${COLUMNS.map((status) => this.#cell(isOpen(feature, status), status === present))}</tr>`)}</tbody></table>`
  }

  #heading(status: Status, now: boolean): TemplateResult {
    const words = this.#words
    const name = html`<span>${statusIcon(status)}${words.text(`badge.${status}`)}${now ? html` <span class="mark">${words.text('features.now')}</span>` : nothing}</span>`
    const { tone } = statusShape(status)
    return now ? html`<th scope="col" part="now" class="now ${tone}" aria-current="true">${name}</th>` : html`<th scope="col" class=${tone}>${name}</th>`
  }

  #cell(open: boolean, now: boolean): TemplateResult {
    return html`<td class="${open ? 'open tone-ok' : 'closed'} ${now ? 'now' : ''}">${open ? statusIcon('active') : lockIcon()}<span class="hidden">${
      this.#words.text(open ? 'tab.open' : 'tab.closed')}</span></td>`
  }

  #trouble(problem: ProblemBody, me: Me | null): TemplateResult {
    const words = this.#words
    const { at = 0 } = this.#license.resource ?? this.#me.resource ?? {}
    const told = me === null ? troubleWords(words, problem) : staleWords(words, problem, { at, now: this.#store.value?.now() ?? 0, timeZone: me.workspace.timeZone })
    return html`<div class="trouble" part="trouble">${notice('warn', ...told)}
      <button type="button" @click=${this.#retry}>${words.text('trouble.retry')}</button></div>`
  }

  readonly #retry = (): void => { void this.#store.value?.refresh() }
}

function isOpen({ openIn, reportOnly }: FeatureRule, status: Status): boolean {
  return reportOnly === true || openIn.includes(status)
}

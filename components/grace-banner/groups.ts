import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import type { Localize } from '../shared/localize.ts'
import { followLink, linkTo } from '../shared/navigate.ts'
import { reasonText } from '../shared/start.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { DeviceView, GraceStarted, Me, Summary } from '../shared/wire.ts'
import type { BannerText } from './grace-banner.texts.ts'

/** Names that are shown at once, and asked for by their ids. */
const FEW = 20

/** In the order of the rules (R24); what has started first. */
const ORDER = ['started', 'claimed-by-other', 'in-several-workspaces', 'in-several-sites', 'already-used', 'already-licensed', 'window-closed', 'not-legacy'] as const

/** What became of a device. */
type Outcome = (typeof ORDER)[number]

/** What became of some devices, or why they cannot have grace. */
export interface Group {
  outcome: Outcome
  count: number
  /** Null where it is not known which. */
  ids: readonly string[] | null
}

/** Why devices of the old platform cannot have grace. */
export function groupsOf({ grace: { byReason } }: Summary): Group[] {
  return ORDER.flatMap((outcome) => {
    const count = outcome === 'started' ? 0 : byReason[outcome] ?? 0
    return count === 0 ? [] : [{ outcome, count, ids: null }]
  })
}

/** What became of each device. */
export function resultsOf({ items }: GraceStarted): Group[] {
  return ORDER.flatMap((outcome) => {
    const ids = items.flatMap((item) => (item.outcome === outcome ? [item.deviceId] : []))
    return ids.length === 0 ? [] : [{ outcome, count: ids.length, ids }]
  })
}

/** Devices by what became of them, each with its name and serial number as soon as somebody wants to know. */
export class Groups {
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<BannerText>
  readonly #known = new Map<string, readonly DeviceView[] | 'loading' | 'failed'>()
  readonly #limits = new Map<string, number>()
  #shown = ''

  constructor(host: LitElement, store: StoreConsumer, words: Localize<BannerText>) {
    this.#host = host
    this.#store = store
    this.#words = words
  }

  render(groups: readonly Group[], me: Me): TemplateResult {
    const shown = JSON.stringify(groups)
    if (shown !== this.#shown) {
      this.#known.clear()
      this.#limits.clear()
    }
    this.#shown = shown
    const words = this.#words
    return html`<ul class="groups" part="groups">${groups.map((group) => html`<li><details part="group" @toggle=${(event: Event) => this.#toggle(event, group, groups)}>
      <summary><span class="title">${words.text(`banner.group-${group.outcome}`)}</span> <span class="muted count">${words.formats.number(group.count)}</span></summary>
      ${group.outcome === 'started' ? nothing : html`<p class="muted">${reasonText(words, 'grace', group.outcome)}</p>`}
      ${this.#devices(group, groups, me)}</details></li>`)}</ul>`
  }

  #devices(group: Group, groups: readonly Group[], me: Me): TemplateResult | typeof nothing {
    const words = this.#words
    const known = this.#known.get(group.outcome)
    if (known === undefined) return nothing
    if (known === 'loading') return html`<p class="muted" role="status">${words.text('banner.loading')}</p>`
    if (known === 'failed') {
      return html`<p role="alert">${words.text('banner.loading-failed')} <button type="button" class="link" @click=${() => this.#load(group, groups)}>${words.text('trouble.retry')}</button></p>`
    }
    const limit = this.#limits.get(group.outcome) ?? FEW
    const left = (group.ids?.length ?? known.length) - limit
    return html`<ul class="devices">${known.slice(0, limit).map((device) => html`<li><span>${this.#name(device, me)}</span><bdi class="muted">${device.serial}</bdi></li>`)}</ul>
      ${left <= 0 ? nothing : html`<p><button type="button" class="link" @click=${() => this.#more(group, groups, limit + FEW)}
        >${words.text('banner.more', { count: Math.min(left, FEW) })}</button></p>`}`
  }

  #name({ id, name }: DeviceView, { links }: Me): TemplateResult {
    const link = links.licenseTab ?? links.device
    if (link === null) return html`<bdi>${name}</bdi>`
    return html`<a href=${linkTo(link, id)} @click=${(event: MouseEvent) => { followLink(event, id) }}><bdi>${name}</bdi></a>`
  }

  #toggle(event: Event, group: Group, groups: readonly Group[]): void {
    if ((event.currentTarget as HTMLDetailsElement).open && !this.#known.has(group.outcome)) void this.#load(group, groups)
  }

  #more(group: Group, groups: readonly Group[], limit: number): void {
    this.#limits.set(group.outcome, limit)
    this.#host.requestUpdate()
    if (group.ids !== null) void this.#load(group, groups)
  }

  async #load(group: Group, groups: readonly Group[]): Promise<void> {
    const store = this.#store.value
    if (store === null) return
    const shown = this.#shown
    if (!Array.isArray(this.#known.get(group.outcome))) this.#set([[group.outcome, 'loading']])
    try {
      const found = await this.#ask(store, group, groups)
      if (shown === this.#shown) this.#set(found)
    } catch {
      if (shown === this.#shown) this.#set([[group.outcome, 'failed']])
    }
  }

  async #ask(store: LicenseStore, { outcome, ids }: Group, groups: readonly Group[]): Promise<[string, readonly DeviceView[]][]> {
    // Where it is not known which, all of them are looked for at once.
    if (ids === null) return [[outcome, []], ...await store.notEligible(groups.reduce((sum, { count }) => sum + count, 0))]
    const before = this.#known.get(outcome)
    const known = Array.isArray(before) ? before as readonly DeviceView[] : []
    return [[outcome, [...known, ...await store.findDevices(ids.slice(known.length, this.#limits.get(outcome) ?? FEW))]]]
  }

  #set(known: [string, readonly DeviceView[] | 'loading' | 'failed'][]): void {
    for (const [outcome, what] of known) this.#known.set(outcome, what)
    this.#host.requestUpdate()
  }
}

import type { Decision } from '../../bff/enforcement/decision.ts'
import type { DeviceView } from '../../bff/ledger/view.ts'
import { Refusal } from './api.ts'
import { type Area, areaOf, AREAS, type Feature } from './areas.ts'
import { Dashboard } from './dashboard.ts'
import { h, say } from './dom.ts'
import { Functions } from './functions.ts'
import { History } from './history.ts'
import { icon } from './icons.ts'
import { lockedPanel } from './locked-panel.ts'
import { blank, LostPage, type Page, type Portal } from './page.ts'
import { deviceAddress, deviceIn } from './router.ts'
import { Tabs } from './tabs.ts'
import type { View } from './view.ts'

const FEATURES = ['dashboard', 'history', 'functions'] as const satisfies readonly Feature[]
const VIEWS = { dashboard: Dashboard, history: History, functions: Functions } as const satisfies Record<Feature, new (portal: Portal, device: DeviceView) => View>

/** One device: its data as far as its licence opens it, and its licence. */
export class DevicePage implements Page {
  readonly element: HTMLElement
  readonly deviceId: string
  readonly #portal: Portal
  readonly #name = h('bdi')
  readonly #facts = h('p', { class: 'muted facts' })
  /** What stands there until the device is known, and what takes its place: new boxes, so that none moves. */
  readonly #pending = h('div', { class: 'pending', 'aria-busy': 'true' }, blank('long'), h('div', { class: 'card' }))
  readonly #known: readonly HTMLElement[]
  readonly #tabs: Tabs
  /** What is shown in an area, and for what: the open view itself, or a panel that says why not. */
  readonly #shown = new Map<Feature, { state: string; view: View | null }>()
  readonly #onHidden = (): void => { if (document.hidden) this.#view?.stop() }
  #area: Area

  constructor(portal: Portal, id: string, hash: string) {
    const { texts } = portal
    this.#portal = portal
    this.deviceId = id
    this.#area = areaOf(hash) ?? 'dashboard'
    this.#tabs = new Tabs(texts.tabs, texts.deviceTabs, (area) => { this.#choose(area) })
    this.#name.append(blank('long'))
    this.#tabs.panels.license.append(h('license-tab', { 'device-id': id }))
    const badge = h('license-badge', { 'device-id': id, hidden: true })
    const rest = h('div', { hidden: true }, this.#facts, this.#tabs.element, ...AREAS.map((area) => this.#tabs.panels[area]))
    this.#known = [badge, rest]
    this.element = h('div', { class: 'device' },
      h('p', { class: 'trail' }, h('a', { href: '/' }, icon('back'), texts.assets)),
      h('div', { class: 'head' }, h('h1', { tabindex: -1 }, this.#name), badge), this.#pending, rest)
    this.#tabs.select(this.#area)
    document.addEventListener('visibilitychange', this.#onHidden)
  }

  get title(): string {
    return this.#name.textContent === '' ? this.#portal.texts.assets : this.#name.textContent
  }

  async refresh(): Promise<void> {
    const { api, clock } = this.#portal
    const found = await Promise.all([api.device(this.deviceId), ...FEATURES.map((feature) => api.feature(this.deviceId, feature))]).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 404) return null
      throw error
    })
    if (found === null) {
      this.#lose()
      return
    }
    const [device, ...decisions] = found
    clock.set(device.license.now)
    this.#describe(device)
    FEATURES.forEach((feature, index) => { this.#decide(feature, decisions[index], device) })
  }

  accepts(url: URL): boolean {
    if (deviceIn(url.pathname) !== this.deviceId) return false
    this.#show(areaOf(url.hash) ?? 'dashboard')
    return true
  }

  focus(): void {
    const panel = this.#tabs.panels[this.#area]
    ;(panel.querySelector('h2') ?? panel).focus({ preventScroll: true })
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onHidden)
    for (const { view } of this.#shown.values()) view?.close()
  }

  #describe({ name, serial, model, siteId }: DeviceView): void {
    const { texts } = this.#portal
    say(this.#name, name)
    this.#pending.remove()
    for (const element of this.#known) element.hidden = false
    const fact = (term: string, value: string, mono = false): HTMLElement =>
      h('span', { title: term }, h('span', { class: 'hidden' }, `${term}: `), h('bdi', { class: mono ? 'mono' : null }, value))
    this.#facts.replaceChildren(fact(texts.serial, serial, true), fact(texts.model, model), ...(siteId === null ? [] : [fact(texts.site, siteId)]))
  }

  /** Opens or closes an area; what is open stays as it is while it stays open. */
  #decide(feature: Feature, decision: Decision | undefined, device: DeviceView): void {
    const open = decision?.allowed === true
    const state = open ? 'open' : `closed ${JSON.stringify([device.license.status, device.license.lastDay, device.license.actions])}`
    const before = this.#shown.get(feature)
    if (before?.state === state) {
      if (feature === this.#area) this.#begin()
      return
    }
    const panel = this.#tabs.panels[feature]
    const stood = panel.contains(document.activeElement)
    before?.view?.close()
    const view = open ? new VIEWS[feature](this.#portal, device) : null
    this.#shown.set(feature, { state, view })
    panel.replaceChildren(view?.element ?? lockedPanel(this.#portal, feature, device))
    if (feature === this.#area) this.#begin()
    if (stood) panel.querySelector('h2')?.focus({ preventScroll: true })
  }

  #choose(area: Area): void {
    this.#portal.rename(`${deviceAddress(this.deviceId)}#${area}`)
    this.#show(area)
  }

  #show(area: Area): void {
    const before = this.#area
    this.#area = area
    this.#tabs.select(area)
    if (before !== 'license' && before !== area) this.#shown.get(before)?.view?.stop()
    this.#begin()
  }

  /** The view that is shown; null where the area is closed, or the licence's. */
  get #view(): View | null {
    return this.#area === 'license' ? null : this.#shown.get(this.#area)?.view ?? null
  }

  /** A page that nobody looks at asks for nothing; the portal reads it again when somebody does. */
  #begin(): void {
    if (!document.hidden) this.#view?.start()
  }

  #lose(): void {
    this.close()
    this.#shown.clear()
    const lost = new LostPage(this.#portal, this.#portal.texts.noDevice)
    say(this.#name, lost.title)
    this.element.replaceChildren(lost.element)
  }
}

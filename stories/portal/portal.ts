/** The demo portal: one document, its pages, and the license elements in them. */
import { Api, type Me, Refusal } from './api.ts'
import { AssetsPage } from './assets.page.ts'
import { Clock } from './clock.ts'
import { DemoBar } from './demo-bar.ts'
import { DevicePage } from './device.page.ts'
import { find, keepingFocus } from './dom.ts'
import { Formats } from './formats.ts'
import { Frame } from './frame.ts'
import { Guide } from './guide.ts'
import { lastDayOf } from './last-day.ts'
import { failureNotice, LostPage, type Page, type Portal } from './page.ts'
import { deviceIn, Router } from './router.ts'
import { applySettings, keepSetting, localeOf, readSettings, type Settings } from './settings.ts'
import { DE } from './texts.de.ts'
import { EN, type Message, type Texts } from './texts.en.ts'
import { getTokenOf, tokenOf } from './visitor.ts'

const TEXTS = { en: EN, de: DE } as const
const NAME = 'Velthorn Connect'
/** What the maker sells. */
const MODELS = ['HP-8', 'HP-12', 'VU-450', 'WS-20', 'FS-10', 'FS-30']
/** How long the former page is shown while the next one reads its data (ms). */
const PATIENCE_MS = 200

/** Keeps the page that is shown, and tells everything what the visitor has chosen. */
class App implements Portal {
  readonly clock = new Clock()
  readonly api = new Api(() => tokenOf(this.#settings.role))
  readonly #provider = find('license-provider')
  readonly #main = find('main')
  readonly #router = new Router((url, how) => { void this.#arrive(url, how) })
  readonly #guide = new Guide(find('.guide'), () => { this.#main.focus() })
  readonly #frame = new Frame((name, value) => { this.#change(name, value) }, () => {
    scrollTo(0, 0)
    this.#guide.open()
  })
  readonly #bar = new DemoBar(find('.demo'), {
    move: (addDays) => { void this.#moveClock(async () => (addDays === null ? {} : { addDays })) },
    moveToLastDay: () => {
      void this.#moveClock(async () => ({ now: await lastDayOf(this.api, this.#page?.deviceId ?? null) ?? new Date(this.clock.now()).toISOString() }))
    },
    play: (role) => { this.#change('role', role) },
  })
  #settings = readSettings()
  #page: Page | null = null
  #notice: HTMLElement | null = null
  #arrivals = 0
  #me: Promise<Me> | null = null
  me: Me | null = null
  texts: Texts = EN
  formats = new Formats('en-GB')

  get timeZone(): string {
    return this.me?.workspace.timeZone ?? 'UTC'
  }

  start(): void {
    this.#speak()
    this.#provider.getToken = getTokenOf(this.#settings.role)
    document.body.addEventListener('license-changed', () => { this.reread() })
    document.body.addEventListener('license-navigate', (event) => {
      event.preventDefault()
      this.#router.go(event.href)
    })
    document.body.addEventListener('license-alerts-changed', () => { this.reread() })
    for (const modal of [find('voucher-modal'), find('contact-sales-modal'), find('welcome-wizard')]) {
      modal.addEventListener('close', () => { if (document.activeElement === document.body) this.#page?.focus(modal.deviceId) })
    }
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.reread() })
    void this.#arrive(new URL(location.href), 'history')
  }

  rename(href: string): void {
    this.#router.rename(href)
  }

  reread(): void {
    if (this.#page !== null) void this.#refresh(this.#page)
  }

  openVoucher(deviceId: string): void {
    const modal = find('voucher-modal')
    modal.deviceId = deviceId
    modal.open = true
  }

  openWizard(): void {
    const wizard = find('welcome-wizard')
    wizard.models = MODELS
    wizard.addEventListener('close', () => { this.reread() }, { once: true })
    wizard.open = true
  }

  async settled(): Promise<void> {
    await customElements.whenDefined('license-provider')
    await this.#provider.settled()
  }

  openContact(deviceId: string): void {
    const modal = find('contact-sales-modal')
    modal.deviceId = deviceId
    modal.open = true
  }

  /** Shows the page of an address; the former one stays until the new one has something to show. */
  async #arrive(url: URL, how: 'link' | 'history' | 'again'): Promise<void> {
    this.#frame.showPlace(url.pathname)
    if (how !== 'again' && this.#page?.accepts(url) === true) {
      this.reread()
      if (how === 'link') this.#begin()
      return
    }
    this.#arrivals += 1
    const arrival = this.#arrivals
    const page = this.#make(url)
    const ready = this.#refresh(page)
    if (this.#page !== null) await Promise.race([ready, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS) })])
    if (arrival !== this.#arrivals) {
      page.close()
      return
    }
    const first = this.#page === null
    this.#page?.close()
    this.#page = page
    keepingFocus(() => { this.#main.replaceChildren(...(this.#notice === null ? [] : [this.#notice]), page.element) })
    document.title = `${page.title} · ${NAME}`
    if (how === 'link') this.#begin()
    if (how === 'history' && !first) scrollTo(0, this.#router.scroll)
    await ready
    document.title = `${page.title} · ${NAME}`
  }

  /** Begins a page at its heading, as a new document would. */
  #begin(): void {
    scrollTo(0, 0)
    this.#main.querySelector('h1')?.focus({ preventScroll: true })
  }

  #make(url: URL): Page {
    const id = deviceIn(url.pathname)
    if (id !== null) return new DevicePage(this, id, url.hash)
    return url.pathname === '/' ? new AssetsPage(this, url) : new LostPage(this)
  }

  async #refresh(page: Page): Promise<void> {
    try {
      this.me = await (this.#me ??= this.api.me())
      this.#frame.showWho(this.me)
      this.#bar.tick()
      await page.refresh()
      if (this.#calm()) this.#main.querySelector('h1')?.focus({ preventScroll: true })
    } catch (error) {
      if (this.me === null) this.#me = null
      this.#tell(error instanceof Refusal && error.status === 403 ? this.texts.forbidden : this.texts.failed)
      if (!(error instanceof Refusal)) throw error
    }
  }

  #tell(message: Message): void {
    const stood = this.#calm()
    this.#notice = failureNotice(this.texts, message, () => { this.reread() })
    this.#main.prepend(this.#notice)
    if (stood) this.#notice.querySelector('button')?.focus()
  }

  /** Takes the notice away; answers whether the focus went with it. */
  #calm(): boolean {
    const stood = this.#notice?.contains(document.activeElement) ?? false
    this.#notice?.remove()
    this.#notice = null
    return stood
  }

  async #moveClock(where: () => Promise<{ addDays?: number; now?: string }>): Promise<void> {
    try {
      this.clock.set(await this.api.moveClock(await where()))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#tell(error.status === 0 ? this.texts.failed : this.texts.clockFailed)
      return
    }
    this.#bar.announce()
    this.reread()
    await this.#provider.refresh?.()
  }

  #change<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
    this.#settings = { ...this.#settings, [name]: value }
    keepSetting(name, value)
    if (name === 'theme') {
      applySettings(this.#settings)
      return
    }
    if (name === 'role') {
      this.#me = null
      this.#provider.getToken = getTokenOf(this.#settings.role)
    } else {
      this.#speak()
    }
    void this.#arrive(new URL(location.href), 'again')
  }

  /** Puts everything around the page into the person's language. */
  #speak(): void {
    const { language, role } = this.#settings
    const locale = localeOf(language)
    this.texts = TEXTS[language]
    this.formats = new Formats(locale)
    this.#provider.locale = locale
    applySettings(this.#settings)
    this.#frame.show(this.texts, this.#settings)
    this.#guide.show(this.texts)
    this.#frame.showPlace(location.pathname)
    this.#bar.show(this, role)
  }
}

new App().start()

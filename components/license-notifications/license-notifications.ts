import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { frame } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { followLink } from '../shared/navigate.ts'
import { Snoozing } from '../shared/snooze.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { staleWords, troubleWords } from '../shared/trouble.ts'
import type { Me, Notification, Notifications, ProblemBody } from '../shared/wire.ts'
import { styles } from './license-notifications.styles.ts'
import { type NotificationsText, notificationsTexts } from './license-notifications.texts.ts'
import { notificationRow } from './notification-row.ts'
import { emptyNote, snoozeFoot, troubleNote, warningNote, warningTitle } from './panel-parts.ts'
import { keepPlace } from './panel-place.ts'

/** A bell (Lucide, ISC licence). */
const BELL = '<path d="M10.3 21a1.94 1.94 0 0 0 3.4 0M6 8a6 6 0 0 1 12 0c0 4.5 1.4 6 2.7 7.3a1 1 0 0 1-.7 1.7H4a1 1 0 0 1-.7-1.7C4.6 14 6 12.5 6 8"/>'

/** What more is drawn as "9+". */
const MOST_COUNTED = 9

/**
 * A bell for the header of a page, with how many reminders about licences that end are unread, and a panel that lists them.
 *
 * @summary Reminders about licences that end, behind a bell.
 * @tag license-notifications
 * @fires license-navigate - The link to a device's License tab is about to be followed. Cancel it to go there yourself.
 * @csspart bell - The button.
 * @csspart count - How many are unread, on the button.
 * @csspart mark - The mark on the button that tells admins of a warning.
 * @csspart icon - An icon.
 * @csspart panel - The panel.
 * @csspart warning - What admins have to know of the reminders themselves.
 * @csspart item - One reminder.
 * @csspart unread - The mark of one that is unread.
 * @csspart snooze - A button that puts a warning off.
 * @csspart more - The button that shows more.
 * @csspart trouble - What is told when they cannot be loaded.
 * @cssproperty --license-accent - The count, the marks, and links.
 * @cssproperty --license-surface - Behind the panel; `--license-line` borders and `--license-radius-card` rounds it.
 * @cssproperty --license-bad - The icon of what has expired; `--license-warn` that of what expires, `--license-info` that of a grace period.
 */
export class LicenseNotifications extends LitElement {
  static override styles = styles

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<NotificationsText>(this, this.#store, notificationsTexts)
  readonly #known = new Watch(this, this.#store, (store) => store.notifications)
  readonly #me = new Watch(this, this.#store, (store) => store.me)
  readonly #snoozing = new Snoozing(this, this.#store, this.#words, (text) => { this.#said = text })
  #said = ''
  /** What was unread last. */
  #unread: number | null = null
  #running = false
  #endPlace: (() => void) | null = null

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#endPlace?.()
    this.#endPlace = null
  }

  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement ?? null
    this.#tell()
    super.update(changed)
    // What had the focus may be gone: the panel is where one was.
    if (focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  override render(): TemplateResult | typeof nothing {
    const { resource, value: known } = this.#known
    // A BFF of before has none.
    if (resource === null || resource.problem?.status === 404) return nothing
    const words = this.#words
    const unread = known?.unread ?? 0
    const me = this.#me.value
    const warnings = me === null ? [] : (known?.warnings ?? []).map((warning) => warningTitle(words, warning, me))
    const label = [words.text(unread === 0 ? 'notifications.title' : 'notifications.bell', { count: unread }), ...warnings].join('. ')
    return html`<button type="button" class="bell" part="bell" popovertarget="panel" aria-haspopup="dialog" lang=${words.language} aria-label=${label} title=${label}
      >${frame(BELL)}${unread === 0 ? nothing : html`<span class="count" part="count" data-count=${words.formats.number(Math.min(unread, MOST_COUNTED)) + (unread > MOST_COUNTED ? '+' : '')}></span>`}
        ${warnings.length === 0 ? nothing : html`<span class="mark tone-warn" part="mark"></span>`}</button>
      <div id="panel" class="panel" part="panel" popover role="dialog" lang=${words.language} aria-labelledby="title" @beforetoggle=${this.#toggling} @focusout=${this.#leaving}>
        <div class="head"><h2 id="title" tabindex="-1" autofocus>${words.text('notifications.title')}</h2>${unread === 0 ? nothing
          : html`<button type="button" class="link" aria-disabled=${this.#running} @click=${this.#readAll}>${words.text('notifications.read-all')}</button>`}</div>
        ${this.#content(known, me, resource.problem ?? this.#me.resource?.problem ?? null)}</div>
      <p class="hidden" role="status">${this.#said}</p>`
  }

  #content(known: Notifications | null, me: Me | null, problem: ProblemBody | null): TemplateResult {
    const words = this.#words
    if (known === null || me === null) {
      return problem === null ? html`<p class="empty muted">${words.text('notifications.loading')}</p>` : this.#trouble(troubleWords(words, problem))
    }
    const now = this.#now
    const chosen = this.#choose
    return html`${problem === null ? nothing : this.#trouble(staleWords(words, problem, { at: this.#known.resource?.at ?? 0, now, timeZone: me.workspace.timeZone }))}
      ${known.warnings.map((warning) => warningNote(words, warning, me))}
      ${known.items.length === 0 ? emptyNote(words, known)
        : html`<ul>${known.items.map((notification) => html`<li>${notificationRow(words, notification, { me, now, chosen })}</li>`)}</ul>`}
      ${known.nextCursor === null ? nothing : html`<div class="foot"><button type="button" class="link" part="more" aria-disabled=${this.#running} @click=${this.#more}>${words.text('notifications.more')}</button></div>`}
      ${snoozeFoot(words, known, { me, now, snooze: (alert) => { void this.#snoozing.snooze(alert) } })}`
  }

  #trouble(told: [title: string, detail: string]): TemplateResult {
    return troubleNote(this.#words, told, () => { void this.#store.value?.refresh() })
  }

  get #now(): number {
    return this.#store.value?.now() ?? 0
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector('.panel')
  }

  /** Reads out that there are more; not what stands there at first. */
  #tell(): void {
    const unread = this.#known.value?.unread ?? null
    if (unread !== null && this.#unread !== null && unread > this.#unread) this.#said = this.#words.text('notifications.news', { count: unread })
    this.#unread = unread
  }

  readonly #toggling = ({ newState }: ToggleEvent): void => {
    const bell = this.renderRoot.querySelector<HTMLElement>('.bell')
    const panel = this.#panel
    // Browsers give it back themselves, but not all of them in a shadow tree.
    if (newState === 'closed' && panel?.contains(this.shadowRoot?.activeElement ?? null) === true) bell?.focus({ preventScroll: true })
    this.#endPlace?.()
    this.#endPlace = newState === 'open' && bell !== null && panel !== null ? keepPlace(bell, panel) : null
    // How long ago something was is told as of now.
    this.requestUpdate()
  }

  /** Whoever goes on elsewhere would not see what the panel covers. */
  readonly #leaving = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !this.renderRoot.contains(relatedTarget)) this.#panel?.hidePopover()
  }

  readonly #choose = ({ id, deviceId, read }: Notification, event: MouseEvent): void => {
    if (!read) void this.#store.value?.readNotifications(id, 'one').catch(() => {})
    if (!(event.currentTarget instanceof HTMLAnchorElement)) return
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    followLink(event, deviceId)
    if (!elsewhere) this.#panel?.hidePopover()
  }

  readonly #readAll = (): void => {
    const [newest] = this.#known.value?.items ?? []
    if (newest !== undefined) void this.#run(async () => { await this.#store.value?.readNotifications(newest.id, 'through') }, 'notifications.all-read')
  }

  readonly #more = async (): Promise<void> => {
    const before = this.#known.value?.items.length ?? 0
    await this.#run(async () => { await this.#store.value?.moreNotifications() }, null)
    await this.updateComplete
    this.renderRoot.querySelectorAll<HTMLElement>('.item')[before]?.focus()
  }

  async #run(act: () => Promise<void>, done: NotificationsText | null): Promise<void> {
    if (this.#running) return
    this.#running = true
    this.requestUpdate()
    try {
      await act()
      if (done !== null) this.#said = this.#words.text(done)
    } catch {
      this.#said = this.#words.text('notifications.not-read')
    }
    this.#running = false
    this.requestUpdate()
  }
}

import type { Context, ContextEvent } from '@lit/context'
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { storeContext } from '../shared/context.ts'
import { LicenseAuthRequiredEvent, LicenseChangedEvent, LicenseErrorEvent } from '../shared/events.ts'
import type { TextOverrides } from '../shared/texts.ts'
import { LicenseStore } from '../shared/store.ts'

/**
 * The one element that talks to the BFF. Put it around the part of the page that has other license elements.
 *
 * @summary Connects the elements inside it to a BFF.
 * @tag license-provider
 * @slot - The page, or the part of it that has license elements.
 * @fires license-changed - A licence is another than it was. Not cancelable.
 * @fires license-error - The BFF refused something or could not be reached; `problem` says what. Not cancelable.
 * @fires license-auth-required - Nobody is signed in, and a fresh token did not help. Not cancelable.
 * @fires context-provider - It is there, for elements that look for it. Not cancelable.
 */
export class LicenseProvider extends LitElement {
  static override styles = css`:host { display: contents }`

  /** Where the BFF is, such as `https://licenses.example`; empty for the page's own origin. */
  @property({ attribute: 'base-url' }) baseUrl = ''

  /** Language and country of texts and dates, such as `de-AT`; left out, the nearest `lang` counts. */
  @property() locale: string | null = null

  /** Answers a session token for the person who is signed in. It is asked once, and again after a 401. Without it cookies are sent. */
  @property({ attribute: false }) getToken: (() => Promise<string> | string) | null = null

  /** Sends the requests, in place of the browser's own `fetch`. */
  @property({ attribute: false }) fetch: typeof fetch | null = null

  /** Texts of yours in place of ours, by key. */
  @property({ attribute: false }) texts: TextOverrides | null = null

  readonly #store = new LicenseStore({
    changed: (license) => { this.dispatchEvent(new LicenseChangedEvent(license)) },
    problem: (problem) => { this.dispatchEvent(new LicenseErrorEvent(problem)) },
    unauthenticated: () => { this.dispatchEvent(new LicenseAuthRequiredEvent()) },
  })

  constructor() {
    super()
    this.addEventListener('context-request', this.#provide)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Elements that were there first ask again.
    this.dispatchEvent(new Event('context-provider', { bubbles: true, composed: true }))
    this.#configure()
    this.#store.start()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#store.stop()
  }

  /** Asks the BFF again for everything that is shown. Resolves when it is known. */
  async refresh(): Promise<void> {
    await this.updateComplete
    await this.#store.refresh()
  }

  /** Resolves when no request is under way. */
  async settled(): Promise<void> {
    await this.updateComplete
    await this.#store.settled()
  }

  /** Answers who asks for the store (W3C Community Protocol "Context"); it never changes, so that nobody has to subscribe. */
  readonly #provide = (event: ContextEvent<Context<unknown, unknown>>): void => {
    if (event.context !== storeContext || event.contextTarget === this) return
    event.stopPropagation()
    event.callback(this.#store)
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.size > 0) this.#configure()
  }

  override render(): TemplateResult {
    return html`<slot></slot>`
  }

  #configure(): void {
    const { baseUrl, locale, getToken, fetch, texts } = this
    this.#store.configure({ baseUrl: baseUrl.replace(/\/+$/, ''), locale: locale === '' ? null : locale, getToken, fetch, texts })
  }
}

import { html, type LitElement, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { Keys } from '../shared/keys.ts'
import type { Localize } from '../shared/localize.ts'
import { notice, sentences } from '../shared/notice.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { DeviceView, Me } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

/** Whether a device is to be renewed (R26): a switch for admins, a word for everybody else. */
export class Renewal {
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<TabText>
  readonly #keys = new Keys()
  #running = false
  #failed = false

  constructor(host: LitElement, store: StoreConsumer, words: Localize<TabText>) {
    this.#host = host
    this.#store = store
    this.#words = words
  }

  render(device: DeviceView | null, me: Me): TemplateResult | typeof nothing {
    const words = this.#words
    const renewalPlanned = device?.renewalPlanned ?? true
    const more = html`<span id="renewal-more" class="muted small">${words.text(renewalPlanned ? 'tab.renewal-more' : 'tab.renewal-off')}</span>`
    if (!me.roles.includes('admin')) return renewalPlanned ? nothing : html`<p class="bar renewal" part="renewal"><span>${words.text('tab.renewal')}</span> ${more}</p>`
    return html`<div class="bar renewal" part="renewal"><label><input type="checkbox" role="switch" .checked=${live(!renewalPlanned)} aria-disabled=${this.#running || device === null}
        aria-describedby="renewal-more" @click=${(event: Event) => this.#press(event, device)}><span>${words.text('tab.renewal')}</span></label> ${more}
      <div role="alert">${this.#failed ? notice('bad', ...sentences(words.text('tab.renewal-failed'))) : nothing}</div></div>`
  }

  /** The switch moves when the server says so. */
  #press(event: Event, device: DeviceView | null): void {
    event.preventDefault()
    if (device !== null && !this.#running) void this.#set(device.id, !device.renewalPlanned)
  }

  async #set(id: string, planned: boolean): Promise<void> {
    const store = this.#store.value
    if (store === null) return
    this.#running = true
    this.#failed = false
    this.#host.requestUpdate()
    try {
      await this.#keys.use(`${id} ${planned}`, (key) => store.setRenewal(id, planned, key))
    } catch {
      this.#failed = true
    }
    this.#running = false
    this.#host.requestUpdate()
  }
}

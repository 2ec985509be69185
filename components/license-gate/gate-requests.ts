import type { LitElement } from 'lit'
import type { ContactSalesModal } from '../contact-sales-modal/contact-sales-modal.ts'
import { LicenseActivateRequestEvent, LicenseContactRequestEvent, LicenseRenewRequestEvent } from '../shared/events.ts'
import { followLink } from '../shared/navigate.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { LicenseView } from '../shared/wire.ts'
import type { VoucherModal } from '../voucher-modal/voucher-modal.ts'
import { type PanelHandlers, redeeming } from './gate-panel.ts'

/** What people ask for at a gate: each is an event first, which the host can cancel, and then a dialog. */
export class GateRequests implements PanelHandlers {
  /** Whether somebody has asked for a dialog: before that none is drawn. */
  asked = false
  readonly #host: LitElement & { deviceId: string }
  readonly #store: StoreConsumer
  readonly #license: () => LicenseView | null

  constructor(host: LitElement & { deviceId: string }, store: StoreConsumer, license: () => LicenseView | null) {
    this.#host = host
    this.#store = store
    this.#license = license
  }

  readonly redeem = (): void => {
    const Request = redeeming(this.#license()) === 'activate' ? LicenseActivateRequestEvent : LicenseRenewRequestEvent
    if (this.#host.dispatchEvent(new Request(this.#host.deviceId))) this.#show('voucher-modal')
  }

  readonly contact = (): void => {
    if (this.#host.dispatchEvent(new LicenseContactRequestEvent([this.#host.deviceId]))) this.#show('contact-sales-modal')
  }

  readonly retry = (): void => { void this.#store.value?.refresh() }

  readonly follow = (event: MouseEvent): void => { followLink(event, this.#host.deviceId) }

  #show(tag: 'voucher-modal' | 'contact-sales-modal'): void {
    this.asked = true
    this.#host.requestUpdate()
    void this.#host.updateComplete.then(() => this.#host.renderRoot.querySelector<Partial<VoucherModal | ContactSalesModal> & Element>(tag)?.show?.())
  }
}

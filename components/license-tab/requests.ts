import type { LitElement } from 'lit'
import type { ContactSalesModal } from '../contact-sales-modal/contact-sales-modal.ts'
import { AskDialog, type Question } from '../shared/ask-dialog.ts'
import { problemOf } from '../shared/client.ts'
import {
  LicenseActivateRequestEvent, LicenseContactRequestEvent, LicenseGraceRequestEvent, LicenseRenewRequestEvent, LicenseTrialRequestEvent, LicenseUndoRequestEvent,
} from '../shared/events.ts'
import { Keys } from '../shared/keys.ts'
import type { Localize } from '../shared/localize.ts'
import { plain } from '../shared/plain.ts'
import { daysFor, lastDayWords, type Startable, startRefusal } from '../shared/start.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import { SupportDialog } from '../shared/support-dialog.ts'
import type { LicenseWithLedger, Me } from '../shared/wire.ts'
import type { VoucherModal } from '../voucher-modal/voucher-modal.ts'
import type { ActionHandlers } from './action-bar.ts'
import type { TabText } from './license-tab.texts.ts'
import { undoable, undoQuestion } from './undo.ts'

type Host = LitElement & { deviceId: string }

/** What people ask for in the tab: each is an event first, which the host can cancel, and then a dialog. */
export class Requests implements ActionHandlers {
  readonly dialog: AskDialog
  readonly supporting: SupportDialog
  readonly #host: Host
  readonly #store: StoreConsumer
  readonly #words: Localize<TabText>
  readonly #ledger: () => LicenseWithLedger | null
  readonly #keys = new Keys()

  constructor(host: Host, store: StoreConsumer, words: Localize<TabText>, ledger: () => LicenseWithLedger | null) {
    this.#host = host
    this.#store = store
    this.#words = words
    this.#ledger = ledger
    this.dialog = new AskDialog(host, () => words.language)
    this.supporting = new SupportDialog(host, store, words)
  }

  /** Null, or without methods, where nobody registered it. */
  get voucher(): Partial<VoucherModal> | null {
    return this.#host.renderRoot.querySelector('voucher-modal')
  }

  readonly redeem = (): void => {
    const Request = this.#ledger()?.actions.includes('activate') === true ? LicenseActivateRequestEvent : LicenseRenewRequestEvent
    if (this.#host.dispatchEvent(new Request(this.#host.deviceId))) this.voucher?.show?.()
  }

  readonly contact = (): void => {
    const sales: Partial<ContactSalesModal> | null = this.#host.renderRoot.querySelector('contact-sales-modal')
    if (this.#host.dispatchEvent(new LicenseContactRequestEvent([this.#host.deviceId]))) sales?.show?.()
  }

  readonly support = (): void => {
    const { deviceId } = this.#host
    const device = this.#store.value?.device(deviceId).value ?? null
    const lines = device === null ? [] : [this.#words.text('tab.support-line', { name: plain(device.name), serial: plain(device.serial) })]
    this.supporting.show({ deviceIds: [deviceId], lines })
  }

  readonly undo = (): void => {
    const { deviceId } = this.#host
    const ledger = this.#ledger()
    const store = this.#store.value
    const grant = ledger === null ? null : undoable(ledger)
    if (grant === null || store === null || !this.#host.dispatchEvent(new LicenseUndoRequestEvent(deviceId))) return
    this.dialog.show(() => undoQuestion(this.#words, store, deviceId, grant))
  }

  readonly start = (kind: Startable): void => {
    const { deviceId } = this.#host
    const store = this.#store.value
    const request = kind === 'trial' ? new LicenseTrialRequestEvent(deviceId) : new LicenseGraceRequestEvent([deviceId])
    if (store !== null && this.#host.dispatchEvent(request)) this.dialog.show(() => this.#startQuestion(store, kind, deviceId))
  }

  #startQuestion(store: LicenseStore, kind: Startable, deviceId: string): Question {
    const words = this.#words
    const day = { day: lastDay(words, store, kind, deviceId) }
    return {
      title: words.text(`start.${kind}-title`),
      more: words.text(`start.${kind}-more`, day),
      cancel: words.text('start.cancel'),
      does: words.text('start.until', day),
      running: words.text('start.running'),
      act: () => this.#start(store, kind, deviceId),
      refused: (problem) => startRefusal(words, kind, problem),
    }
  }

  async #start(store: LicenseStore, kind: Startable, deviceId: string): Promise<void> {
    try {
      await this.#keys.use(`${kind} ${deviceId}`, (key) => store.begin(kind, deviceId, key))
    } catch (error) {
      if (problemOf(error).status === 409) void store.refresh()
      throw error
    }
  }
}

/** The last day of what is started now, in words. */
function lastDay(words: Localize<TabText>, store: LicenseStore, kind: Startable, deviceId: string): string {
  const me: Me | null = store.me.value
  return me === null ? '' : lastDayWords(words, daysFor(me, store.device(deviceId).value?.model ?? '')[`${kind}Days`], store.now(), me)
}

import type { LitElement } from 'lit'
import { problemOf } from '../shared/client.ts'
import { LicenseTrialRequestEvent } from '../shared/events.ts'
import { Keys } from '../shared/keys.ts'
import type { StoreConsumer } from '../shared/store-consumer.ts'
import type { LicenseView, ProblemBody } from '../shared/wire.ts'

/** Starts the trial of a device for an element, unless its host does that itself. */
export class TrialStart {
  running = false
  /** Why it has not started. */
  refused: ProblemBody | null = null
  /** The licence, once it has started here. */
  started: LicenseView | null = null
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #keys = new Keys()
  #run = 0

  constructor(host: LitElement, store: StoreConsumer) {
    this.#host = host
    this.#store = store
  }

  /** Forgets what came of it: it is about another device now. */
  forget(): void {
    this.#run += 1
    this.running = false
    this.refused = null
    this.started = null
  }

  /** Asks the host, and starts it. */
  async start(deviceId: string): Promise<void> {
    const store = this.#store.value
    if (store === null || this.running || !this.#host.dispatchEvent(new LicenseTrialRequestEvent(deviceId))) return
    const run = this.#run += 1
    this.running = true
    this.refused = null
    this.#host.requestUpdate()
    let started: LicenseView | null = null
    let refused: ProblemBody | null = null
    try {
      started = (await this.#keys.use(deviceId, (key) => store.begin('trial', deviceId, key))).license
    } catch (error) {
      refused = problemOf(error)
      // It is not what it was taken for.
      if (refused.status === 409) void store.refresh()
    }
    if (run !== this.#run) return
    Object.assign(this, { running: false, started, refused })
    this.#host.requestUpdate()
  }
}

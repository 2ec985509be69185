import type { ReactiveControllerHost } from 'lit'
import { problemOf } from '../shared/client.ts'
import { isFinal, Keys } from '../shared/keys.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { Preview, ProblemBody, Redeemed } from '../shared/wire.ts'

/** A refusal, and during what; `at` is the server's instant (ms). */
export interface Refused {
  is: 'refused'
  problem: ProblemBody
  during: 'preview' | 'redeem'
  at: number
}

/** How far a code has come. */
export type Stage =
  | { is: 'idle' | 'previewing' | 'redeeming' }
  | { is: 'previewed'; preview: Preview }
  | { is: 'redeemed'; redeemed: Redeemed }
  | Refused

const IDLE: Stage = { is: 'idle' }

/** One code on one device, from its preview to its redemption. Answers that came too late are dropped. */
export class Redemption {
  stage: Stage = IDLE
  /** The code, normalised. */
  code = ''
  /** What redeeming it would do, as far as that still holds. */
  foreseen: Preview | null = null
  readonly #host: ReactiveControllerHost
  /** Previews that were asked for since the dialog was opened, by their codes; not those that only failed. */
  readonly #previews = new Map<string, Promise<Preview>>()
  /** By device and code. */
  readonly #keys = new Keys()
  #run = 0

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  /** Whether the code may be redeemed already: its answer is under way or was lost. */
  get pending(): boolean {
    const { stage } = this
    return stage.is === 'redeeming' || (stage.is === 'refused' && stage.during === 'redeem' && !isFinal(stage.problem))
  }

  /** Whether the code stands on the device already. */
  get done(): boolean {
    return this.foreseen?.outcome === 'already-redeemed'
  }

  /** Takes another code. */
  enter(code: string): void {
    if (code === this.code) return
    this.code = code
    this.#run += 1
    this.foreseen = null
    this.stage = IDLE
  }

  /** Forgets the code and what is known of it. */
  forget(): void {
    this.#previews.clear()
    this.#run += 1
    this.code = ''
    this.foreseen = null
    this.stage = IDLE
  }

  /** Asks what redeeming would do, once a code; `again`: also if that was answered. */
  async preview(store: LicenseStore, deviceId: string, again = false): Promise<void> {
    const { code } = this
    let preview = again ? undefined : this.#previews.get(code)
    if (preview === undefined) {
      const asked = preview = store.preview(deviceId, code)
      this.#previews.set(code, asked)
      asked.catch((error: unknown) => {
        if (!problemOf(error).code.startsWith('voucher-') && this.#previews.get(code) === asked) this.#previews.delete(code)
      })
    }
    await this.#step(store, 'preview', async () => ({ is: 'previewed', preview: await preview }))
  }

  /** Redeems. */
  async redeem(store: LicenseStore, deviceId: string): Promise<void> {
    const { code } = this
    await this.#step(store, 'redeem', () => this.#keys.use(`${deviceId} ${code}`, async (key) => (
      { is: 'redeemed', redeemed: await store.redeem(deviceId, code, key) })))
  }

  async #step(store: LicenseStore, during: Refused['during'], ask: () => Promise<Stage>): Promise<void> {
    const run = this.#run += 1
    this.#set({ is: during === 'preview' ? 'previewing' : 'redeeming' })
    let next: Stage
    try {
      next = await ask()
    } catch (error) {
      next = { is: 'refused', problem: problemOf(error), during, at: store.now() }
    }
    if (run === this.#run) this.#set(next)
  }

  #set(stage: Stage): void {
    this.stage = stage
    if (stage.is === 'previewed') this.foreseen = stage.preview
    if (stage.is === 'redeemed' || (stage.is === 'refused' && isFinal(stage.problem))) this.foreseen = null
    this.#host.requestUpdate()
  }
}

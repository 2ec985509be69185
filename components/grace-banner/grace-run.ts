import type { ReactiveControllerHost } from 'lit'
import { problemOf } from '../shared/client.ts'
import { Keys } from '../shared/keys.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { GraceStarted, ProblemBody } from '../shared/wire.ts'

/** How far starting grace on all devices has come. */
export type Stage = { is: 'idle' | 'running' } | { is: 'refused'; problem: ProblemBody } | { is: 'done'; answer: GraceStarted }

/** Starts grace on every device that can have it, and keeps what came of it until that is closed. */
export class GraceRun {
  stage: Stage = { is: 'idle' }
  readonly #host: ReactiveControllerHost
  readonly #keys = new Keys()

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  /** Starts; what is pressed twice, or again after a lost answer, starts nothing twice. */
  async start(store: LicenseStore): Promise<void> {
    if (this.stage.is === 'running') return
    this.#set({ is: 'running' })
    try {
      this.#set({ is: 'done', answer: await this.#keys.use('all', (key) => store.startAllGrace(key)) })
    } catch (error) {
      this.#set({ is: 'refused', problem: problemOf(error) })
    }
  }

  /** Forgets what came of it. */
  close(): void {
    this.#set({ is: 'idle' })
  }

  #set(stage: Stage): void {
    this.stage = stage
    this.#host.requestUpdate()
  }
}

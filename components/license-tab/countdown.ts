import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { Alarm } from '../shared/server-clock.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Follows the last day of a licence: draws its element anew each minute, and tells once when the last hour begins. */
export class Countdown implements ReactiveController {
  /** What is left (ms); null where nothing is counted down. */
  left: number | null = null
  readonly #onLastHour: (left: number) => void
  readonly #tick: Alarm
  #end: string | null = null

  constructor(host: ReactiveControllerHost, onLastHour: (left: number) => void) {
    this.#onLastHour = onLastHour
    this.#tick = new Alarm(() => { host.requestUpdate() })
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#tick.stop()
  }

  /** Counts down to an instant (ISO 8601), at an instant of the server's (ms); null = counts nothing. */
  follow(end: string | null, now: number): void {
    this.#tick.stop()
    const before = end === this.#end ? this.left : null
    this.#end = end
    this.left = end === null ? null : Math.max(0, Date.parse(end) - now)
    if (this.left === null || this.left === 0) return
    this.#tick.set(this.left % MINUTE_MS || MINUTE_MS)
    if (before !== null && before > HOUR_MS && this.left <= HOUR_MS) this.#onLastHour(this.left)
  }
}

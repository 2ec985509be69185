const DAY_MS = 86_400_000
/** Less than this is the time that a request takes. */
const NOTICEABLE_MS = 60_000

/** The demo's clock as the page knows it: real time, and how far the server's is from it. */
export class Clock extends EventTarget {
  #offset = 0

  /** The demo's instant (ms). */
  now(): number {
    return Date.now() + this.#offset
  }

  /** How far it stands from real time, in whole days of 24 hours. */
  get movedDays(): number {
    return Math.round(this.#offset / DAY_MS)
  }

  /** Whether it was moved at all. */
  get isMoved(): boolean {
    return Math.abs(this.#offset) > NOTICEABLE_MS
  }

  /** Takes the server's instant (ms, or as JSON has it). Tells `move` where that is news. */
  set(now: number | string): void {
    const offset = (typeof now === 'string' ? Date.parse(now) : now) - Date.now()
    const news = Math.abs(offset - this.#offset) > NOTICEABLE_MS
    if (news) this.#offset = Math.abs(offset) > NOTICEABLE_MS ? offset : 0
    if (news) this.dispatchEvent(new Event('move'))
  }
}

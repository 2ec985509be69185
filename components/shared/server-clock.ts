/** The clock of the server, as far as its answers tell it; it keeps running between them. */
export class ServerClock {
  #offset: number | null = null

  /** Takes the instant of an answer that has just come (ISO 8601). */
  set(iso: string): void {
    const at = Date.parse(iso)
    if (!Number.isNaN(at)) this.#offset = at - performance.now()
  }

  /** Whether an answer has come. */
  get isSet(): boolean {
    return this.#offset !== null
  }

  /** The instant now (ms); this computer's own while no answer has come. */
  now(): number {
    return this.#offset === null ? Date.now() : this.#offset + performance.now()
  }
}

/** Longest delay of a timer (ms); browsers run longer ones at once. */
const MAX_DELAY_MS = 2 ** 31 - 1

/** A timer that is set again and again; only the last setting counts. */
export class Alarm {
  readonly #ring: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ring: () => void) {
    this.#ring = ring
  }

  /** Rings after this many ms, at the latest after 24 days. */
  set(delay: number): void {
    this.stop()
    this.#timer = setTimeout(this.#ring, Math.min(Math.max(delay, 0), MAX_DELAY_MS))
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

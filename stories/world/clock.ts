const DAY_MS = 86_400_000

/** The clock of a world: it stands while the world is made, runs from then on, and can be moved. */
export class WorldClock {
  #at: number
  /** When it was set, by the page's own clock (ms); null while it stands. */
  #since: number | null = null

  /** `at`: where it stands (ms since 1970 UTC). */
  constructor(at: number) {
    this.#at = at
  }

  /** The world's instant (ms). */
  readonly now = (): number => Math.floor(this.#at + (this.#since === null ? 0 : performance.now() - this.#since))

  /** Lets it run. */
  start(): void {
    this.#since = performance.now()
  }

  /** Moves to an instant (ISO 8601). */
  set(iso: string): void {
    const at = Date.parse(iso)
    if (Number.isNaN(at)) throw new RangeError(`${iso} is no instant`)
    this.#at = at
    if (this.#since !== null) this.#since = performance.now()
  }

  /** Moves by days of 24 hours, back if negative. */
  addDays(days: number): void {
    this.#at += days * DAY_MS
  }
}

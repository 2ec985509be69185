const DAY_MS = 86_400_000

/** The clock of a world: it stands while the world is made, runs from then on, and can be moved. */
export class WorldClock {
  #at: number
  /** When it was set, by the page's own clock (ms); null while it stands. */
  #since: number | null = null
  /** How far it was turned from outside (ms). */
  #turned = 0

  /** `at`: where it stands (ms since 1970 UTC). */
  constructor(at: number) {
    this.#at = at
  }

  /** The world's instant (ms). */
  readonly now = (): number => Math.floor(this.#at + this.#turned + (this.#since === null ? 0 : performance.now() - this.#since))

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

  /** Turns it from outside of the story, to an instant (ms) or back to the story's own; it runs on from there, and what the story itself
   * moves is moved as far. */
  turn(to: number | null): void {
    this.#turned = to === null ? 0 : this.#turned + to - this.now()
  }
}

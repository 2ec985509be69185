interface Waiting {
  go: () => void
  refuse: () => void
}

/** Lets so many in at once, in the order in which they came. A long queue is no outage: those who wait are refused only
 * when nobody has got on for a while. */
export class Turnstile {
  readonly #waiting = new Set<Waiting>()
  readonly #patienceMs: number
  #free: number
  #movedAt = performance.now()

  constructor(places: number, patienceMs: number) {
    this.#free = places
    this.#patienceMs = patienceMs
  }

  /** Waits for a place. Rejects when nobody has left one for `patienceMs`. */
  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    const since = performance.now()
    await new Promise<void>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout>
      const end = (settle: () => void) => (): void => {
        clearTimeout(timer)
        this.#waiting.delete(waiting)
        settle()
      }
      const waiting = { go: end(resolve), refuse: end(() => { reject(new Error('timeout exceeded when trying to connect')) }) }
      const watch = (): void => {
        const left = Math.max(since, this.#movedAt) + this.#patienceMs - performance.now()
        if (left > 0) timer = setTimeout(watch, left)
        else waiting.refuse()
      }
      this.#waiting.add(waiting)
      watch()
    })
  }

  /** Gives a place back. `moved`: whether it was of use, or only stood for. */
  leave(moved: boolean): void {
    const now = performance.now()
    if (moved) this.#movedAt = now
    else if (now - this.#movedAt >= this.#patienceMs) for (const waiting of [...this.#waiting]) waiting.refuse()
    const [next] = this.#waiting
    if (next === undefined) this.#free += 1
    else next.go()
  }
}

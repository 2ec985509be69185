/** `slow`: every answer takes a while. `loading`: answers never come. `down`: nobody can be reached. `error`: every answer is a problem 500. */
export type Network = 'ok' | 'slow' | 'loading' | 'down' | 'error'

const ERROR = { type: '/problems/internal', code: 'internal', title: 'Internal error', status: 500 }

/** How long an answer takes on a slow way (ms). */
const SLOW_MS = 2_500

/** The way from a page to the BFF, which can be cut. */
export class Line {
  #state: Network
  /** What counts in place of the state; null: nothing. */
  #outside: Network | null = null
  readonly #held = new Set<() => void>()

  constructor(state: Network) {
    this.#state = state
  }

  get state(): Network {
    return this.#outside ?? this.#state
  }

  /** What waited for an answer while `loading` goes on its way. */
  set state(state: Network) {
    this.#state = state
    this.#release()
  }

  get outside(): Network | null {
    return this.#outside
  }

  /** Sets what counts in place of what the story says. */
  set outside(outside: Network | null) {
    this.#outside = outside
    this.#release()
  }

  /** Hands a request on as the state says. Throws a TypeError where nobody can be reached, as `fetch` does. */
  async pass(answer: () => Promise<Response>): Promise<Response> {
    if (this.state === 'slow') await new Promise<void>((resolve) => { setTimeout(resolve, SLOW_MS) })
    if (this.state === 'loading') await new Promise<void>((resolve) => { this.#held.add(resolve) })
    if (this.state === 'down') throw new TypeError('Failed to fetch')
    if (this.state === 'error') return Response.json(ERROR, { status: 500, headers: { 'content-type': 'application/problem+json' } })
    return answer()
  }

  #release(): void {
    if (this.state === 'loading') return
    const held = [...this.#held]
    this.#held.clear()
    for (const release of held) release()
  }
}

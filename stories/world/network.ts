/** `loading`: answers never come. `down`: nobody can be reached. `error`: every answer is a problem 500. */
export type Network = 'ok' | 'loading' | 'down' | 'error'

const ERROR = { type: '/problems/internal', code: 'internal', title: 'Internal error', status: 500 }

/** The way from a page to the BFF, which can be cut. */
export class Line {
  #state: Network
  readonly #held = new Set<() => void>()

  constructor(state: Network) {
    this.#state = state
  }

  get state(): Network {
    return this.#state
  }

  /** What waited for an answer while `loading` goes on its way. */
  set state(state: Network) {
    this.#state = state
    if (state === 'loading') return
    const held = [...this.#held]
    this.#held.clear()
    for (const release of held) release()
  }

  /** Hands a request on as the state says. Throws a TypeError where nobody can be reached, as `fetch` does. */
  async pass(answer: () => Promise<Response>): Promise<Response> {
    if (this.#state === 'loading') await new Promise<void>((resolve) => { this.#held.add(resolve) })
    if (this.#state === 'down') throw new TypeError('Failed to fetch')
    if (this.#state === 'error') return Response.json(ERROR, { status: 500, headers: { 'content-type': 'application/problem+json' } })
    return answer()
  }
}

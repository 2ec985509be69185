import type { ProblemBody } from './wire.ts'

/** Something that is fetched from the BFF and may change: its last known state, and who wants to know. */
export class Resource<T> {
  /** `loading`: not known yet. `ready`: known. `failed`: refused, or never reached. */
  state: 'loading' | 'ready' | 'failed' = 'loading'
  /** The last known value; null before the first. */
  value: T | null = null
  /** Why it could not be fetched; with a value, the value is of before. */
  problem: ProblemBody | null = null
  /** Whether it has been loading for so long that a page should say so. */
  slow = false
  /** The instant of the value by the server's clock (ms). */
  at = 0
  readonly #listeners = new Set<() => void>()
  readonly #onUse: (used: boolean) => void

  /** `onUse` is told when the first one listens, and when the last one stops. */
  constructor(onUse: (used: boolean) => void) {
    this.#onUse = onUse
  }

  /** Whether the value is known, but could not be fetched again. */
  get stale(): boolean {
    return this.value !== null && this.problem !== null
  }

  get used(): boolean {
    return this.#listeners.size > 0
  }

  /** Calls back after every change; answers what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#onUse(true)
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#onUse(false)
    }
  }

  set(value: T, at: number): void {
    this.state = 'ready'
    this.value = value
    this.problem = null
    this.at = at
    this.#tell()
  }

  /** `lasting`: what was known does not hold any more. */
  fail(problem: ProblemBody, lasting: boolean): void {
    if (lasting) this.value = null
    this.state = this.value === null ? 'failed' : 'ready'
    this.problem = problem
    this.#tell()
  }

  /** Forgets everything. */
  clear(): void {
    this.state = 'loading'
    this.value = null
    this.problem = null
    this.#tell()
  }

  /** Tells that it is still loading. */
  wait(): void {
    this.slow = true
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

import { type Api, Refusal } from './api.ts'
import type { LiveStart, Reading } from './telemetry.ts'

/** How many readings are kept: two minutes. */
const KEPT = 61
/** Shortest time between two beginnings, and longest wait after failures in a row (ms). */
const LEAST_MS = 1_000
const MOST_MS = 15_000

/** What is told of live readings. */
export interface LiveListener {
  /** There is something new. */
  changed: () => void
  /** The gate is closed: it has to be asked why. */
  closed: () => void
  /** They do not come; they are asked for again by themselves. */
  failed: (refusal: Refusal) => void
}

/** The last two minutes of a device's readings, kept up to date while they are looked at. */
export class LiveReadings {
  readonly #api: Api
  readonly #deviceId: string
  readonly #listener: LiveListener
  #running: AbortController | null = null
  /** Null until the first ones are there. */
  now: LiveStart | null = null

  constructor(api: Api, deviceId: string, listener: LiveListener) {
    this.#api = api
    this.#deviceId = deviceId
    this.#listener = listener
  }

  /** Begins, where it does not run yet. */
  start(): void {
    if (this.#running !== null) return
    const running = new AbortController()
    this.#running = running
    void this.#run(running.signal)
  }

  stop(): void {
    this.#running?.abort()
    this.#running = null
  }

  /** Reads streams one after the other: one that ends is followed by the next at once, failures by a pause that grows. */
  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const began = performance.now()
      try {
        await this.#api.events(this.#deviceId, 'dashboard', '/live', { signal, onEvent: (event, data) => {
          failures = 0
          this.#take(event, data)
        } })
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof Refusal)) throw error
        failures += 1
        if (error.status === 403) this.#listener.closed()
        else this.#listener.failed(error)
      }
      const wait = failures === 0 ? LEAST_MS - (performance.now() - began) : Math.min(MOST_MS, LEAST_MS * 2 ** failures)
      if (!signal.aborted && wait > 0) await pause(wait, signal)
    }
  }

  #take(event: string | undefined, data: string): void {
    if (event === 'start') this.now = JSON.parse(data) as LiveStart
    else if (event === 'reading' && this.now !== null) this.now = { ...this.now, readings: [...this.now.readings, JSON.parse(data) as Reading].slice(-KEPT) }
    else return
    this.#listener.changed()
  }
}

/** Waits, but not on after an abort. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    }, { once: true })
  })
}

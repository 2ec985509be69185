import { problemOf } from './client.ts'
import { eventParser } from './event-parser.ts'
import { PACE } from './live-pace.ts'
import { Alarm } from './server-clock.ts'

/** How a stream begins: when the workspace changed last, and the server's instant (ISO 8601). */
export interface Hello {
  changedAt: string | null
  now: string
  /** Whether changes since the last stream follow, so that nothing was missed. */
  resumed: boolean
}

/** What is told of a stream. */
export interface StreamNews {
  hello: (hello: Hello) => void
  /** A device changed; null = any may have, and an empty id = none, but what is told of them. */
  changed: (deviceId: string | null) => void
  /** The stream is alive. */
  alive: () => void
  /** The stream is over; it is asked for again. */
  lost: () => void
}

/** Asks for the stream of changes after the event of that id. Rejects with a ProblemError. */
export type OpenStream = (lastId: string | null, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>

/** Reads the stream of changes, and asks for it again whenever it is over, until it is stopped. */
export class LiveStream {
  /** The id of the last event; null = none. */
  lastId: string | null = null
  readonly #pace: typeof PACE
  readonly #open: OpenStream
  readonly #news: StreamNews
  readonly #again = new Alarm(() => { void this.#read() })
  readonly #silence = new Alarm(() => { this.#attempt?.abort() })
  #attempt: AbortController | null = null
  #running = false
  #failures = 0

  constructor(open: OpenStream, news: StreamNews, pace = PACE) {
    this.#pace = pace
    this.#open = open
    this.#news = news
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#failures = 0
    void this.#read()
  }

  stop(): void {
    this.#running = false
    this.#again.stop()
    this.#silence.stop()
    this.#attempt?.abort()
    this.#attempt = null
  }

  /** Asks at once where it waits to ask again. */
  hurry(): void {
    if (this.#running && this.#attempt === null) void this.#read()
  }

  async #read(): Promise<void> {
    this.#again.stop()
    const attempt = this.#attempt = new AbortController()
    let rarely = false
    try {
      await this.#follow(attempt.signal)
    } catch (error) {
      rarely = [403, 404, 405].includes(problemOf(error).status)
    }
    attempt.abort()
    if (attempt !== this.#attempt) return
    this.#attempt = null
    this.#silence.stop()
    this.#news.lost()
    this.#plan(rarely)
  }

  /** Not at the same moment as all other pages that lost theirs. */
  #plan(rarely: boolean): void {
    const wait = rarely ? this.#pace.rarely : Math.min(this.#pace.lastTry, this.#pace.firstTry * 2 ** this.#failures)
    this.#failures += 1
    this.#again.set(wait * (0.5 + Math.random() / 2))
  }

  async #follow(signal: AbortSignal): Promise<void> {
    this.#silence.set(this.#pace.silence)
    const resumed = this.lastId !== null
    const body = await this.#open(this.lastId, signal)
    const parse = eventParser(({ id, event, data }) => {
      if (signal.aborted) return
      if (id !== undefined) this.lastId = id
      this.#take(event, data, resumed)
    })
    const reader = body.getReader()
    // Not every `fetch` of a host ends its body with the signal.
    signal.addEventListener('abort', () => { reader.cancel().catch(() => {}) })
    const decoder = new TextDecoder()
    for (;;) {
      const { value, done } = await reader.read()
      if (done || signal.aborted) return
      this.#silence.set(this.#pace.silence)
      parse(decoder.decode(value, { stream: true }))
      this.#news.alive()
    }
  }

  #take(event: string | undefined, data: string, resumed: boolean): void {
    if (event === 'hello') {
      this.#failures = 0
      this.#news.hello({ ...(JSON.parse(data) as Omit<Hello, 'resumed'>), resumed })
    } else if (event === 'license-changed') this.#news.changed((JSON.parse(data) as { deviceId: string | null }).deviceId)
    else if (event === 'notification') this.#news.changed('')
  }
}

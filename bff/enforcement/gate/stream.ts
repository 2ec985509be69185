import { EventSourceParserStream } from 'eventsource-parser/stream'

/** Longest silence of a stream (ms): the BFF shows every 15 seconds that it lives. */
const SILENCE_MS = 40_000
/** First and longest wait before a stream is asked for again (ms), and the wait where it was refused. */
const BACK_OFF_MS = { first: 250, longest: 10_000, refused: 30_000 }

/** Changes of one workspace, as the BFF tells of them (`GET /v1/events`), for as long as somebody wants to know. */
export class ChangeStream {
  /** Whether every change is told of. */
  live = false
  /** Counts what makes all that is known doubtful, and every change. */
  epoch = 0
  changes = 0
  /** When it was last asked for (ms). */
  usedAt = 0
  readonly #listeners = new Set<(deviceIds: readonly string[] | null) => void>()
  readonly #open: (signal: AbortSignal) => Promise<Response>
  readonly #end = new AbortController()

  /** `open` asks for the stream. */
  constructor(open: (signal: AbortSignal) => Promise<Response>) {
    this.#open = open
    void this.#run()
  }

  /** Whether something runs that a change may have to end: somebody listens beside those who keep answers. */
  get isNeeded(): boolean {
    return this.#listeners.size > 1
  }

  /** Calls back after every change, null = of any device; answers what ends that. */
  listen(listener: (deviceIds: readonly string[] | null) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  end(): void {
    this.#end.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#end
    let wait = BACK_OFF_MS.first
    while (!signal.aborted) {
      const quiet = new AbortController()
      try {
        const response = await this.#open(AbortSignal.any([signal, quiet.signal]))
        if (response.ok && response.body !== null) {
          wait = BACK_OFF_MS.first
          await this.#read(response.body, quiet)
        } else {
          await response.body?.cancel()
          wait = response.status >= 500 ? wait : BACK_OFF_MS.refused
        }
      } catch {
        // Asked for again below.
      }
      if (this.live) this.#doubt(false)
      await pause(wait * (0.5 + Math.random() / 2), signal)
      wait = Math.min(wait * 2, BACK_OFF_MS.longest)
    }
  }

  async #read(body: ReadableStream<Uint8Array>, quiet: AbortController): Promise<void> {
    let silence = setTimeout(() => { quiet.abort() }, SILENCE_MS)
    const heard = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        clearTimeout(silence)
        silence = setTimeout(() => { quiet.abort() }, SILENCE_MS)
        controller.enqueue(chunk)
      },
    })
    try {
      for await (const { event, data } of body.pipeThrough(heard).pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).pipeThrough(new EventSourceParserStream())) {
        if (event === 'hello') this.#doubt(true)
        else if (event === 'license-changed') this.#tell((JSON.parse(data) as { deviceId: string | null }).deviceId)
      }
    } finally {
      clearTimeout(silence)
    }
  }

  #doubt(live: boolean): void {
    this.live = live
    this.#tell(null)
  }

  #tell(deviceId: string | null): void {
    this.changes += 1
    if (deviceId === null) this.epoch += 1
    for (const listener of [...this.#listeners]) listener(deviceId === null ? null : [deviceId])
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}

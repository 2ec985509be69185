import { ChangeStream } from './stream.ts'

/** Streams that are kept for questions alone, and for how long after the last one (ms). */
const KEPT = 50
const IDLE_MS = 300_000

/** A stream of changes for each workspace that is asked about, as far as there is room: of others nothing is kept. */
export class ChangeStreams {
  readonly #streams = new Map<string, ChangeStream>()
  readonly #open: (workspace: string | null, signal: AbortSignal) => Promise<Response>
  readonly #onChange: (workspace: string | null, deviceIds: readonly string[] | null) => void

  constructor(open: (workspace: string | null, signal: AbortSignal) => Promise<Response>, onChange: (workspace: string | null, deviceIds: readonly string[] | null) => void) {
    this.#open = open
    this.#onChange = onChange
  }

  /** The stream of a workspace; null where there is no room. `needed`: somebody has to know. */
  of(workspace: string | null, needed = false): ChangeStream | null {
    const key = workspace ?? ''
    const now = Date.now()
    let stream = this.#streams.get(key)
    if (stream === undefined) {
      if (!needed && this.#streams.size >= KEPT && !this.#makeRoom(now)) return null
      stream = new ChangeStream((signal) => this.#open(workspace, signal))
      stream.listen((deviceIds) => { this.#onChange(workspace, deviceIds) })
      this.#streams.set(key, stream)
    }
    stream.usedAt = now
    return stream
  }

  end(): void {
    for (const stream of this.#streams.values()) stream.end()
    this.#streams.clear()
  }

  #makeRoom(now: number): boolean {
    for (const [key, stream] of this.#streams) {
      if (stream.isNeeded || now - stream.usedAt < IDLE_MS) continue
      stream.end()
      this.#streams.delete(key)
      return true
    }
    return false
  }
}

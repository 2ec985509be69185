import { NOTIFIED } from '../db/changes.sql.ts'
import type { Change } from './hub.ts'

/** Devices that are told by name; of more, anything may have changed. */
const MOST_NAMED = 100

/** What one reader is told. A reader that is not ready gets nothing sent, so that it costs no memory: what changes meanwhile
 * gathers, device by device, and then as anything. */
export class Reader implements UnderlyingDefaultSource<Uint8Array> {
  readonly #onEnd: () => void
  readonly #encoder = new TextEncoder()
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #hello: string
  /** The number of the latest change that is told or waits here. */
  #seq: number
  readonly #devices = new Set<string>()
  #any = false
  #notified = false
  #ended = false

  /** `seq`: the change up to which the reader knows all. `onEnd` is told once, whoever ends it. */
  constructor(hello: object, seq: number, onEnd: () => void) {
    this.#hello = written('hello', hello, seq)
    this.#seq = seq
    this.#onEnd = onEnd
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller
  }

  /** Sends what there is, once the reader is ready. */
  pull(): void {
    if (this.#isReady) this.#send(this.#take())
  }

  tell({ seq, deviceIds }: Change): void {
    this.#seq = seq
    if (deviceIds?.includes(NOTIFIED) === true) this.#notified = true
    if (deviceIds === null || this.#devices.size + deviceIds.length > MOST_NAMED) this.#any = true
    else for (const id of deviceIds) if (id !== NOTIFIED) this.#devices.add(id)
    if (this.#any) this.#devices.clear()
    this.pull()
  }

  /** Shows that the stream lives. */
  beat(): void {
    if (this.#isReady) this.#send(': still here\n\n')
  }

  end(): void {
    const controller = this.#controller
    this.cancel()
    controller?.close()
  }

  /** The reader has gone. */
  cancel(): void {
    if (this.#ended) return
    this.#ended = true
    this.#controller = null
    this.#onEnd()
  }

  #take(): string {
    const told: (string | null)[] = this.#any ? [null] : [...this.#devices]
    const events = told.map((deviceId): [string, object] => ['license-changed', { deviceId }])
    if (this.#notified) events.push(['notification', {}])
    const text = this.#hello + events.map(([event, data], index) =>
      // Only the last of them has the number: whoever loses the stream between them is told of all again.
      written(event, data, index === events.length - 1 ? this.#seq : null)).join('')
    this.#hello = ''
    this.#any = false
    this.#notified = false
    this.#devices.clear()
    return text
  }

  get #isReady(): boolean {
    return (this.#controller?.desiredSize ?? 0) > 0
  }

  #send(text: string): void {
    if (text !== '') this.#controller?.enqueue(this.#encoder.encode(text))
  }
}

function written(event: string, data: object, seq: number | null): string {
  return `${seq === null ? '' : `id: ${seq}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

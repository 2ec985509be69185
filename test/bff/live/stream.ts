import assert from 'node:assert/strict'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { As, World } from '../engines.ts'
import type { Bff } from '../../../bff/index.ts'

/** Longest wait for an event (ms): changes show within a second. */
const PATIENCE_MS = 1_000

/** A stream of changes as a page reads it. */
export class Stream {
  readonly events: EventSourceMessage[] = []
  readonly response: Response
  /** How often it was shown that the stream lives. */
  beats = 0
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>
  readonly #abort: AbortController
  /** Node lets go of the signal of a Request that nobody holds. */
  request: Request | null = null
  #wake: (() => void) | null = null
  #read = 0

  private constructor(response: Response, abort: AbortController) {
    this.response = response
    this.#abort = abort
    this.ended = this.#follow()
  }

  /** Opens a stream; it has said hello when this resolves. */
  static async open(world: World, as: As, { lastSeq, bff = world.bff }: { lastSeq?: string; bff?: Bff } = {}): Promise<Stream> {
    const abort = new AbortController()
    const request = new Request('http://bff.test/v1/events', {
      signal: abort.signal,
      headers: {
        'x-test-as': JSON.stringify({ subject: as.subject ?? as.role, workspace: as.workspace ?? 'acme', roles: [as.role] }),
        ...(lastSeq === undefined ? {} : { 'last-event-id': lastSeq }),
      },
    })
    const stream = await Stream.of(await bff.fetch(request), abort)
    stream.request = request
    return stream
  }

  /** Opens a stream of a server that listens. */
  static async at(url: string, headers: Record<string, string>): Promise<Stream> {
    const abort = new AbortController()
    return Stream.of(await fetch(`${url}/v1/events`, { headers, signal: abort.signal }), abort)
  }

  private static async of(response: Response, abort: AbortController): Promise<Stream> {
    assert.equal(response.status, 200)
    const stream = new Stream(response, abort)
    assert.equal((await stream.next()).event, 'hello')
    return stream
  }

  /** The next event; fails where none comes within a second. */
  async next(): Promise<EventSourceMessage> {
    const latest = performance.now() + PATIENCE_MS
    while (this.events.length <= this.#read) {
      if (performance.now() > latest) throw new Error('no event came within a second')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 50)
      })
    }
    const event = this.events[this.#read]
    this.#read += 1
    assert.ok(event !== undefined)
    return event
  }

  /** The device of the next change; null = any. */
  async changed(): Promise<string | null> {
    const { event, data } = await this.next()
    assert.equal(event, 'license-changed')
    return (JSON.parse(data) as { deviceId: string | null }).deviceId
  }

  close(): void {
    this.#abort.abort()
  }

  async #follow(): Promise<void> {
    const parser = createParser({ onEvent: (event) => { this.events.push(event) }, onComment: () => { this.beats += 1 } })
    const decoder = new TextDecoder()
    try {
      for await (const chunk of this.response.body ?? []) {
        parser.feed(decoder.decode(chunk, { stream: true }))
        this.#wake?.()
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error
    }
  }
}

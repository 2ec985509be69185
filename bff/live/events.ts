import type { Live } from '../http/route.ts'
import { iso } from '../ledger/view.ts'
import type { ChangeHub } from './hub.ts'

/** How often a silent stream shows that it lives (ms). */
const HEARTBEAT_MS = 15_000
/** How long a stream lasts (ms): who has one asks again, with a fresh token. */
const LIFE_MS = 600_000
/** Streams that one caller may have open. */
const MOST = 100
/** Bytes that may wait for a slow reader; beyond them the stream ends. */
const BUFFER = 65_536

const HEADERS = {
  'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-accel-buffering': 'no',
}

/** Makes streams of changes (Server-Sent Events, HTML §9.2). */
export class EventStreams implements Live {
  readonly #hub: ChangeHub
  readonly #open = new Map<string, number>()
  readonly #ends = new Set<() => void>()
  #closed = false

  constructor(hub: ChangeHub) {
    this.#hub = hub
  }

  /** Ends every stream, also those that begin later; their readers come back elsewhere. */
  end(): void {
    this.#closed = true
    for (const end of [...this.#ends]) end()
  }

  isFull(caller: string): boolean {
    return (this.#open.get(caller) ?? 0) >= MOST
  }

  /** `event: hello` with the workspace's last change, then `event: license-changed` for every device that changes; a `deviceId`
   * of null stands for whatever may have changed. `lastSeq`: the number after which somebody comes back. */
  async stream({ caller, workspace, now, lastSeq, signal }: Parameters<Live['stream']>[0]): Promise<Response> {
    const encoder = new TextEncoder()
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null
    let waiting = ''
    const send = (text: string): void => {
      if (controller === null) waiting += text
      else if ((controller.desiredSize ?? 0) < -BUFFER) end()
      else controller.enqueue(encoder.encode(text))
    }
    const position = await this.#hub.subscribe(workspace, ({ seq, deviceIds }) => { send(changed(seq, deviceIds)) })
    const heartbeat = setInterval(() => { send(': still here\n\n') }, HEARTBEAT_MS)
    const life = setTimeout(() => { end() }, LIFE_MS)
    this.#open.set(caller, (this.#open.get(caller) ?? 0) + 1)
    const end = (): void => {
      if (!this.#ends.delete(end)) return
      clearInterval(heartbeat)
      clearTimeout(life)
      position.end()
      const left = (this.#open.get(caller) ?? 1) - 1
      if (left === 0) this.#open.delete(caller)
      else this.#open.set(caller, left)
      try {
        controller?.close()
      } catch {
        // The reader has gone already.
      }
    }
    this.#ends.add(end)
    signal.addEventListener('abort', end)
    send(`id: ${position.seq}\nevent: hello\ndata: ${JSON.stringify({ changedAt: position.at === 0 ? null : iso(position.at), now: iso(now) })}\n\n`)
    if (lastSeq !== null && lastSeq !== position.seq) {
      send(changed(position.seq, lastSeq > position.seq ? null : await this.#hub.since(workspace, lastSeq).catch(() => null)))
    }
    const body = new ReadableStream<Uint8Array>({
      start: (made) => {
        controller = made
        send(waiting)
      },
      cancel: end,
    }, new ByteLengthQueuingStrategy({ highWaterMark: 0 }))
    if (signal.aborted || this.#closed) end()
    return new Response(body, { headers: HEADERS })
  }
}

function changed(seq: number, deviceIds: readonly string[] | null): string {
  return (deviceIds ?? [null]).map((deviceId) => `id: ${seq}\nevent: license-changed\ndata: ${JSON.stringify({ deviceId })}\n\n`).join('')
}

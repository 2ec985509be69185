import type { Live } from '../http/route.ts'
import { iso } from '../ledger/view.ts'
import { idly } from '../idly.ts'
import type { Change, ChangeHub } from './hub.ts'
import { Reader } from './reader.ts'

/** How streams of changes are kept. */
export interface StreamLimits {
  /** How often a silent stream shows that it lives (ms); less than proxies on the way wait. */
  heartbeatMs: number
  /** How long a stream lasts (ms): who has one asks again, with a fresh token. */
  lifeMs: number
  /** Streams that one caller may have open. */
  perCaller: number
}

const LIMITS: StreamLimits = { heartbeatMs: 15_000, lifeMs: 600_000, perCaller: 100 }

const HEADERS = {
  'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-accel-buffering': 'no',
}

/** Makes streams of changes (Server-Sent Events, HTML §9.2). */
export class EventStreams implements Live {
  readonly #hub: ChangeHub
  readonly #limits: StreamLimits
  /** Streams that are open, or about to be, by caller. */
  readonly #counts = new Map<string, number>()
  readonly #ends = new Set<() => void>()
  #closed = false

  constructor(hub: ChangeHub, limits: Partial<StreamLimits> = {}) {
    this.#hub = hub
    this.#limits = { ...LIMITS, ...limits }
  }

  /** Ends every stream, also those that begin later; their readers come back elsewhere. */
  end(): void {
    this.#closed = true
    for (const end of [...this.#ends]) end()
  }

  isFull(caller: string): boolean {
    return (this.#counts.get(caller) ?? 0) >= this.#limits.perCaller
  }

  /** `event: hello` with the workspace's last change, then `event: license-changed` for every device that changes; a `deviceId`
   * of null stands for whatever may have changed. `lastSeq`: the number after which somebody comes back. */
  async stream({ caller, workspace, now, lastSeq, request: { method, signal } }: Parameters<Live['stream']>[0]): Promise<Response> {
    if (method === 'HEAD') return new Response(null, { headers: HEADERS })
    this.#count(caller, 1)
    const cleanUp = [() => { this.#count(caller, -1) }]
    const finish = (): void => { for (const undo of cleanUp.splice(0)) undo() }
    try {
      let tell = (change: Change): void => { early.push(change) }
      const early: Change[] = []
      const { seq, at, end } = await this.#hub.subscribe(workspace, (change) => { tell(change) })
      cleanUp.push(end)
      early.unshift({ seq, deviceIds: await this.#missed(workspace, lastSeq ?? seq, seq) })
      const reader = new Reader({ changedAt: at === 0 ? null : iso(at), now: iso(now) }, lastSeq ?? seq, finish)
      tell = (change) => { reader.tell(change) }
      early.forEach(tell)
      const body = new ReadableStream(reader)
      this.#keep(reader, signal, cleanUp)
      return new Response(body, { headers: HEADERS })
    } catch (error) {
      finish()
      throw error
    }
  }

  /** What somebody who comes back has missed; null = whatever it may be. */
  async #missed(workspace: string, from: number, to: number): Promise<readonly string[] | null> {
    if (from === to) return []
    return from > to ? null : this.#hub.since(workspace, from).catch(() => null)
  }

  /** Keeps a stream alive for its time. */
  #keep(reader: Reader, signal: AbortSignal, cleanUp: (() => void)[]): void {
    const end = (): void => { reader.end() }
    const heartbeat = idly(setInterval(() => { reader.beat() }, this.#limits.heartbeatMs))
    const life = idly(setTimeout(end, this.#limits.lifeMs))
    this.#ends.add(end)
    signal.addEventListener('abort', end)
    cleanUp.push(() => {
      clearInterval(heartbeat)
      clearTimeout(life)
      this.#ends.delete(end)
      signal.removeEventListener('abort', end)
    })
    if (signal.aborted || this.#closed) end()
  }

  #count(caller: string, by: 1 | -1): void {
    const count = (this.#counts.get(caller) ?? 0) + by
    if (count === 0) this.#counts.delete(caller)
    else this.#counts.set(caller, count)
  }
}

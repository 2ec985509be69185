import { PACE } from './live-pace.ts'
import { LivePeers, type Message } from './live-peers.ts'
import { type Hello, LiveStream, type OpenStream } from './live-stream.ts'
import { Alarm } from './server-clock.ts'

/** Devices that are asked for by name; of more, everything is. */
const MOST_NAMED = 100

/** What is told of changes. */
export interface LiveNews {
  /** These devices may be others; null = everything may be. Told only while somebody can see the page. */
  changed: (deviceIds: readonly string[] | null) => void
  /** A stream has begun. `changedAt`: when the workspace changed last, where that was perhaps missed (ISO 8601; null = it was
   * not). `now`: the server's instant. */
  hello: (changedAt: string | null, now: string) => void
}

/** Follows the changes of a workspace: by a stream that one page of the browser reads for all, or, where there is none, by asking
 * now and then. */
export class Live {
  readonly #pace: typeof PACE
  readonly #news: LiveNews
  readonly #now: () => number
  readonly #stream: LiveStream
  readonly #peers = new LivePeers({ lead: () => { this.#lead() }, hear: (message) => { this.#hear(message) } })
  readonly #polling = new Alarm(() => { this.#poll() })
  readonly #silence = new Alarm(() => { this.#lost() })
  readonly #calm = new Alarm(() => { this.#tell() })
  #name: string | null = null
  /** When the workspace changed last, null = never; undefined while there is no stream. */
  #changedAt: string | null | undefined = undefined
  /** What is still to be told; null = everything. */
  #pending: Set<string> | null = new Set()
  #toldAt = Number.NEGATIVE_INFINITY

  /** `now`: the server's instant (ms). */
  constructor(open: OpenStream, now: () => number, news: LiveNews, pace = PACE) {
    this.#pace = pace
    this.#news = news
    this.#now = now
    this.#stream = new LiveStream(open, {
      hello: (hello) => { this.#pass({ type: 'hello', hello, id: this.#stream.lastId }) },
      changed: (deviceId) => { this.#pass({ type: 'changed', deviceId, id: this.#stream.lastId }) },
      alive: () => { this.#pass({ type: 'alive' }) },
      lost: () => { this.#pass({ type: 'lost' }) },
    }, pace)
  }

  /** Follows what has this name: a BFF and a workspace. */
  start(name: string): void {
    if (this.#name === name) return
    this.stop()
    this.#name = name
    this.#peers.join(`license-elements 1 ${name}`)
    this.#polling.set(this.#pace.firstPoll)
    window.addEventListener('online', this.#hurry)
    window.addEventListener('pagehide', this.#hide)
    document.addEventListener('visibilitychange', this.#show)
  }

  /** Follows nothing, and holds nothing. */
  stop(): void {
    this.#part()
    this.#name = null
    this.#stream.lastId = null
    this.#pending = new Set()
    window.removeEventListener('online', this.#hurry)
    window.removeEventListener('pagehide', this.#hide)
    window.removeEventListener('pageshow', this.#return)
    document.removeEventListener('visibilitychange', this.#show)
  }

  #part(): void {
    this.#stream.stop()
    this.#peers.leave()
    for (const alarm of [this.#polling, this.#silence, this.#calm]) alarm.stop()
    this.#changedAt = undefined
  }

  #lead(): void {
    this.#silence.stop()
    this.#stream.start()
  }

  /** Tells the other pages, and takes it itself. */
  #pass(message: Message): void {
    this.#peers.tell(message)
    this.#take(message)
  }

  #hear(message: Message): void {
    if (message.type === 'who') this.#welcome()
    else {
      if (!this.#peers.isLeader) this.#silence.set(this.#pace.silence)
      this.#take(message)
    }
  }

  #welcome(): void {
    if (!this.#peers.isLeader || this.#changedAt === undefined) return
    const hello: Hello = { changedAt: this.#changedAt, now: this.#iso(), resumed: false }
    this.#peers.tell({ type: 'welcome', hello, id: this.#stream.lastId })
  }

  #take(message: Message): void {
    if (message.type === 'lost') this.#lost()
    else if (message.type === 'hello') this.#greet(message.hello, message.id)
    else if (this.#changedAt === undefined) {
      if (message.type === 'welcome') this.#greet(message.hello, message.id)
      // It was silent for long; where does it stand?
      else this.#peers.tell({ type: 'who' })
    } else if (message.type === 'changed') {
      this.#stream.lastId = message.id
      this.#changedAt = this.#iso()
      this.#note(message.deviceId)
    }
  }

  #greet({ changedAt, now, resumed }: Hello, id: string | null): void {
    // Whoever heard everything before, and is told what came since, has missed nothing.
    const missed = !resumed || this.#stream.lastId === null
    this.#polling.stop()
    this.#changedAt = changedAt
    this.#stream.lastId = id
    this.#news.hello(missed ? changedAt : null, now)
  }

  #lost(): void {
    this.#silence.stop()
    if (this.#changedAt === undefined) return
    this.#changedAt = undefined
    this.#polling.set(this.#pace.firstPoll)
  }

  #poll(): void {
    this.#note(null)
    this.#polling.set(this.#pace.nextPoll)
  }

  #note(deviceId: string | null): void {
    if (deviceId === null || (this.#pending?.size ?? 0) >= MOST_NAMED) this.#pending = null
    else this.#pending?.add(deviceId)
    this.#calm.set(Math.max(0, this.#toldAt + this.#pace.calm - performance.now()))
  }

  /** Tells what changed, or keeps it until somebody can see the page. */
  #tell(): void {
    if (document.visibilityState !== 'visible' || this.#pending?.size === 0) return
    const changed = this.#pending
    this.#pending = new Set()
    this.#toldAt = performance.now()
    this.#news.changed(changed === null ? null : [...changed])
  }

  #iso(): string {
    return new Date(this.#now()).toISOString()
  }

  readonly #show = (): void => { this.#tell() }

  readonly #hurry = (): void => { this.#stream.hurry() }

  /** A page that the browser keeps for the way back holds nothing. */
  readonly #hide = (): void => {
    this.#part()
    window.addEventListener('pageshow', this.#return, { once: true })
  }

  readonly #return = (): void => {
    const name = this.#name
    if (name === null) return
    this.#name = null
    this.start(name)
  }
}

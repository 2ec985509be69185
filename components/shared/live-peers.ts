import type { Hello } from './live-stream.ts'

/** What pages of one browser tell each other of the stream that one of them reads; `id`: of the last event. */
export type Message =
  /** A page that is new asks where the stream stands. */
  | { type: 'who' }
  | { type: 'welcome'; hello: Hello; id: string | null }
  | { type: 'hello'; hello: Hello; id: string | null }
  | { type: 'changed'; deviceId: string | null; id: string | null }
  | { type: 'alive' }
  | { type: 'lost' }

/** What a page is told. */
export interface PeerNews {
  /** From now on this page reads the stream, for all. */
  lead: () => void
  /** Another page has told something. */
  hear: (message: Message) => void
}

/** All pages of a browser, of one origin, that follow the same: one of them leads (Web Locks API), and tells the others
 * (BroadcastChannel). When it goes, however it goes, the next one leads. */
export class LivePeers {
  isLeader = false
  readonly #news: PeerNews
  #channel: BroadcastChannel | null = null
  #leaving: AbortController | null = null

  constructor(news: PeerNews) {
    this.#news = news
  }

  /** Joins those of this name. Where the browser has no locks, as on a page without TLS, nobody leads. */
  join(name: string): void {
    const { locks } = navigator as { locks?: LockManager }
    if (locks === undefined) return
    const channel = this.#channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<Message>) => { this.#news.hear(data) }
    this.tell({ type: 'who' })
    const leaving = this.#leaving = new AbortController()
    const { signal } = leaving
    locks.request(name, { signal }, async () => {
      if (signal.aborted) return
      this.isLeader = true
      this.#news.lead()
      await new Promise((resolve) => { signal.addEventListener('abort', resolve) })
    }).catch(() => {
      // It left while it waited, or stands in a frame that may have no locks.
    })
  }

  tell(message: Message): void {
    this.#channel?.postMessage(message)
  }

  /** Leaves, so that another page can lead. */
  leave(): void {
    if (this.isLeader) this.tell({ type: 'lost' })
    this.isLeader = false
    this.#leaving?.abort()
    this.#channel?.close()
    this.#channel = this.#leaving = null
  }
}

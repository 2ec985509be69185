import { changedSince, feedsOf } from '../db/changes.sql.ts'
import type { Database } from '../db/database.ts'
import { onCommit } from '../db/transaction.ts'
import { idly } from '../idly.ts'

/** How often other processes' changes are looked for (ms). */
const POLL_MS = 300
/** Without a look for this long (ms), nobody knows what other processes have done. */
const BEHIND_MS = 1_000
/** A clock that has moved against the real one by this much was set anew (ms). */
const JUMP_MS = 1_000

/** Something changed in a workspace: these devices, or whatever it may be (null). */
export interface Change {
  /** The number of the latest change; the same for what time alone did. */
  seq: number
  deviceIds: readonly string[] | null
}

/** Where a workspace's changes stand. */
export interface Position {
  seq: number
  /** The instant of the latest change (ms); 0 if there was none. */
  at: number
}

interface Watched {
  seq: number
  listeners: Set<(change: Change) => void>
}

/** Tells who listens what changed, whoever changed it: in this process at once, in another one within `POLL_MS`. It looks at the
 * database only while somebody listens, with one query for all workspaces. */
export class ChangeHub {
  readonly #database: Database
  readonly #now: () => number
  readonly #watched = new Map<string, Watched>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #endCommits: (() => void) | null = null
  #looking: Promise<void> | null = null
  #again = false
  /** The last look that succeeded, by the process (ms). */
  #knownAt = 0
  /** The instants of the last look, by the clock and by the process (ms). */
  #looked = { now: 0, ran: 0 }

  constructor(database: Database, now: () => number) {
    this.#database = database
    this.#now = now
  }

  /** Calls back after every change of a workspace from now on. Rejects where the database cannot be asked. */
  async subscribe(workspace: string, listener: (change: Change) => void): Promise<Position & { end: () => void }> {
    const [feed] = await feedsOf(this.#database.db, [workspace])
    const { seq = 0, at = 0 } = feed ?? {}
    if (this.#timer === null) this.#knownAt = performance.now()
    const watched = this.#watched.get(workspace) ?? { seq, listeners: new Set() }
    this.#watched.set(workspace, watched)
    watched.listeners.add(listener)
    this.#start()
    return {
      seq, at, end: () => {
        watched.listeners.delete(listener)
        if (watched.listeners.size === 0 && this.#watched.get(workspace) === watched) this.#watched.delete(workspace)
        if (this.#watched.size === 0) this.#stop()
      },
    }
  }

  /** Whether every change is told of that was committed up to a moment ago: in this process at all, in another one within `POLL_MS`. */
  get isCurrent(): boolean {
    return this.#timer !== null && this.#looking === null && performance.now() - this.#knownAt < BEHIND_MS
  }

  /** What changed after a number that somebody had before; null = whatever it may be. */
  async since(workspace: string, seq: number): Promise<readonly string[] | null> {
    return changedSince(this.#database.db, workspace, seq)
  }

  #start(): void {
    if (this.#timer !== null) return
    this.#looked = { now: this.#now(), ran: performance.now() }
    this.#endCommits = onCommit(this.#database, () => { this.#look() })
    this.#plan()
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#endCommits?.()
    this.#endCommits = null
  }

  #plan(): void {
    const timer = idly(setTimeout(() => {
      this.#checkClock()
      this.#look()
      if (this.#timer === timer) this.#plan()
    }, POLL_MS))
    this.#timer = timer
  }

  /** A clock that was moved changes every licence; one that stands still, as in tests, does not. */
  #checkClock(): void {
    const before = this.#looked
    const { now, ran } = this.#looked = { now: this.#now(), ran: performance.now() }
    if (now !== before.now && Math.abs(now - before.now - (ran - before.ran)) > JUMP_MS) for (const watched of this.#watched.values()) tell(watched, { seq: watched.seq, deviceIds: null })
  }

  #look(): void {
    if (this.#looking !== null) {
      this.#again = true
      return
    }
    // A database that is away is asked again at the next turn.
    this.#looking = this.#readFeeds().catch(() => {}).finally(() => {
      this.#looking = null
      if (this.#again) {
        this.#again = false
        this.#look()
      }
    })
  }

  async #readFeeds(): Promise<void> {
    const began = performance.now()
    for (const { workspace_id: workspace, seq } of await feedsOf(this.#database.db, [...this.#watched.keys()])) {
      const watched = this.#watched.get(workspace)
      if (watched === undefined || seq <= watched.seq) continue
      const deviceIds = await changedSince(this.#database.db, workspace, watched.seq)
      watched.seq = seq
      tell(watched, { seq, deviceIds })
    }
    this.#knownAt = began
  }
}

function tell({ listeners }: Watched, change: Change): void {
  for (const listener of [...listeners]) listener(change)
}

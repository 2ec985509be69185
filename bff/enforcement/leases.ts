import type { Decision, Question } from './decision.ts'

/** Longest time that a timer can wait (ms). */
const LONGEST_MS = 2_147_483_647
/** Shortest time between two looks (ms): clocks differ a little. */
const SHORTEST_MS = 5
/** How long the last look at an end may take (ms), and how often one is repeated while nobody can be asked. */
const LAST_LOOK_MS = 500
const AGAIN_MS = 1_000
/** Looks that may fail in a row before what runs is ended. */
const MOST_FAILED = 5

/** What leases live on. */
export interface LeaseSource {
  /** Decides anew; does not reject for what is refused. */
  decide: (question: Question) => Promise<Decision>
  /** Calls back after every change of a workspace: ids of devices, null = of any. Answers what ends that. */
  watch: (workspace: string | null, changed: (deviceIds: readonly string[] | null) => void) => () => void
  /** The instant of who decides (ms). */
  now: () => number
}

/** Something that runs as long as a feature is open. */
export interface Lease {
  /** Aborts when the feature closes: at the second of expiry, or within a second of an undoing; its reason is a Decision. */
  signal: AbortSignal
  /** Ends the watching, once nothing runs any more. */
  leave: () => void
}

interface Held {
  question: Question
  controller: AbortController
  timer: ReturnType<typeof setTimeout> | undefined
  failed: number
  ended: boolean
}

interface Watched {
  held: Set<Held>
  end: () => void
}

/** Ends what runs when its feature closes: by a timer at the end of the licence, and by looking again after every change. */
export class Leases {
  readonly #source: LeaseSource
  readonly #watched = new Map<string | null, Watched>()

  constructor(source: LeaseSource) {
    this.#source = source
  }

  /** Holds a lease on a feature that was decided to be open. */
  hold(question: Question, decision: Decision): Lease {
    const held: Held = { question, controller: new AbortController(), timer: undefined, failed: 0, ended: false }
    this.#watch(question.workspace).held.add(held)
    this.#plan(held, decision)
    return { signal: held.controller.signal, leave: () => { this.#drop(held) } }
  }

  /** Ends every lease. */
  end(): void {
    for (const { held } of [...this.#watched.values()]) for (const one of [...held]) this.#close(one, null)
  }

  #watch(workspace: string | null): Watched {
    const known = this.#watched.get(workspace)
    if (known !== undefined) return known
    const held = new Set<Held>()
    const end = this.#source.watch(workspace, (ids) => {
      for (const one of [...held]) if (ids === null || ids.includes(one.question.deviceId)) void this.#look(one)
    })
    const watched = { held, end }
    this.#watched.set(workspace, watched)
    return watched
  }

  #plan(held: Held, { until, source }: Decision): void {
    clearTimeout(held.timer)
    const left = until === null ? LONGEST_MS : Math.max(SHORTEST_MS, Date.parse(until) - this.#source.now())
    const wait = Math.min(left, source === 'fallback' ? AGAIN_MS : LONGEST_MS)
    held.timer = setTimeout(() => {
      if (until !== null && this.#source.now() >= Date.parse(until)) void this.#lastLook(held)
      else void this.#look(held)
    }, wait)
    ;(held.timer as { unref?: () => unknown }).unref?.()
  }

  /** At the end: somebody may have renewed a moment ago, but nobody waits long for the answer. */
  async #lastLook(held: Held): Promise<void> {
    const late = setTimeout(() => { this.#close(held, null) }, LAST_LOOK_MS)
    await this.#look(held, 0)
    clearTimeout(late)
  }

  async #look(held: Held, mayFail = MOST_FAILED): Promise<void> {
    const decision = await this.#source.decide(held.question)
    if (held.ended) return
    if (decision.allowed) {
      held.failed = 0
      this.#plan(held, decision)
    } else if (decision.source === 'fallback' && (held.failed += 1) <= mayFail) this.#plan(held, { ...decision, until: null })
    else this.#close(held, decision)
  }

  #close(held: Held, why: Decision | null): void {
    if (held.ended) return
    this.#drop(held)
    held.controller.abort(why)
  }

  #drop(held: Held): void {
    if (held.ended) return
    held.ended = true
    clearTimeout(held.timer)
    const { workspace } = held.question
    const watched = this.#watched.get(workspace)
    if (watched?.held.delete(held) !== true || watched.held.size > 0) return
    watched.end()
    this.#watched.delete(workspace)
  }
}

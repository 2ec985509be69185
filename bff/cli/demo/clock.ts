import { z } from 'zod'
import { Problem } from '../../http/problem.ts'
import { read, type Route } from '../../http/route.ts'
import { Instant } from '../../http/schemas.ts'
import { iso } from '../../ledger/view.ts'
import { MAX_DAYS } from '../../policy.ts'

const DAY_MS = 86_400_000
/** Where the clock may stand (ms): terms of a century still end in a year of four digits. */
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(3000, 0, 1)

/** The demo's clock: real time, moved by a distance. It keeps running from wherever it was moved to. */
export class Clock {
  #offset = 0

  /** The demo's instant (ms). */
  readonly now = (): number => Date.now() + this.#offset

  /** How far it stands from real time, in whole days of 24 hours. */
  get movedDays(): number {
    return Math.round(this.#offset / DAY_MS)
  }

  /** Moves by days of 24 hours, to an instant (ms), or back to real time; throws `invalid` outside 1900 to 2999. */
  move({ addDays, now }: { addDays?: number | undefined; now?: number | undefined }): number {
    const offset = addDays !== undefined ? this.#offset + addDays * DAY_MS : now !== undefined ? now - Date.now() : 0
    const target = Date.now() + offset
    if (!(target >= EARLIEST && target < LATEST)) {
      throw new Problem('invalid', 'The clock stays between the years 1900 and 2999.', {
        errors: [{ pointer: addDays === undefined ? '/now' : '/addDays', detail: 'leads out of the years 1900 to 2999' }],
      })
    }
    this.#offset = offset
    return this.now()
  }
}

const Move = z.strictObject({ addDays: z.int().min(-MAX_DAYS).max(MAX_DAYS).optional(), now: Instant.optional() })
  .refine((move) => move.addDays === undefined || move.now === undefined, 'addDays and now exclude each other')

/** `POST /demo/clock`: `{ addDays }`, `{ now }`, or `{}` for real time. */
export function clockRoute(clock: Clock): Route {
  return read({
    method: 'post', path: '/demo/clock', summary: 'Move the clock of the demo', role: 'anyone', body: Move,
    answer: z.strictObject({ now: z.iso.datetime() }),
    read: async ({ body }) => ({ now: iso(clock.move(body)) }),
  })
}

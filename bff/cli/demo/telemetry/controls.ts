import { z } from 'zod'
import { iso } from '../../../ledger/view.ts'
import { type DeviceFunction, FUNCTIONS, type KnownDevice } from './families.ts'

/** How long a self-test runs (ms). */
const TEST_MS = 5_000
/** Entries of the activity that are kept. */
const KEPT = 6

/** What was done to a device: a switch, a number, or a test that was passed. */
interface Entry {
  at: string
  id: string
  done: boolean | number | 'passed'
}

/** How a device stands, and what was done last, the latest first. */
export interface ControlState {
  functions: readonly DeviceFunction[]
  activity: readonly Entry[]
}

/** Why something was not done, as a status of HTTP. */
export type Refused = 404 | 409 | 422

const Change = { switch: z.strictObject({ on: z.boolean() }), number: z.strictObject({ value: z.number() }), run: z.strictObject({}) }

interface Controlled {
  functions: DeviceFunction[]
  activity: Entry[]
  /** When a test that runs ends, by the process (ms). */
  testEnds: number | null
}

/** Switches, numbers and self-tests of devices, in memory. */
export class Controls {
  readonly #now: () => number
  readonly #devices = new Map<string, Controlled>()

  /** `now`: the clock that entries are dated by (ms). */
  constructor(now: () => number) {
    this.#now = now
  }

  /** How a device stands. */
  state(device: KnownDevice): ControlState {
    const { functions, activity, testEnds } = this.#of(device)
    const leftMs = testEnds === null ? null : Math.max(0, Math.round(testEnds - performance.now()))
    return { functions: functions.map((one) => (one.kind === 'run' ? { ...one, leftMs } : one)), activity: [...activity] }
  }

  /** Does something to a device: `{ on }`, `{ value }` or, for a test, `{}`; answers how it stands then, or why it was not done. */
  change(device: KnownDevice, id: string, body: unknown): ControlState | Refused {
    const controlled = this.#of(device)
    const found = controlled.functions.find((one) => one.id === id)
    if (found === undefined) return 404
    const change = Change[found.kind].safeParse(body)
    if (!change.success) return 422
    if (found.kind === 'run') {
      if (controlled.testEnds !== null) return 409
      this.#test(controlled, id)
    } else {
      const done = 'on' in change.data ? change.data.on : 'value' in change.data ? change.data.value : 0
      if (found.kind === 'number' && !isOffered(found, Number(done))) return 422
      Object.assign(found, change.data)
      this.#note(controlled, id, done)
    }
    return this.state(device)
  }

  #of({ workspace, id, family }: KnownDevice): Controlled {
    const key = JSON.stringify([workspace, id])
    const known = this.#devices.get(key) ?? { functions: FUNCTIONS[family].map((one) => ({ ...one })), activity: [], testEnds: null }
    this.#devices.set(key, known)
    return known
  }

  #test(controlled: Controlled, id: string): void {
    controlled.testEnds = performance.now() + TEST_MS
    setTimeout(() => {
      controlled.testEnds = null
      this.#note(controlled, id, 'passed')
    }, TEST_MS).unref()
  }

  #note({ activity }: Controlled, id: string, done: Entry['done']): void {
    activity.unshift({ at: iso(this.#now()), id, done })
    activity.length = Math.min(activity.length, KEPT)
  }
}

/** Whether a number is one of those that the buttons lead to. */
function isOffered({ least, most, step }: Extract<DeviceFunction, { kind: 'number' }>, value: number): boolean {
  return value >= least && value <= most && Number.isInteger((value - least) / step)
}

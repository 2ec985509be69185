import { iso } from '../../../ledger/view.ts'
import { type KnownDevice, type Metric, METRICS } from './families.ts'
import { reading } from './readings.ts'

/** How often there is a reading (ms), and how many the first event brings: two minutes. */
const STEP_MS = 2_000
const FIRST = 61

/** What a device measures at one instant, by metric. */
interface Reading {
  at: string
  values: Readonly<Record<string, number>>
}

function readingAt(metrics: readonly Metric[], deviceId: string, at: number): Reading {
  return { at: iso(at), values: Object.fromEntries(metrics.map((metric) => [metric.id, Number(reading(metric, deviceId, at).toFixed(metric.digits + 2))])) }
}

/** A device's readings as server-sent events: `start` with its metrics and the last two minutes, then `reading` every two seconds of the
 * clock. A clock that was moved brings another `start`. `ended` tells who opened it. */
export function liveEvents({ id, family }: KnownDevice, now: () => number, ended: () => void): { body: ReadableStream<Uint8Array>; end: () => void } {
  const metrics = METRICS[family]
  const text = new TextEncoder()
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NaN
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  const send = (event: string, data: object): void => { controller?.enqueue(text.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) }
  const tick = (): void => {
    const at = Math.floor(now() / STEP_MS) * STEP_MS
    if (at === last + STEP_MS) send('reading', readingAt(metrics, id, at))
    // A timer may come a moment early.
    else if (at !== last) send('start', { metrics: shown(metrics), readings: Array.from({ length: FIRST }, (_, index) => readingAt(metrics, id, at - (FIRST - 1 - index) * STEP_MS)) })
    last = at
    timer = setTimeout(tick, STEP_MS - (now() - at) % STEP_MS)
  }
  const finish = (): void => {
    clearTimeout(timer)
    controller = null
    ended()
  }
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
      tick()
    },
    cancel: finish,
  })
  return {
    body, end: () => {
      controller?.close()
      finish()
    },
  }
}

/** Metrics as pages draw them. */
export function shown(metrics: readonly Metric[]): Pick<Metric, 'id' | 'unit' | 'digits' | 'range'>[] {
  return metrics.map(({ id, unit, digits, range }) => ({ id, unit, digits, range }))
}

import type { Lease } from './leases.ts'

/** What ends a stream, and is told of its end. */
export interface Guard {
  lease: Lease
  /** How long nothing may come (ms). */
  idleMs: number
  /** Ends the upstream's own side. */
  stop: () => void
}

/** The body of an answer that ends when its lease does: events without an error, so that their reader asks again; everything else with
 * one, because it is not whole (RFC 9112 §8). Nothing is read that nobody takes. */
export function guarded({ body, headers }: Response, { lease, idleMs, stop }: Guard): ReadableStream<Uint8Array> | null {
  if (body === null) {
    lease.leave()
    return null
  }
  const isEvents = headers.get('content-type')?.startsWith('text/event-stream') === true
  const reader = body.getReader()
  let ended = false
  let idle: ReturnType<typeof setTimeout> | undefined
  const finish = (): void => {
    ended = true
    clearTimeout(idle)
    lease.leave()
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const close = (): void => {
        if (ended) return
        finish()
        if (isEvents) controller.close()
        else controller.error(new Error('the feature was closed'))
        stop()
        void reader.cancel().catch(() => {})
      }
      if (lease.signal.aborted) close()
      else lease.signal.addEventListener('abort', close, { once: true })
    },
    async pull(controller) {
      idle = setTimeout(stop, idleMs)
      try {
        const { done, value } = await reader.read()
        clearTimeout(idle)
        if (ended) return
        if (!done) {
          controller.enqueue(value)
          return
        }
        finish()
        controller.close()
      } catch (error) {
        if (ended) return
        finish()
        controller.error(error)
      }
    },
    cancel() {
      finish()
      stop()
      void reader.cancel().catch(() => {})
    },
  })
}

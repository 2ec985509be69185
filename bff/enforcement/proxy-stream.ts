import type { Lease } from './leases.ts'

/** What ends a stream, and is told of its end. */
export interface Guard {
  lease: Lease
  /** How long nothing may come (ms). */
  idleMs: number
  /** Ends the upstream's own side. */
  stop: () => void
  /** Breaks the caller's connection off, where the server can: an error in the body would be written into it. */
  breakOff: (() => void) | null
}

/** The body of an answer that ends when its lease does: events without an error, so that their reader asks again; everything else with
 * one, because it is not whole (RFC 9112 §8). Nothing is read that nobody takes. */
export function guarded({ body, headers }: Response, { lease, idleMs, stop, breakOff }: Guard): ReadableStream<Uint8Array> | null {
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
  const fail = (controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void => {
    if (breakOff === null) {
      controller.error(error)
      return
    }
    breakOff()
    controller.close()
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const close = (): void => {
        if (ended) return
        finish()
        if (isEvents) controller.close()
        else fail(controller, new Error('the feature was closed'))
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
        fail(controller, error)
      }
    },
    cancel() {
      finish()
      stop()
      void reader.cancel().catch(() => {})
    },
  })
}

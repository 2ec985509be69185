import type { Context, MiddlewareHandler } from 'hono'
import type { Pass } from '../licenses.ts'
import { type GateOptions, passFor } from './request.ts'

/** What a route behind a gate finds with `c.get('license')`. */
export interface GateVariables {
  license: Pass
}

/** Closes a route of Hono where the licence of a device does not open a feature; answers a problem then (RFC 9457). */
export function licenseGate(feature: string, options: GateOptions<Context>): MiddlewareHandler<{ Variables: GateVariables }> {
  return async (c, next) => {
    const { pass, refusal } = await passFor(feature, options, c as Context)
    if (refusal !== null) return refusal.response()
    c.set('license', pass)
    try {
      await next()
    } catch (error) {
      pass.leave()
      throw error
    }
    const { body } = c.res
    if (body === null) pass.leave()
    else c.res = new Response(body.pipeThrough(leaving(pass)), c.res)
  }
}

/** Hands a body on, and ends the watching with it. */
function leaving(pass: Pass): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({ flush: () => { pass.leave() }, cancel: () => { pass.leave() } } as Transformer<Uint8Array, Uint8Array>)
}

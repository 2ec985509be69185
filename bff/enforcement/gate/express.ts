import type { Pass } from '../licenses.ts'
import { type GateOptions, passFor } from './request.ts'

/** What is used of an answer of Express (4 or 5), or of anything alike. */
export interface ExpressResponse {
  locals: Record<string, unknown>
  status: (code: number) => unknown
  setHeader: (name: string, value: string) => unknown
  end: (body: string) => unknown
  once: (event: 'close', listener: () => void) => unknown
}

/** Closes a route of Express where the licence of a device does not open a feature; answers a problem then (RFC 9457). Behind it stands
 * the pass in `res.locals.license`. */
export function licenseGate<Req>(feature: string, options: GateOptions<Req>): (request: Req, response: ExpressResponse, next: (error?: unknown) => void) => void {
  return (request, response, next) => {
    passFor(feature, options, request).then(({ pass, refusal }) => {
      if (refusal === null) {
        response.locals['license'] = pass satisfies Pass
        response.once('close', () => { pass.leave() })
        next()
        return
      }
      response.status(refusal.status)
      for (const [name, value] of refusal.response().headers) response.setHeader(name, value)
      response.end(JSON.stringify(refusal.body()))
    }).catch(next)
  }
}

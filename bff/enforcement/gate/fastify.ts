import type { Pass } from '../licenses.ts'
import { type GateOptions, passFor } from './request.ts'

/** What is used of an answer of Fastify (5), or of anything alike. */
export interface FastifyReply {
  raw: { once: (event: 'close', listener: () => void) => unknown }
  code: (status: number) => unknown
  headers: (values: Record<string, string>) => unknown
  send: (body: string) => unknown
}

/** Closes a route of Fastify where the licence of a device does not open a feature, as its `preHandler`; answers a problem then
 * (RFC 9457). Behind it stands the pass in `request.license`. */
export function licenseGate<Req extends object>(feature: string, options: GateOptions<Req>): (request: Req, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    const { pass, refusal } = await passFor(feature, options, request)
    if (refusal === null) {
      Object.assign(request, { license: pass satisfies Pass })
      reply.raw.once('close', () => { pass.leave() })
      return undefined
    }
    reply.code(refusal.status)
    reply.headers(Object.fromEntries(refusal.response().headers))
    reply.send(JSON.stringify(refusal.body()))
    return reply
  }
}

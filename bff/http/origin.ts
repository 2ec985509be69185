import type { Context, MiddlewareHandler, Next } from 'hono'
import { Problem } from './problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Cross-origin rules (Fetch standard, CORS): answers preflights for the listed origins, lets their pages read, and refuses
 * every unsafe request that a browser sends from any other origin. A request without Origin comes from no foreign page.
 */
export function checkOrigin(allowed: ReadonlySet<string>): MiddlewareHandler {
  const check = async (c: Context, next: Next, origin: string | undefined): Promise<Response | void> => {
    if (origin === undefined) {
      await next()
      c.res.headers.append('vary', 'origin')
      return
    }
    const listed = allowed.has(origin)
    if (c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined) {
      if (!listed) throw new Problem('origin-forbidden')
      return new Response(null, {
        status: 204,
        headers: {
          ...corsHeaders(origin), vary: 'origin', 'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
          'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id, x-requested-with', 'access-control-max-age': '600',
        },
      })
    }
    if (!listed && !SAFE.has(c.req.method) && !isSameOrigin(origin, c.req.header('host'), c.req.url)) throw new Problem('origin-forbidden')
    await next()
    if (listed) for (const [name, value] of Object.entries(corsHeaders(origin))) c.res.headers.set(name, value)
    c.res.headers.append('vary', 'origin')
  }
  return (c, next) => {
    const origin = c.req.header('origin')
    return origin === undefined && allowed.size === 0 ? next() : check(c, next, origin)
  }
}

function corsHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'retry-after, idempotency-replayed',
  }
}

/** Compares hosts, not schemes: TLS may end before us. */
function isSameOrigin(origin: string, host: string | undefined, url: string): boolean {
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === (host ?? new URL(url).host)
}

import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../http/problem.ts'

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)+localhost)(?::\d{1,5})?$/i

/** Answers only who calls this computer by a name that nobody else can give to it: a foreign page that points its own name
 * here (DNS rebinding) would otherwise be an admin. */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const { host } = new URL(c.req.url)
  if (![host, c.req.header('host') ?? host].every((name) => LOOPBACK.test(name))) {
    return new Problem('origin-forbidden', 'The demo answers only under localhost, 127.0.0.1 and [::1].').response()
  }
  return next()
}

const OWN_SITE = new Set([undefined, 'same-origin', 'none'])

/** Refuses forms of other pages, by what the browser says of where they come from (Fetch Metadata). */
export const refuseForeignForms: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' && !OWN_SITE.has(c.req.header('sec-fetch-site'))) throw new Problem('origin-forbidden')
  await next()
}

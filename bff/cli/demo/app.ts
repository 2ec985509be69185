import { Hono } from 'hono'
import { mount, type MountOptions } from '../../http/mount.ts'
import { checkOrigin } from '../../http/origin.ts'
import { Problem } from '../../http/problem.ts'
import { whoIsAsking } from '../../http/who.ts'
import { Decider } from '../../enforcement/decide.ts'
import { newId } from '../../ids.ts'
import type { Bff, Connected } from '../../index.ts'
import { type Clock, clockRoute } from './clock.ts'
import { loopbackOnly, refuseForeignForms } from './guards.ts'
import { authenticate } from './identities.ts'
import type { Mailbox } from './mailbox.ts'
import { MAILBOX_PATHS, serveMailbox } from './mailbox.routes.ts'
import { FILE_PATHS, portalFile, portalPage } from './portal.ts'

/** What the demo is made of. */
export interface DemoParts extends Pick<MountOptions, 'database' | 'keyring' | 'policy'> {
  bff: Bff
  clock: Clock
  mailbox: Mailbox
  onError: (instance: string, error: unknown) => void
}

/** Addresses of the portal's pages. */
const PAGES = ['/', '/devices/:id']

/** The portal in front of the BFF, the clock, and the mailbox. */
export function demoApp({ bff, clock, mailbox, onError, ...parts }: DemoParts): Hono {
  const { database, keyring, policy: { claims } } = parts
  const app = new Hono({ strict: true })
  app.use(loopbackOnly)
  app.use('/demo/clock', checkOrigin(new Set()), refuseForeignForms)
  mount(app, [clockRoute(clock)], {
    ...parts, live: null, gates: new Decider(database, parts.policy), now: clock.now, who: whoIsAsking({ database, keyring, hostTokens: null, claims, authenticate }), hooks: { checkSerial: null, readCsv: null, askLegacy: null, checkWebhook: null, sendsMail: false },
  })
  for (const path of PAGES) app.get(path, (c) => portalPage(c.req.raw))
  for (const path of FILE_PATHS) app.get(path, (c) => portalFile(c.req.raw))
  serveMailbox(app, mailbox, clock.now)
  app.all('/demo/clock', () => refuseMethod('POST'))
  for (const path of [...PAGES, ...FILE_PATHS, ...MAILBOX_PATHS]) app.all(path, () => refuseMethod('GET, HEAD'))
  app.notFound((c) => bffOrLost(bff, c.req.raw, c.env as Connected))
  app.onError((error) => {
    if (error instanceof Problem) return error.response()
    const instance = newId(clock.now())
    onError(instance, error)
    return new Problem('internal', undefined, { instance }).response()
  })
  return app
}

function refuseMethod(allow: string): never {
  throw new Problem('method-not-allowed', undefined, {}, { allow })
}

/** What the BFF answers; where nothing is, a person gets the portal's page that says so. */
async function bffOrLost(bff: Bff, request: Request, connected: Connected): Promise<Response> {
  const answer = await bff.fetch(request, connected)
  const isPage = request.method === 'GET' && request.headers.get('accept')?.includes('text/html') === true
  return answer.status === 404 && isPage ? portalPage(request, 404) : answer
}

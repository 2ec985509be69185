import { Hono } from 'hono'
import type { Context } from 'hono'
import { mount } from '../../../http/mount.ts'
import { checkOrigin } from '../../../http/origin.ts'
import { Problem } from '../../../http/problem.ts'
import { newId } from '../../../ids.ts'
import { clockRoute } from '../clock.ts'
import { loopbackOnly, refuseForeignForms } from '../guards.ts'
import { FAVICON } from './icons.ts'
import { languageOf } from './language.ts'
import { errorPage } from './layout.ts'
import { moveClock, redeemVoucher, showAssets, showDevice, undoRedemption } from './pages.ts'
import { pageMessage } from './refusals.ts'
import { STYLE } from './style.ts'
import { type DemoParts, visitOf } from './visit.ts'

/** The demo's own addresses, and the methods of each. Everything else is the BFF's. */
const OWN = {
  '/': 'GET, HEAD', '/devices/:id': 'GET, HEAD', '/devices/:id/voucher': 'GET, HEAD, POST', '/devices/:id/undo': 'GET, HEAD, POST', '/clock': 'POST',
  '/demo/clock': 'POST', '/demo.css': 'GET, HEAD', '/demo.svg': 'GET, HEAD',
} as const

/** The portal in front of the BFF, and the clock. */
export function demoApp(parts: DemoParts): Hono {
  const { bff, clock } = parts
  const app = new Hono({ strict: true })
  app.use(loopbackOnly)
  for (const path of Object.keys(OWN)) app.use(path, checkOrigin(new Set()), refuseForeignForms)
  mount(app, [clockRoute(clock)], {
    ...parts, now: clock.now, who: async () => ({ id: 'demo', kind: 'person', workspace: null, roles: [] }), hooks: { checkSerial: null, readCsv: null },
  })
  app.get('/', (c) => showAssets(visitOf(c, parts)))
  app.get('/devices/:id', (c) => showDevice(visitOf(c, parts), c.req.param('id')))
  app.post('/devices/:id/voucher', (c) => redeemVoucher(visitOf(c, parts), c.req.param('id')))
  app.post('/devices/:id/undo', (c) => undoRedemption(visitOf(c, parts), c.req.param('id')))
  app.post('/clock', (c) => moveClock(visitOf(c, parts)))
  // Who reloads the answer to a form by its address finds the device.
  for (const form of ['voucher', 'undo']) {
    app.get(`/devices/:id/${form}`, (c) => c.redirect(languageOf(c.req.raw).link(`/devices/${encodeURIComponent(c.req.param('id') ?? '')}`), 303))
  }
  app.get('/demo.css', () => file(STYLE, 'text/css'))
  app.get('/demo.svg', () => file(FAVICON, 'image/svg+xml'))
  for (const [path, allow] of Object.entries(OWN)) app.all(path, () => { throw new Problem('method-not-allowed', undefined, {}, { allow }) })
  app.notFound((c) => bff.fetch(c.req.raw))
  app.onError((error, c) => refuse(error, c, parts))
  return app
}

function file(text: string, type: string): Response {
  return new Response(text, { headers: { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' } })
}

/** A problem: as a page for who asks for pages, else as the BFF says it. */
async function refuse(error: Error, c: Context, parts: DemoParts): Promise<Response> {
  const { clock, onError } = parts
  const instance = newId(clock.now())
  if (!(error instanceof Problem)) onError(instance, error)
  const problem = error instanceof Problem ? error : new Problem('internal', undefined, { instance })
  if (!c.req.header('accept')?.includes('text/html')) return problem.response()
  const { language, api, answer } = visitOf(c, parts)
  const me = await api.me().catch(() => null)
  const context = { language, me, path: '/', clock: { now: clock.now(), movedDays: clock.movedDays } }
  const response = await answer(errorPage(context, pageMessage(problem.code, language.texts), problem.fields.instance), problem.status)
  for (const [name, value] of Object.entries(problem.headers)) response.headers.set(name, value)
  return response
}

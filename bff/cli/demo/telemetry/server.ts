import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Served } from '../../../node/server.ts'
import type { Upstream } from '../../../policy.ts'
import { dayOf, formatDay } from '../../../rules/calendar.ts'
import { end, listenOn } from '../../serve.ts'
import { Controls } from './controls.ts'
import { familyOf, type KnownDevice, METRICS } from './families.ts'
import { liveEvents, shown } from './live.ts'
import { readingsOfDay } from './readings.ts'

/** What the maker's device cloud lives on. */
export interface TelemetryOptions {
  /** The demo's instant (ms). */
  now: () => number
  /** What the BFF knows of a device; null = there is none. */
  find: (device: { workspace: string; id: string }) => Promise<{ model: string; timeZone: string } | null>
}

/** A device cloud that runs. */
export interface Telemetry {
  /** How the BFF's proxy reaches it. */
  upstream: Upstream
  close: () => Promise<void>
}

const DAYS = ['7', '30']
/** Bytes that a change may have. */
const LONGEST = 1_000

type Told = { Variables: { device: KnownDevice } }

/** Starts the maker's device cloud on this computer: made-up readings and functions, for nobody but who knows its secret. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const secret = randomBytes(32).toString('base64url')
  const open = new Set<() => void>()
  const app = telemetryApp(options, secret, open)
  const served: Served = Object.assign((request: Request) => app.fetch(request), { close: async () => { for (const endOne of open) endOne() } })
  const listening = await listenOn(served, { host: '127.0.0.1', port: 0 })
  return {
    upstream: { url: `http://127.0.0.1:${listening.port}/devices/{device}/{feature}`, headers: { authorization: `Bearer ${secret}` }, timeoutSeconds: 10, idleSeconds: 60 },
    close: () => end(listening),
  }
}

function telemetryApp({ now, find }: TelemetryOptions, secret: string, open: Set<() => void>): Hono<Told> {
  const controls = new Controls(now)
  const app = new Hono<Told>({ strict: true })
  app.use(async (c, next) => (isSecret(c.req.header('authorization'), secret) ? next() : refuse(401)))
  app.use('/devices/:device/*', async (c, next) => {
    // Who passes the gate is told of by the gate alone.
    const device = { workspace: decodeURIComponent(c.req.header('x-license-workspace') ?? ''), id: c.req.param('device') }
    const found = await find(device)
    if (found === null) return refuse(404)
    c.set('device', { ...device, family: familyOf(found.model), timeZone: found.timeZone })
    return next()
  })
  app.get('/devices/:device/dashboard/live', (c) => {
    const { body, end: endOne } = liveEvents(c.get('device'), now, () => { open.delete(endOne) })
    open.add(endOne)
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
  })
  app.get('/devices/:device/history', (c) => {
    const days = c.req.query('days') ?? ''
    return DAYS.includes(days) ? Response.json(history(c.get('device'), Number(days), now())) : refuse(400)
  })
  app.get('/devices/:device/functions', (c) => Response.json(controls.state(c.get('device'))))
  app.post('/devices/:device/functions/:id', async (c, next) => (maySwitch(c) ? next() : refuse(403)), bodyLimit({ maxSize: LONGEST, onError: () => refuse(413) }), async (c) => {
    const body = await bodyOf(c)
    if (typeof body === 'number') return refuse(body)
    const answer = controls.change(c.get('device'), c.req.param('id'), body.json)
    return typeof answer === 'number' ? refuse(answer) : Response.json(answer)
  })
  app.notFound(() => refuse(404))
  return app
}

/** The days before today in the device's time zone, the oldest first. */
function history({ id, family, timeZone }: KnownDevice, days: number, now: number): object {
  const today = dayOf(now, timeZone)
  const list = Array.from({ length: days }, (_, index) => today - days + index)
  return { metrics: shown(METRICS[family]), days: list.map((day) => ({
    day: formatDay(day),
    values: Object.fromEntries(METRICS[family].map((metric) => [metric.id, readingsOfDay(metric, id, day)])),
  })) }
}

/** Whether somebody may do something to a device: members and admins, as the gate tells of them. */
function maySwitch({ req }: Context): boolean {
  return (req.header('x-license-roles') ?? '').split(',').some((role) => role === 'member' || role === 'admin')
}

async function bodyOf({ req }: Context): Promise<{ json: unknown } | 400 | 415> {
  if (req.header('content-type')?.startsWith('application/json') !== true) return 415
  return req.json<unknown>().then((json) => ({ json }), () => 400)
}

function isSecret(header: string | undefined, secret: string): boolean {
  const [given, wanted] = [header ?? '', `Bearer ${secret}`].map((text) => Buffer.from(text))
  return given !== undefined && wanted !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted)
}

function refuse(status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422): Response {
  return Response.json({ status }, { status, headers: { 'content-type': 'application/problem+json' } })
}

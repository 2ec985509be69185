import type { Hono } from 'hono'
import { ledgerState } from '../../enforcement/decisions.sql.ts'
import { type Bff, createBff } from '../../index.ts'
import { readElements } from '../../node/built.ts'
import { readCsv } from '../../node/csv.ts'
import { webhookPoster } from '../../node/webhook.ts'
import { findWorkspace } from '../../workspaces/workspaces.sql.ts'
import type { Upstream } from '../../policy.ts'
import { logBug } from '../log.ts'
import { print } from '../output.ts'
import { end, listenOn, signal } from '../serve.ts'
import { demoApp } from './app.ts'
import { Clock } from './clock.ts'
import { authenticate, WORKSPACE } from './identities.ts'
import { Mailbox } from './mailbox.ts'
import { MAILBOX_PATH } from './mailbox.pages.ts'
import { checkBuilt } from './portal.ts'
import { CLOSED_MODEL, OTHER_WORKSPACE } from './sample.ts'
import { issueCodes, seed, VOUCHER_DAYS } from './seed.ts'
import { openStore, type Store } from './store.ts'
import { startTelemetry, type Telemetry } from './telemetry/server.ts'

/** How the demo is started. */
export interface DemoOptions {
  host: string
  /** 0 = any free one. */
  port: number
  /** `sqlite:PATH` or `postgres://…`; null = a temporary one. */
  db: string | null
  /** Hosts, IP addresses and ranges that are not on the public internet and may be sent webhooks all the same; none if left out. */
  webhookAllow?: readonly string[]
}

/** A demo that runs. */
export interface Demo {
  url: string
  /** Voucher codes that were not used yet. */
  codes: readonly string[]
  /** The demo's instant (ms). */
  now: () => number
  /** The device cloud's own address and secret, which are the proxy's alone. */
  upstream: Upstream
  /** Lets running requests end, closes everything and removes what is temporary. */
  close: () => Promise<void>
}

const CODES = 5
/** How often it is looked for reminders (ms): a clock that is moved is seen at once. */
const LOOK_MS = 500
/** Features whose data the maker's device cloud has. */
const MEASURED = ['dashboard', 'history', 'functions'] as const
/** Whom reminders come from. */
const SENDER = { from: 'Velthorn Connect <reminders@example.com>', replyTo: 'Velthorn Support <support@example.com>' }
const ADDED_POLICY = {
  models: CLOSED_MODEL,
  memberAddsDevices: true,
  links: { device: '/devices/{deviceId}', assets: '/', licenseTab: '/devices/{deviceId}#license' },
}

/** Starts the BFF with a sample workspace, a portal, a clock that can be moved, and a mailbox. Throws a Failure where the portal is not
 * built, the port is taken or the database cannot be used. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  await checkBuilt()
  const store = await openStore(options.db)
  const clock = new Clock()
  let telemetry: Telemetry | null = null
  try {
    telemetry = await startTelemetry({ now: clock.now, find: (device) => ledgerState(store.database.db, device) })
    return await serve(store, clock, telemetry, options)
  } catch (error) {
    await telemetry?.close()
    await store.close()
    throw error
  }
}

async function serve(store: Store, clock: Clock, telemetry: Telemetry, options: DemoOptions): Promise<Demo> {
  // Mail has links to the demo, whose port is known once it listens; who asks before it is filled waits.
  const ready = Promise.withResolvers<Hono>()
  const listening = await listenOn(async (request, connected) => (await ready.promise).fetch(request, connected), options)
  const url = addressOf(options.host, listening.port)
  try {
    const { app, bff, codes } = await fill(store, clock, telemetry.upstream, { ...options, url })
    ready.resolve(app)
    bff.reminders.start(LOOK_MS)
    bff.webhooks.start()
    return {
      url, codes, now: clock.now, upstream: telemetry.upstream,
      close: async () => {
        await bff.close()
        await end(listening)
        await telemetry.close()
        await store.close()
      },
    }
  } catch (error) {
    listening.server.closeAllConnections()
    await listening.close()
    throw error
  }
}

/** Makes the BFF and what is in front of it, with the sample workspace in it. */
async function fill({ database, keyring, policy: base }: Store, clock: Clock, upstream: Upstream, { url, webhookAllow }: DemoOptions & { url: string }): Promise<{
  app: Hono; bff: Bff; codes: string[]
}> {
  const policy = {
    ...base, ...ADDED_POLICY, mail: { ...base.mail, name: base.mail.name ?? 'Velthorn Connect', url }, models: { ...ADDED_POLICY.models, ...base.models },
    upstreams: { ...base.upstreams, ...Object.fromEntries(MEASURED.map((feature) => [feature, upstream])) },
  }
  const mailbox = new Mailbox(clock.now)
  const bff = createBff({
    database, keyring, policy, now: clock.now, authenticate, readCsv, elements: readElements, onError: logBug, postWebhook: webhookPoster(webhookAllow),
    mail: { send: mailbox.send, ...SENDER }, publicUrl: url,
  })
  if (await findWorkspace(database.db, WORKSPACE) === null) {
    const other = await findWorkspace(database.db, OTHER_WORKSPACE) === null ? [OTHER_WORKSPACE] as const : []
    await seed(bff, [WORKSPACE, ...other], clock.now())
  }
  return { bff, codes: await issueCodes(bff, CODES), app: demoApp({ bff, clock, mailbox, database, keyring, policy, onError: logBug }) }
}

/** The address to open; a host that means "every interface" is answered under localhost only. */
function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** Runs the demo until it is told to stop (SIGINT, SIGTERM), and prints what there is to try. */
export async function runDemo({ json, ...options }: DemoOptions & { json: boolean }): Promise<void> {
  const stopped = signal()
  const demo = await startDemo(options)
  print(json ? JSON.stringify({ url: demo.url, codes: demo.codes }) : greeting(demo, options))
  await stopped
  await demo.close()
}

function greeting({ url, codes }: Demo, { db }: DemoOptions): string {
  return [
    `The demo runs at ${url}`,
    `Voucher codes to try, ${VOUCHER_DAYS} days each:`,
    ...codes.map((code) => `  ${code}`),
    `The mail that it would send: ${url}${MAILBOX_PATH}`,
    `Stop it with Ctrl+C${db === null ? '; its database is temporary and goes with it' : ''}.`,
    `Move its clock at the foot of the page, or: curl ${url}/demo/clock -H content-type:application/json -d '{"addDays":30}'`,
  ].join('\n')
}

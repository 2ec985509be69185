import { createBff, httpLegacySource } from '../index.ts'
import type { Database } from '../db/database.ts'
import { forgetAnswers } from '../http/idempotency.sql.ts'
import { newId } from '../ids.ts'
import { readElements } from '../node/built.ts'
import { readCsv } from '../node/csv.ts'
import { listen, type Listening, type Served } from '../node/server.ts'
import { trustedProxies } from '../node/trusted.ts'
import { webhookPoster } from '../node/webhook.ts'
import type { Context } from './context.ts'
import { codeOf, Failure, oneLine } from './failure.ts'
import { hostTokens } from './identity.ts'
import { logBug, reporter } from './log.ts'
import type { Settings } from './settings.ts'
import { withStore } from './store.ts'

/** How long running requests may take to end after a signal (ms). */
const END_MS = 10_000
/** How often what is too old is forgotten (ms). */
const PURGE_MS = 3_600_000

/** `license-bff serve`: answers until SIGTERM or SIGINT. */
export async function serve(context: Context): Promise<void> {
  const { settings, out } = context
  const tokens = settings.tokens === null ? null : hostTokens(settings.tokens)
  // Listened for before anybody can know that the server runs.
  const ended = signal()
  await withStore(context, 'serve', async ({ database, keyring, policy }) => {
    const mailer = settings.mail === null ? null : (await import('../node/smtp.ts')).smtpMailer(settings.mail.url)
    const bff = createBff({
      database, keyring, policy, origins: settings.origins, readCsv, elements: readElements, onError: logBug,
      isTrustedProxy: trustedProxies(settings.trustedProxies), onReport: reporter(),
      postWebhook: webhookPoster(settings.webhookAllow),
      ...(settings.publicUrl === null ? {} : { publicUrl: settings.publicUrl }),
      ...(mailer === null || settings.mail === null ? {} : { mail: { send: mailer.send, from: settings.mail.from, replyTo: settings.mail.replyTo } }),
      ...(tokens === null ? {} : { hostTokens: tokens }),
      ...(settings.metricsKey === null ? {} : { metricsKey: settings.metricsKey }),
      ...(settings.legacy === null ? {} : { legacySource: httpLegacySource(settings.legacy) }),
    })
    const listening = await listenOn(bff, settings)
    bff.reminders.start()
    bff.webhooks.start()
    const stopPurging = purgeHourly(database)
    const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${listening.port}`
    out.result({ url, host: settings.host, port: listening.port }, `license-bff listens on ${url}`)
    await ended
    await bff.close()
    mailer?.close()
    await end(listening)
    await stopPurging()
  })
}

/** Listens, or throws a Failure that says why not. */
export async function listenOn(
  bff: Served, { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<Listening> {
  try {
    return await listen(bff, { host, port })
  } catch (error) {
    const why = {
      EADDRINUSE: `port ${port} of ${host} is in use; stop what uses it, or give another --port`,
      EACCES: `port ${port} needs more rights; give a --port above 1023`,
      EADDRNOTAVAIL: `${host} is no address of this computer; correct --host`,
    }[codeOf(error)]
    throw new Failure(why ?? `cannot listen on ${host}, port ${port} (${oneLine(error)}); correct --host`)
  }
}

/** Waits for a signal that asks to end; a second one ends the process at once. */
export async function signal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.once(name, () => {
        process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1))
        resolve()
      })
    }
  })
}

/** Takes no new connections, and lets running requests end, but not for ever. */
export async function end({ server, close }: Listening): Promise<void> {
  const late = setTimeout(() => { server.closeAllConnections() }, END_MS)
  await close()
  clearTimeout(late)
}

/** Forgets answers that are too old to be replayed, now and every hour; answers what ends that. */
function purgeHourly(database: Database): () => Promise<void> {
  let running = Promise.resolve()
  const purge = (): void => {
    const now = Date.now()
    running = forgetAnswers(database.db, now).catch((error: unknown) => { logBug(newId(now), error) })
  }
  purge()
  const timer = setInterval(purge, PURGE_MS).unref()
  return () => {
    clearInterval(timer)
    return running
  }
}

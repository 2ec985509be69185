import { writeAudit } from '../db/audit.sql.ts'
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Keyring } from '../http/keyring.ts'
import { askedWait, nextTry } from './backoff.ts'
import { claimDelivery, type Due, settleDelivery } from './deliveries.sql.ts'
import { type DisabledWhy, OVERLAP_MS } from './lists.ts'
import { type PostWebhook, signedHeaders, type WebhookAnswer } from './post.ts'
import { disableWebhook } from './webhooks.sql.ts'

/** How long another server leaves a delivery to the one that sends it (ms): longer than an answer is waited for. */
export const LEASE_MS = 60_000

/** What it takes to deliver. */
export interface DeliveryOptions {
  database: Database
  keyring: Keyring
  post: PostWebhook
  now: () => number
  /** Ends what is under way. */
  signal: AbortSignal
}

/** Sends a delivery that is due, unless another server does, and says what became of it. */
export async function deliver(due: Due, options: DeliveryOptions): Promise<void> {
  const { database, keyring, post, now, signal } = options
  const taken = await claimDelivery(database.db, due, now() + LEASE_MS)
  if (taken === null) return
  const keys = taken.isOff ? [] : await keysOf(taken, keyring, now())
  if (taken.isOff) await settleDelivery(database.db, taken, { ended_at: now(), outcome: 'disabled' })
  else if (keys === null) await turnOff(taken, 'secret-missing', null, options)
  else {
    // Receivers compare it with their own clock, so that it is real time also where ours was moved.
    const headers = signedHeaders(taken.event, taken.payload, keys, Date.now())
    await settle(taken, await post({ url: taken.url, headers, body: taken.payload, signal }), options)
  }
}

/** The keys that sign for an endpoint, the one before too for a day; null where its secret is not given any more. */
async function keysOf({ webhook, secretId, generation, rotatedAt }: Due, keyring: Keyring, now: number): Promise<Uint8Array[] | null> {
  const current = await keyring.webhookKeys(secretId, webhook, generation)
  if (current.length === 0) return null
  // The one before may have been derived from another secret, which is not kept.
  const before = rotatedAt !== null && now < rotatedAt + OVERLAP_MS ? await keyring.webhookKeys(null, webhook, generation - 1) : []
  return [...current, ...before]
}

async function settle(due: Due, answer: WebhookAnswer, options: DeliveryOptions): Promise<void> {
  const { database: { db }, signal } = options
  const now = options.now()
  if ('failure' in answer) {
    const { failure, code } = answer
    const told = { status: null, detail: code === '' ? failure : `${failure} (${code})` }
    if (failure === 'private-address') await settleDelivery(db, due, { ended_at: now, outcome: 'refused', ...told })
    // What this server did not finish is left to another one, or to another day.
    else if (signal.aborted) await settleDelivery(db, due, {})
    else await failed(due, null, told, options)
    return
  }
  const { status, retryAfter } = answer
  if (status >= 200 && status < 300) await settleDelivery(db, due, { ended_at: now, outcome: 'delivered', status, detail: null })
  else if (status === 410) await turnOff(due, 'gone', status, options)
  else await failed(due, askedWait(status, retryAfter, Date.now()), { status, detail: status >= 300 && status < 400 ? 'redirects are not followed' : null }, options)
}

async function failed(due: Due, askedMs: number | null, told: { status: number | null; detail: string | null }, { database, now }: DeliveryOptions): Promise<void> {
  const next = nextTry({ ...due, askedMs }, now(), Math.random())
  await settleDelivery(database.db, due, next === null ? { ended_at: now(), outcome: 'gave-up', ...told } : { next_at: next, ...told })
}

/** Disables an endpoint, which ends all that waits for it. */
async function turnOff(due: Due, why: DisabledWhy, status: number | null, { database, now }: DeliveryOptions): Promise<void> {
  await inTransaction(database, async (trx) => {
    await settleDelivery(trx, due, { ended_at: now(), outcome: 'disabled', status, detail: why })
    const disabled = await disableWebhook(trx, due.webhook, why, now())
    if (disabled === undefined) return
    await writeAudit(trx, now(), { who: 'webhooks', workspace: disabled.owner, action: 'webhook-disabled', target: `webhook:${due.webhook}`, after: { disabledWhy: why } })
  })
}

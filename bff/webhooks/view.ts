import { z } from 'zod'
import type { Keyring } from '../http/keyring.ts'
import { Problem } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { EVENT_TYPES } from '../ledger/facts.sql.ts'
import { iso } from '../ledger/view.ts'
import type { LoggedDelivery } from './deliveries.sql.ts'
import { DISABLED_WHY, OUTCOMES } from './lists.ts'
import type { Webhook } from './webhooks.sql.ts'

const instant = z.iso.datetime()

/** An endpoint as its owner sees it; its secret is shown by what makes one. */
export const WebhookView = z.strictObject({
  id: z.string(), url: z.string(), events: z.array(z.enum(EVENT_TYPES)), createdAt: instant, disabledAt: instant.nullable(), disabledWhy: z.enum(DISABLED_WHY).nullable(),
}).meta({ id: 'Webhook' })
export type WebhookView = z.output<typeof WebhookView>

/** An endpoint with its secret, shown once. */
export const WebhookWithSecret = WebhookView.extend({ secret: z.string() }).meta({ id: 'WebhookWithSecret' })

/** An event on its way to an endpoint, or what became of it. */
export const DeliveryView = z.strictObject({
  id: z.string(), eventId: z.string(), type: z.enum(EVENT_TYPES), createdAt: instant, tries: z.int(), nextAt: instant.nullable(), endedAt: instant.nullable(),
  outcome: z.enum(OUTCOMES).nullable(), status: z.int().nullable(), detail: z.string().nullable(), payload: z.record(z.string(), z.unknown()),
}).meta({ id: 'WebhookDelivery' })

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}

/** Shows an endpoint; one whose secret nobody can derive any more is disabled, whatever the database says. */
export async function webhookView(webhook: Webhook, keyring: Keyring, now: number): Promise<WebhookView> {
  const { id, url, events, createdAt, disabledAt, disabledWhy, secretId } = webhook
  const isLost = disabledAt === null && !(await keyring.ids()).includes(secretId)
  return {
    id, url, events, createdAt: iso(createdAt), disabledAt: isLost ? iso(now) : isoOrNull(disabledAt), disabledWhy: isLost ? 'secret-missing' : disabledWhy,
  }
}

/** Shows a delivery. */
export function deliveryView({ createdAt, nextAt, endedAt, payload, ...rest }: LoggedDelivery): unknown {
  return { ...rest, createdAt: iso(createdAt), nextAt: isoOrNull(nextAt), endedAt: isoOrNull(endedAt), payload: JSON.parse(payload) as unknown }
}

/** A secret in the form of the Standard Webhooks specification. */
export function secretText(key: Uint8Array): string {
  return `whsec_${btoa(String.fromCharCode(...key))}`
}

/** What is wrong with an address. */
export const REFUSED = {
  'not-https': 'An address begins with https:// and holds no name, no password and no fragment.',
  'private-address': 'This host has an address that is not on the public internet.',
  'unknown-host': 'Nobody knows this host.',
} as const

/** Throws `invalid` where an address cannot be an endpoint. */
export async function checkUrl({ hooks }: Ask, url: string): Promise<void> {
  const refused = hooks.checkWebhook === null ? (new URL(url).protocol === 'https:' ? null : 'not-https') : await hooks.checkWebhook(url)
  if (refused !== null) throw new Problem('invalid', undefined, { errors: [{ pointer: '/url', detail: REFUSED[refused] }], reason: refused })
}

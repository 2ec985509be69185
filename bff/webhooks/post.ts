import { Webhook } from 'standardwebhooks'
import type { WebhookRefusal } from '../http/route.ts'
import { secretText } from './view.ts'

/** What is sent to an endpoint. */
export interface WebhookRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  /** Ends the request. */
  signal: AbortSignal
}

/** What came of it: a status, or why there is none. Nothing of the body is kept. `code`: the system's own word for it. */
export type WebhookAnswer = { status: number; retryAfter: string | null } | { failure: 'private-address' | 'timeout' | 'tls' | 'unreachable'; code: string }

/** Sends a webhook by POST, follows no redirect, and throws nothing. */
export interface PostWebhook {
  (request: WebhookRequest): Promise<WebhookAnswer>
  /** Says why an address cannot be an endpoint; null if it can. */
  check: (url: string) => Promise<WebhookRefusal | null>
}

/** The headers of an event, signed with each key (Standard Webhooks 1.0). `at`: the instant of sending (ms). */
export function signedHeaders(id: string, body: string, keys: readonly Uint8Array[], at: number): Record<string, string> {
  const signatures = keys.map((key) => new Webhook(secretText(key)).sign(id, new Date(at), body))
  return {
    'content-type': 'application/json', 'user-agent': 'license-elements', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': signatures.join(' '),
  }
}

import type { Database } from '../db/database.ts'
import { VERSION } from '../version.ts'
import { exposition, EXPOSITION_TYPE, type Family, gauge } from './exposition.ts'
import { Problem } from './problem.ts'
import type { PublicRoute } from './route.ts'
import type { Traffic } from './traffic.ts'

/** Signs that the key of the metrics has at least. */
export const METRICS_KEY_LENGTH = 16

/** What the background is at. */
export interface Progress {
  /** Where reminders stand: when they ran last (ms; null = never), what mail waits and since when (ms), and how late they are (ms). */
  reminders: () => Promise<{ ranAt: number | null; waiting: number; waitingSince: number | null; behindMs: number }>
  /** How many deliveries of webhooks wait, and for how long the one that is due longest has been (ms). */
  deliveries: () => Promise<{ waiting: number; oldestMs: number }>
}

/** What metrics are made of. */
export interface Metered {
  database: Database
  now: () => number
  traffic: Traffic
  progress: Progress
  /** The bearer token that reads metrics; null = nobody does. */
  metricsKey: string | null
}

/** What a monitoring system reads (Prometheus), by a key of its own. */
export const metricsRoute: PublicRoute<Metered> = {
  path: '/metrics', summary: 'Numbers for a monitoring system: reminders, webhooks, requests (Prometheus text format)', media: 'text/plain', secured: 'metrics',
  problems: ['unauthenticated', 'not-found'],
  answer: async (site, request) => {
    if (site.metricsKey === null) throw new Problem('not-found', 'Metrics are off; LICENSE_METRICS_KEY switches them on.')
    if (!(await isKey(request.headers.get('authorization'), site.metricsKey))) {
      throw new Problem('unauthenticated', 'Send the key of the metrics as "Authorization: Bearer …".', {}, { 'www-authenticate': 'Bearer realm="metrics"' })
    }
    const text = exposition([...processFamilies(), ...await storedFamilies(site), ...site.traffic.families()])
    return new Response(text, { headers: { 'content-type': EXPOSITION_TYPE, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } })
  },
}

function processFamilies(): Family[] {
  return [
    { name: 'license_build_info', type: 'gauge', help: 'Always 1; the version of license-elements is a label.', samples: [{ labels: { version: VERSION }, value: 1 }] },
    gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', performance.timeOrigin / 1_000),
  ]
}

/** What stands in the database, so that every server says the same; the first number alone where it cannot be reached. */
async function storedFamilies({ database, now, progress }: Metered): Promise<Family[]> {
  const up = (value: number): Family => gauge('license_database_up', 'Whether the database can be reached: 1 or 0.', value)
  try {
    const { ranAt, waiting, waitingSince, behindMs } = await progress.reminders()
    const deliveries = await progress.deliveries()
    return [
      up(1),
      gauge('license_reminders_last_run_timestamp_seconds', 'When reminders ran last, in seconds since 1970; 0 = never.', (ranAt ?? 0) / 1_000),
      gauge('license_reminders_behind_seconds', 'How late reminders and their mail are.', behindMs / 1_000),
      gauge('license_reminders_digests_waiting', 'Digests that are to be sent by mail.', waiting),
      gauge('license_reminders_digest_oldest_seconds', 'How long the digest that waits longest has waited.', waitingSince === null ? 0 : Math.max(0, now() - waitingSince) / 1_000),
      gauge('license_webhook_deliveries_waiting', 'Deliveries of webhooks that are to be sent, now or again later.', deliveries.waiting),
      gauge('license_webhook_delivery_oldest_seconds', 'How long the delivery that is due longest has been due.', deliveries.oldestMs / 1_000),
    ]
  } catch (error) {
    if (database.failure(error) !== 'unavailable') throw error
    return [up(0)]
  }
}

/** Whether a header carries the key; takes the same time for every wrong one. */
async function isKey(header: string | null, key: string): Promise<boolean> {
  const given = /^bearer ([\x21-\x7e]+)$/i.exec(header ?? '')?.[1] ?? ''
  const [one = new Uint8Array(), other = new Uint8Array()] = await Promise.all([given, key].map(async (text) => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))))
  return one.reduce((differs, byte, index) => differs | (byte ^ (other[index] ?? 0)), 0) === 0
}

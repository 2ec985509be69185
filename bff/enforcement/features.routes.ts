import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { read, type Route } from '../http/route.ts'
import type { Device, LedgerGrant } from '../ledger/ledger.sql.ts'
import { iso, judge, loadDevice } from '../ledger/view.ts'
import { ACTIONS, KINDS, STATUSES } from '../rules/lists.ts'
import { allFeatures, type Feature, type Policy } from '../rules/policy.ts'

/** When a feature that is open now closes by time alone (ms); null = never. One of the host's own may close before the
 * licence ends: with the last 31 days, say. */
function closesAt(
  { device, ledger }: { device: Device; ledger: readonly LedgerGrant[] }, feature: Feature, { policy, now }: { policy: Policy; now: number },
): number | null {
  const after = (at: number): number | null => judge(device, ledger, policy, at).license.changesAt
  for (let at = after(now); at !== null; at = after(at)) {
    if (!feature.openIn.includes(judge(device, ledger, policy, at).license.status)) return at
  }
  return null
}

/** Whether a licence opens a feature (R10, R11). */
export const featureRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/devices/{id}/features/{feature}', summary: 'Whether the licence of a device opens a feature', role: 'viewer',
    answer: z.strictObject({
      allowed: z.boolean(), code: z.enum(STATUSES), until: z.iso.datetime().nullable(), remedy: z.enum(ACTIONS).nullable(),
      source: z.enum(KINDS).nullable(),
    }).meta({ id: 'FeatureDecision' }),
    problems: ['device-not-found', 'feature-not-found'],
    read: async (ask, db) => {
      const feature = allFeatures(ask.policy).find((one) => one.id === ask.params.feature)
      const loaded = await loadDevice(db, ask, ask.params.id)
      if (loaded === null) throw new Problem('device-not-found')
      if (feature === undefined) throw new Problem('feature-not-found')
      const { license } = loaded.view
      const allowed = feature.openIn.includes(license.status)
      // A feature that is open without a licence too does not close with it.
      const always = allowed && feature.openIn.includes('expired') && feature.openIn.includes('none')
      const closes = allowed ? closesAt(loaded, feature, ask) : null
      return {
        allowed,
        code: license.status,
        until: allowed ? (closes === null ? null : iso(closes)) : license.expiresAt,
        remedy: allowed ? null : license.actions[0] ?? 'contact',
        source: allowed && !always ? license.type : null,
      }
    },
  }),
]

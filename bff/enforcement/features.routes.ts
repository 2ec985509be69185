import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { read, type Route } from '../http/route.ts'
import { loadDevice } from '../ledger/view.ts'
import { ACTIONS, KINDS, STATUSES } from '../rules/lists.ts'
import { allFeatures } from '../rules/policy.ts'

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
      return {
        allowed,
        code: license.status,
        until: always ? null : license.expiresAt,
        remedy: allowed ? null : license.actions[0] ?? 'contact',
        source: allowed && !always ? license.type : null,
      }
    },
  }),
]

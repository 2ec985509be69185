import { SignJWT } from 'jose'
import { z } from 'zod'
import type { Connection } from '../db/database.ts'
import { Problem, type ProblemCode, PROBLEMS } from '../http/problem.ts'
import { type Ask, read, type Route, WithHeaders } from '../http/route.ts'
import { GATEWAY_QUERY } from '../http/schemas.ts'
import { rolesToAdvise } from '../http/who.ts'
import { iso, loadDevice } from '../ledger/view.ts'
import { whenDownOf } from '../policy.ts'
import { ACTIONS, DECISION_SOURCES, STATUSES } from '../rules/lists.ts'
import { ENTITLEMENT_ISSUER, ENTITLEMENT_TYPE } from './entitlement.ts'
import { CHANGES_AT, NOW, WHEN_DOWN, writeWhenDown } from './headers.ts'

const MINUTE_MS = 60_000

const FeatureDecision = z.strictObject({
  allowed: z.boolean(), code: z.enum([...STATUSES, ...Object.keys(PROBLEMS) as ProblemCode[]]), until: z.iso.datetime().nullable(), remedy: z.enum(ACTIONS).nullable(),
  source: z.enum(DECISION_SOURCES),
}).meta({ id: 'FeatureDecision' })

async function licenseOf(ask: Ask, db: Connection, id: string): Promise<{ status: string; features: readonly string[]; changesAt: string | null }> {
  const loaded = await loadDevice(db, ask, id)
  if (loaded === null) throw new Problem('device-not-found')
  return loaded.view.license
}

/** Whether licences open features (R10, R11), for who asks, for lists, and for who will have to decide alone. */
export const featureRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/devices/{id}/features/{feature}', summary: 'Whether the licence of a device opens a feature', role: 'viewer',
    gateway: true, query: z.strictObject(GATEWAY_QUERY), answer: FeatureDecision, problems: ['device-not-found', 'feature-not-found'],
    read: async (ask) => {
      const { workspace, params: { id, feature }, now, gates } = ask
      const { changesAt, ...decision } = await gates.decide({ workspace, deviceId: id, feature }, rolesToAdvise(ask.who), now)
      return new WithHeaders(decision, {
        [NOW]: iso(now), [WHEN_DOWN]: writeWhenDown(whenDownOf(ask.policy, feature)), ...(changesAt === null ? {} : { [CHANGES_AT]: iso(changesAt) }),
      })
    },
  }),
  read({
    method: 'get', path: '/v1/sites/{id}/licensed-devices', summary: 'The devices of a site that a licence opens a feature of, site analytics if none is named', role: 'viewer',
    gateway: true, query: z.strictObject({ ...GATEWAY_QUERY, feature: z.string().max(64).optional() }),
    answer: z.strictObject({ deviceIds: z.array(z.string()), leftOut: z.int() }), problems: ['feature-not-found'],
    read: async ({ workspace, params: { id }, query: { feature = 'site-analytics' }, now, gates }) => gates.licensed(workspace, { site: id }, feature, now),
  }),
  read({
    method: 'post', path: '/v1/devices/{id}/entitlement', summary: 'A signed, short-lived statement of what a licence opens, for who cannot ask', role: 'viewer',
    gateway: true, query: z.strictObject(GATEWAY_QUERY), answer: z.strictObject({ token: z.string(), expiresAt: z.iso.datetime() }), problems: ['device-not-found'],
    read: async (ask, db) => {
      const { workspace, params: { id }, now, policy, keyring } = ask
      const { status, features, changesAt } = await licenseOf(ask, db, id)
      const [key] = await keyring.signingKeys()
      if (key === undefined) throw new Error('there is no key to sign with')
      const seconds = Math.floor(now / 1_000)
      const end = Math.min(now + policy.entitlementMinutes * MINUTE_MS, changesAt === null ? Number.POSITIVE_INFINITY : Date.parse(changesAt))
      const exp = Math.floor(end / 1_000)
      const token = await new SignJWT({ ws: workspace, status, features: [...features] })
        .setProtectedHeader({ alg: 'EdDSA', typ: ENTITLEMENT_TYPE, kid: key.kid }).setIssuer(ENTITLEMENT_ISSUER).setSubject(id)
        .setIssuedAt(seconds).setExpirationTime(exp).sign(key.privateKey)
      return { token, expiresAt: iso(exp * 1_000) }
    },
  }),
]

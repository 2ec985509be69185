import { z } from 'zod'
import { change, ok, type Route } from '../http/route.ts'
import { GrantView, LicenseView } from '../ledger/view.ts'
import { GRACE_REASONS } from '../rules/lists.ts'
import { startAllGrace, startGrace } from './start.ts'

const OUTCOMES = ['started', ...GRACE_REASONS.filter((reason) => reason !== 'eligible')] as const

/** Migration grace (R23 to R25). */
export const graceRoutes: readonly Route[] = [
  change({
    method: 'post', path: '/v1/devices/{id}/grace', summary: 'Start the grace period of a device', role: 'member',
    answer: z.strictObject({ license: LicenseView, grant: GrantView }), problems: ['device-not-found', 'grace-not-eligible'],
    change: async (ask, trx) => ok(await startGrace(ask, trx)),
  }),
  change({
    method: 'post', path: '/v1/grace', summary: 'Start the grace period of every eligible device at once', role: 'member', limit: 262_144,
    bodyOptional: true, body: z.strictObject({ deviceIds: z.array(z.string().max(64)).max(10_000).optional() }),
    answer: z.strictObject({
      started: z.int(), items: z.array(z.strictObject({ deviceId: z.string(), outcome: z.enum(OUTCOMES), license: LicenseView.optional() })),
    }).meta({ id: 'GraceStarted' }),
    problems: ['device-not-found'],
    change: async (ask, trx) => ok(await startAllGrace(ask, trx)),
  }),
]

import { z } from 'zod'
import { change, ok, type Route } from '../http/route.ts'
import { GrantView, LicenseView } from '../ledger/view.ts'
import { startTrial } from './start.ts'

/** The first-device trial (R21, R22). */
export const trialRoutes: readonly Route[] = [
  change({
    method: 'post', path: '/v1/devices/{id}/trial', summary: 'Start the trial of a first device', role: 'member',
    answer: z.strictObject({ license: LicenseView, grant: GrantView }), problems: ['device-not-found', 'trial-not-eligible'],
    change: async (ask, trx) => ok(await startTrial(ask, trx)),
  }),
]

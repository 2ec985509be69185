import { z } from 'zod'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { change, ok, type Route } from '../http/route.ts'
import { GrantView, LicenseView } from '../ledger/view.ts'
import { VOUCHER_OUTCOMES, VOUCHER_REFUSALS } from '../rules/lists.ts'
import { abandonLookUp, beginLookUp } from './look-up.ts'
import { preview, redeem } from './redeem.ts'
import { undo } from './undo.ts'

/** A code as it was typed or pasted; a long one is refused as malformed, not as an unfit body. */
const CodeBody = z.strictObject({ code: z.string() }).meta({ id: 'Code' })

const REFUSALS = ['voucher-malformed', 'too-many-attempts', 'device-not-found', ...VOUCHER_REFUSALS] as const satisfies readonly ProblemCode[]

/** Redeeming, previewing and undoing (R13 to R20). */
export const voucherRoutes: readonly Route[] = [
  change({
    method: 'post', path: '/v1/devices/{id}/voucher', summary: 'Redeem a voucher on a device', role: 'member',
    body: CodeBody,
    answer: z.strictObject({ outcome: z.enum(VOUCHER_OUTCOMES), license: LicenseView, grant: GrantView }),
    problems: REFUSALS,
    before: (ask, _db, transact) => beginLookUp(ask, transact),
    abandon: abandonLookUp,
    change: async (ask, trx, lookUp) => {
      const result = await redeem(ask, trx, lookUp)
      return result instanceof Problem ? result : ok(result)
    },
  }),
  change({
    method: 'post', path: '/v1/devices/{id}/voucher/preview', summary: 'Say what redeeming would do; consumes nothing', role: 'member',
    body: CodeBody, idempotent: false,
    answer: z.strictObject({
      outcome: z.enum(VOUCHER_OUTCOMES), from: z.iso.datetime(), expiresAt: z.iso.datetime().nullable(), lastDay: z.iso.date().nullable(),
      daysAdded: z.int(), daysKept: z.int(), featuresGained: z.array(z.string()),
    }),
    problems: REFUSALS,
    before: (ask, _db, transact) => beginLookUp(ask, transact),
    abandon: abandonLookUp,
    change: async (ask, trx, lookUp) => {
      const result = await preview(ask, trx, lookUp)
      return result instanceof Problem ? result : ok(result)
    },
  }),
  change({
    method: 'post', path: '/v1/devices/{id}/undo', summary: 'Take the latest redemption of a device back', role: 'admin',
    answer: z.strictObject({ license: LicenseView, grant: GrantView }),
    problems: ['device-not-found', 'undo-not-possible'],
    change: async (ask, trx) => ok(await undo(ask, trx)),
  }),
]

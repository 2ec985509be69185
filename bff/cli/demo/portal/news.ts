import type { GrantView } from '../../../ledger/view.ts'
import { VOUCHER_OUTCOMES } from '../../../rules/lists.ts'
import type { LicenseWithLedger } from './api.ts'
import type { Html } from './icons.ts'
import type { Language } from './language.ts'
import { notice } from './layout.ts'

/** What a page says after a form was sent: names in its address, believed only where the ledger bears them out. */
export interface News {
  done: string | undefined
  grant: string | undefined
}

/** Tells what a form has done; nothing where the address claims what did not happen. */
export function news({ done, grant: id }: News, language: Language, license: LicenseWithLedger): Html | string {
  const grant = license.ledger.find((one) => one.id === id)
  if (grant === undefined || grant.source.type !== 'voucher') return ''
  const { texts } = language
  if (done === 'undone') return grant.undoneAt === null ? '' : notice('ok', 'check', texts.done.undone(grant.source.last4 ?? ''))
  const outcome = VOUCHER_OUTCOMES.find((one) => one === done)
  if (outcome === undefined || grant.undoneAt !== null || grant.to <= license.now) return ''
  return outcome === 'already-redeemed' ? notice('info', 'info', standing(grant, language, license)) : redeemed(outcome, grant, language, license)
}

/** Says since when a voucher is on this device. */
export function standing(grant: GrantView, { texts, formats }: Language, { timeZone }: LicenseWithLedger): readonly [string, string] {
  return texts.done['already-redeemed'](formats.time(grant.at, timeZone))
}

function redeemed(outcome: 'activated' | 'renewed', grant: GrantView, { texts, formats }: Language, { lastDay }: LicenseWithLedger): Html {
  return notice('ok', 'check', texts.done[outcome](formats.longDay(lastDay ?? ''), formats.days(grant.days)))
}

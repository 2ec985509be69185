import { html } from 'hono/html'
import type { GrantView } from '../../../ledger/view.ts'
import { dayOf, formatDay } from '../../../rules/calendar.ts'
import type { LicenseWithLedger, Me } from './api.ts'
import type { Html } from './icons.ts'
import type { Language } from './language.ts'

/** The grant that an undo takes back: the one that counts with the latest start, the last appended where equal (R20). */
function latestGrant(ledger: readonly GrantView[]): GrantView | undefined {
  return ledger.filter((grant) => grant.undoneAt === null).reduce<GrantView | undefined>(
    (latest, grant) => (latest === undefined || grant.from >= latest.from ? grant : latest), undefined)
}

/** The way to take the last redemption back, where the API says that this person may. */
export function undoForm({ texts, formats, link }: Language, license: LicenseWithLedger, me: Me): Html | string {
  const grant = latestGrant(license.ledger)
  if (!license.actions.includes('undo') || grant?.source.last4 === undefined) return ''
  const until = formats.longDay(formatDay(dayOf(Date.parse(grant.at), license.timeZone) + me.policy.undoDays))
  const { last4 } = grant.source
  const address = link(`/devices/${encodeURIComponent(license.deviceId)}/undo`)
  return html`<details class="card undo"><summary>${texts.undo}</summary><form class="body" method="post" action="${address}">
<p class="muted">${texts.undoDetail(last4, until)}</p><p class="buttons"><button>${texts.undoButton(last4)}</button></p></form></details>`
}

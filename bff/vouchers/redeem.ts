import { writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { appendGrant, lockLedger, planRenewal } from '../ledger/change.sql.ts'
import { saveCovers } from '../ledger/covers.sql.ts'
import { tell } from '../ledger/facts.sql.ts'
import { licenseFact } from '../ledger/facts.ts'
import type { Device, LedgerGrant } from '../ledger/ledger.sql.ts'
import { type GrantView, grantView, iso, type LicenseView, licenseView, viewContext } from '../ledger/view.ts'
import { dayOf, formatDay, LAST_DAY } from '../rules/calendar.ts'
import { type Cover, coverNow, type Term, termFrom } from '../rules/license.ts'
import type { VoucherOutcome } from '../rules/lists.ts'
import { voucherRefusal } from '../rules/vouchers.ts'
import { giveBack } from './attempts.sql.ts'
import { deviceNotFound, find, type Found, type LookUp, refuse } from './look-up.ts'
import { findVoucher, type StoredVoucher, takeVoucher } from './vouchers.sql.ts'

/** What redeeming answers. */
export interface Redeemed {
  outcome: VoucherOutcome
  license: LicenseView
  grant: GrantView
}

/** Redeems a voucher on a device (R15 to R17). Exactly `maxDevices` of any number of racers win. */
export async function redeem(ask: Ask<{ id: string }, unknown, { code: string }>, trx: Trx, lookUp: LookUp): Promise<Redeemed | Problem> {
  // Looks without a lock first, so that what is refused changes nothing; what is found under the lock decides.
  const first = await find(ask, trx, lookUp)
  if (first instanceof Problem) return first
  if (first.standing !== undefined) return alreadyRedeemed(ask, trx, lookUp, first, first.standing)
  const seq = await lockLedger(trx, ask.workspace, ask.params.id)
  if (seq === null) return deviceNotFound(trx, lookUp.attempt)
  const found = await find(ask, trx, lookUp)
  if (found instanceof Problem) return found
  if (found.standing !== undefined) return alreadyRedeemed(ask, trx, lookUp, found, found.standing)
  const { device, voucher, ledger } = found
  if (!(await takeVoucher(trx, voucher.id, ask.now))) {
    // Somebody else was faster: the voucher as it is now says why.
    const changed = await findVoucher(trx, voucher.id)
    return refuse(trx, voucherRefusal(changed, device, ask.now) ?? 'voucher-used', changed, lookUp.attempt)
  }
  const { cover, term, days } = termOf(found, ask.now)
  const outcome = cover === null ? 'activated' : 'renewed'
  const grant = await grantVoucher(trx, ask, { device, voucher, term, days, seq, outcome })
  const after = [...ledger, grant]
  await saveCovers(trx, device, after, ask.policy)
  // Who renews a device counts on it again (R26).
  if (!device.renewalPlanned) await planRenewal(trx, device, true, ask.now)
  const state = { device: { ...device, renewalPlanned: true }, ledger: after, grant }
  await tell(trx, ask.now, licenseFact('voucher.redeemed', state, ask.policy, ask.now), licenseFact(`license.${outcome}`, state, ask.policy, ask.now))
  await giveBack(trx, lookUp.attempt)
  return { outcome, license: licenseView(device, after, await viewContext(trx, ask)), grant: grantView(grant) }
}

/** The term that a voucher gives a device, and the days that this adds. Throws `invalid` where the licence lasts as long as
 * any can (R2). */
function termOf({ device, voucher, ledger }: Found, now: number): { cover: Cover | null; term: Term; days: number } {
  const cover = coverNow(ledger, now)
  const term = termFrom(cover, voucher.days, device.timeZone, now)
  if (term.to <= term.from) {
    const detail = `The licence of this device lasts to ${formatDay(LAST_DAY)} already, and none can last longer. The voucher was not used.`
    throw new Problem('invalid', detail, { remedy: 'contact' })
  }
  return { cover, term, days: term.lastDay - dayOf(cover === null ? now : cover.to - 1, device.timeZone) }
}

/** A success that changes nothing (R17). */
async function alreadyRedeemed(ask: Ask, trx: Trx, { attempt }: LookUp, { device, ledger }: Found, standing: LedgerGrant): Promise<Redeemed> {
  await giveBack(trx, attempt)
  return { outcome: 'already-redeemed', license: licenseView(device, ledger, await viewContext(trx, ask)), grant: grantView(standing) }
}

async function grantVoucher(
  trx: Trx, { who, workspace, now }: Ask, redemption: {
    device: Device; voucher: StoredVoucher; term: Term; days: number; seq: number; outcome: VoucherOutcome
  },
): Promise<LedgerGrant> {
  const { device, voucher, term, days, seq, outcome } = redemption
  const grant = await appendGrant(trx, device, seq, {
    kind: 'standard', from: term.from, to: term.to, days, source: 'voucher', voucherId: voucher.id, last4: voucher.last4,
    ...(voucher.reference === null ? {} : { reference: voucher.reference }),
  }, who.id, now)
  await writeAudit(trx, now, {
    who: who.id, workspace, action: 'voucher-redeemed', target: `device:${device.id}`,
    after: { outcome, grant: grant.id, voucher: voucher.id, from: iso(grant.from), to: iso(grant.to) },
  })
  return { ...grant, voucherUndone: voucher.undone, voucherMaxDevices: voucher.maxDevices }
}

/** What a preview answers. */
export interface Preview {
  outcome: VoucherOutcome
  from: string
  expiresAt: string | null
  lastDay: string | null
  daysAdded: number
  daysKept: number
  featuresGained: string[]
}

/** Says with the same checks what redeeming would do, and consumes nothing (R18). */
export async function preview(ask: Ask<{ id: string }, unknown, { code: string }>, trx: Trx, lookUp: LookUp): Promise<Preview | Problem> {
  const found = await find(ask, trx, lookUp)
  if (found instanceof Problem) return found
  const { device, voucher, ledger, standing } = found
  await giveBack(trx, lookUp.attempt)
  const context = await viewContext(trx, ask)
  const before = licenseView(device, ledger, context)
  if (standing !== undefined) return toPreview('already-redeemed', standing.from, 0, before, before)
  const { cover, term, days } = termOf(found, ask.now)
  const after = licenseView(device, [...ledger, plannedGrant(term, days, voucher, ask.now)], context)
  return toPreview(cover === null ? 'activated' : 'renewed', term.from, days, before, after)
}

/** The grant that redeeming would append. */
function plannedGrant(term: Term, days: number, voucher: StoredVoucher, now: number): LedgerGrant {
  return {
    id: '', kind: 'standard', from: term.from, to: term.to, undone: false, days, at: now, by: '', source: 'voucher',
    voucherId: voucher.id, last4: voucher.last4, reference: null, undoneAt: null, undoneBy: null, voucherUndone: voucher.undone,
    voucherMaxDevices: voucher.maxDevices,
  }
}

function toPreview(outcome: VoucherOutcome, from: number, daysAdded: number, before: LicenseView, after: LicenseView): Preview {
  return {
    outcome,
    from: iso(from),
    expiresAt: after.expiresAt,
    lastDay: after.lastDay,
    daysAdded,
    daysKept: before.daysRemaining ?? 0,
    featuresGained: after.features.filter((feature) => !before.features.includes(feature)),
  }
}

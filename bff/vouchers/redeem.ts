import { writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Ask, Transact } from '../http/route.ts'
import {
  appendGrant, type Device, findDeviceWithLedger, type LedgerGrant, lockLedger, saveCovers,
} from '../ledger/ledger.sql.ts'
import { type GrantView, grantView, iso, type LicenseView, licenseView, viewContext } from '../ledger/view.ts'
import { dayOf, formatDay, LAST_DAY } from '../rules/calendar.ts'
import { codeFault, normalizeCode } from '../rules/code.ts'
import { type Cover, coverNow, type Term, termFrom } from '../rules/license.ts'
import type { VoucherOutcome, VoucherRefusal } from '../rules/lists.ts'
import { voucherRefusal } from '../rules/vouchers.ts'
import { type Attempt, countRefusal, giveBack, takeAttempt } from './attempts.sql.ts'
import { findVoucher, findVoucherByHash, type StoredVoucher, takeVoucher } from './vouchers.sql.ts'

/** A code that may exist, as its hashes, and the attempt that was taken to look it up. */
export interface LookUp {
  hashes: readonly string[]
  attempt: Attempt
}

/** What a person can do about each refusal. */
const REMEDIES = {
  'voucher-not-found': 'check-code',
  'voucher-not-yet-valid': 'wait',
  'voucher-expired': 'contact',
  'voucher-wrong-model': 'contact',
  'voucher-used': 'contact',
} as const satisfies Record<VoucherRefusal, string>

/** Checks a code and takes an attempt, before anything is looked up (R13, R17, R19). Throws `voucher-malformed` and
 * `too-many-attempts`. */
export async function beginLookUp(ask: Ask<unknown, unknown, { code: string }>, transact: Transact): Promise<LookUp> {
  const code = normalizeCode(ask.body.code)
  const fault = codeFault(code)
  if (fault !== null) {
    throw new Problem('voucher-malformed', undefined, { reason: fault, remedy: fault === 'lower-case' ? 'capital-letters' : 'check-code' })
  }
  const hashes = await ask.keyring.hashes('voucher', code)
  const { who, workspace, now, policy } = ask
  const attempt = await takeAttempt(transact, { caller: who.id, workspace, now, limits: policy.attempts })
  if ('pausedUntil' in attempt) {
    const seconds = Math.max(1, Math.ceil((attempt.pausedUntil - now) / 1_000))
    throw new Problem('too-many-attempts', undefined, { retryAt: iso(attempt.pausedUntil), triesLeft: 0, remedy: 'wait' }, { 'retry-after': String(seconds) })
  }
  return { hashes, attempt }
}

/** Gives the attempt of a look-up back that was rolled back, so that it was neither refused nor redeemed here (R19). */
export function abandonLookUp({ attempt }: LookUp, transact: Transact): Promise<void> {
  return transact((trx) => giveBack(trx, attempt))
}

async function refuse(trx: Trx, refusal: VoucherRefusal, voucher: StoredVoucher | null, attempt: Attempt): Promise<Problem> {
  const triesLeft = await countRefusal(trx, attempt)
  const retryAt = refusal === 'voucher-not-yet-valid' && voucher?.notBefore != null ? { retryAt: iso(voucher.notBefore) } : {}
  return new Problem(refusal, undefined, { remedy: REMEDIES[refusal], triesLeft, ...retryAt })
}

async function deviceNotFound(trx: Trx, attempt: Attempt): Promise<Problem> {
  await giveBack(trx, attempt)
  return new Problem('device-not-found', undefined, { remedy: 'contact' })
}

/** Where redeeming stands once device, voucher and ledger are known. */
interface Found {
  device: Device
  voucher: StoredVoucher
  ledger: LedgerGrant[]
  /** The grant of this voucher that stands on this device. */
  standing: LedgerGrant | undefined
}

/** Finds device and voucher, and refuses by the ladder of R17. The voucher is read before the ledger: one that is seen as
 * used up by this device is then seen standing there too. */
async function find(ask: Ask<{ id: string }, unknown, { code: string }>, trx: Trx, { hashes, attempt }: LookUp): Promise<Found | Problem> {
  const voucher = await findVoucherByHash(trx, hashes)
  const found = await findDeviceWithLedger(trx, ask.workspace, ask.params.id)
  if (found === null) return deviceNotFound(trx, attempt)
  if (voucher === null) return refuse(trx, 'voucher-not-found', null, attempt)
  const { device, ledger } = found
  const standing = ledger.find((grant) => grant.voucherId === voucher.id && !grant.undone)
  const refusal = standing === undefined ? voucherRefusal(voucher, device, ask.now) : null
  return refusal === null ? { device, voucher, ledger, standing } : refuse(trx, refusal, voucher, attempt)
}

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

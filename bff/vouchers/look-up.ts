import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Ask, Transact } from '../http/route.ts'
import { type Device, findDeviceWithLedger, type LedgerGrant } from '../ledger/ledger.sql.ts'
import { iso } from '../ledger/view.ts'
import { codeFault, normalizeCode } from '../rules/code.ts'
import type { VoucherRefusal } from '../rules/lists.ts'
import { voucherRefusal } from '../rules/vouchers.ts'
import { type Attempt, countRefusal, giveBack, takeAttempt } from './attempts.sql.ts'
import { findVoucherByHash, type StoredVoucher } from './vouchers.sql.ts'

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

/** Counts a refusal, and says how many tries are left (R19). */
export async function refuse(trx: Trx, refusal: VoucherRefusal, voucher: StoredVoucher | null, attempt: Attempt): Promise<Problem> {
  const triesLeft = await countRefusal(trx, attempt)
  const retryAt = refusal === 'voucher-not-yet-valid' && voucher?.notBefore != null ? { retryAt: iso(voucher.notBefore) } : {}
  return new Problem(refusal, undefined, { remedy: REMEDIES[refusal], triesLeft, ...retryAt })
}

/** There is no such device: the code was not looked up for anything. */
export async function deviceNotFound(trx: Trx, attempt: Attempt): Promise<Problem> {
  await giveBack(trx, attempt)
  return new Problem('device-not-found', undefined, { remedy: 'contact' })
}

/** Where redeeming stands once device, voucher and ledger are known. */
export interface Found {
  device: Device
  voucher: StoredVoucher
  ledger: LedgerGrant[]
  /** The grant of this voucher that stands on this device. */
  standing: LedgerGrant | undefined
}

/** Finds device and voucher, and refuses by the ladder of R17. The voucher is read before the ledger: one that is seen as
 * used up by this device is then seen standing there too. */
export async function find(ask: Ask<{ id: string }, unknown, { code: string }>, trx: Trx, { hashes, attempt }: LookUp): Promise<Found | Problem> {
  const voucher = await findVoucherByHash(trx, hashes)
  const found = await findDeviceWithLedger(trx, ask.workspace, ask.params.id)
  if (found === null) return deviceNotFound(trx, attempt)
  if (voucher === null) return refuse(trx, 'voucher-not-found', null, attempt)
  const { device, ledger } = found
  const standing = ledger.find((grant) => grant.voucherId === voucher.id && !grant.undone)
  const refusal = standing === undefined ? voucherRefusal(voucher, device, ask.now) : null
  return refusal === null ? { device, voucher, ledger, standing } : refuse(trx, refusal, voucher, attempt)
}

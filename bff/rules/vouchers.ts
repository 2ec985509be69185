import { endOfDaysAfter } from './license.ts'
import type { UndoReason, VoucherRefusal } from './lists.ts'

/** What redeeming asks of a voucher (R15). Instants in ms. */
export interface Voucher {
  days: number
  /** Devices on which it can stand at once. */
  maxDevices: number
  /** Models that it fits; null = any. */
  models: readonly string[] | null
  /** The one workspace that may use it; null = any. */
  workspace: string | null
  /** Inclusive; null = no limit. */
  notBefore: number | null
  /** Exclusive; null = no limit. */
  redeemBy: number | null
  revoked: boolean
  /** Devices on which it stands. */
  used: number
  /** Undone uses that were not used again, as long as `reuseUntil` has not passed. */
  freed: number
  /** Until when a freed use may be used again past `redeemBy` (R20), exclusive; null = none was freed. */
  reuseUntil: number | null
  /** How often it was undone in all. */
  undone: number
}

/** The ladder of R17 for a voucher that does not stand on the device; null = it can be redeemed. */
export function voucherRefusal(
  voucher: Voucher | null, device: { workspace: string; model: string }, now: number,
): VoucherRefusal | null {
  if (voucher === null || voucher.revoked) return 'voucher-not-found'
  if (voucher.workspace !== null && voucher.workspace !== device.workspace) return 'voucher-not-found'
  if (voucher.notBefore !== null && now < voucher.notBefore) return 'voucher-not-yet-valid'
  if (voucher.redeemBy !== null && now >= voucher.redeemBy && !mayReuse(voucher, now)) return 'voucher-expired'
  if (voucher.models !== null && !voucher.models.includes(device.model)) return 'voucher-wrong-model'
  if (voucher.used >= voucher.maxDevices) return 'voucher-used'
  return null
}

/** Whether an undone use may be used again although the voucher's redeem-by has passed (R20). */
function mayReuse(voucher: Voucher, now: number): boolean {
  return voucher.freed > 0 && voucher.reuseUntil !== null && now < voucher.reuseUntil
}

/** A grant as undoing sees it: in the ledger's order of appending, instants in ms. */
export interface UndoGrant {
  from: number
  undone: boolean
  /** When it was appended. */
  at: number
  voucherId: string | null
}

/** The grant that an undo would take back: the one that counts with the latest `from`, the last appended where equal
 * (R20); null if nothing counts. */
export function latestGrant<G extends UndoGrant>(ledger: readonly G[]): G | null {
  let latest: G | null = null
  for (const grant of ledger) if (!grant.undone && (latest === null || grant.from >= latest.from)) latest = grant
  return latest
}

/** Until when a redemption can be undone, exclusive (R20). */
export function undoUntil(redeemedAt: number, undoDays: number, zone: string): number {
  return endOfDaysAfter(redeemedAt, undoDays, zone)
}

/** The ladder of R20 for the grant that `latestGrant` names; the first reason that fits. */
export function undoReason(
  grant: UndoGrant | null, voucher: { undone: number; maxDevices: number } | null, until: number, now: number,
): UndoReason {
  if (grant === null) return 'no-grant'
  if (grant.voucherId === null || voucher === null) return 'not-a-voucher'
  if (now >= until) return 'too-late'
  if (voucher.undone >= voucher.maxDevices) return 'undone-too-often'
  return 'possible'
}

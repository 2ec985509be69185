import type { Policy } from '../rules/policy.ts'
import type { Fact } from './facts.sql.ts'
import type { Device, LedgerGrant } from './ledger.sql.ts'
import { grantView, iso, judge } from './view.ts'

/** A device as a fact found it, or left it. */
interface Found {
  device: Device
  ledger: readonly LedgerGrant[]
  /** The entry of the ledger that it is about. */
  grant?: LedgerGrant | undefined
}

/** A fact about the licence of a device, which is told as it is at an instant (ms). */
export function licenseFact(type: Fact['type'], { device, ledger, grant }: Found, policy: Policy, now: number): Fact {
  return {
    type, workspace: device.workspace, deviceId: device.id,
    data: () => ({
      serial: device.serial, renewalPlanned: device.renewalPlanned, license: licenseData(device, ledger, policy, now), ...(grant === undefined ? {} : { grant: grantView(grant) }),
    }),
  }
}

function licenseData(device: Device, ledger: readonly LedgerGrant[], policy: Policy, now: number): object {
  const { license: { status, type, startsAt, expiresAt, lastDay, daysRemaining, expiringSoon } } = judge(device, ledger, policy, now)
  return {
    status, type, startsAt: startsAt === null ? null : iso(startsAt), expiresAt: expiresAt === null ? null : iso(expiresAt), lastDay,
    timeZone: device.timeZone, daysRemaining, expiringSoon,
  }
}

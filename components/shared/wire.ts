import type { DeviceView, GrantView, LicenseView } from '../../bff/ledger/view.ts'
import type { Status, UndoReason } from '../../bff/rules/lists.ts'

export type { DeviceView, GrantView, LicenseView } from '../../bff/ledger/view.ts'
export type { Action, Kind, Status, VoucherOutcome } from '../../bff/rules/lists.ts'
export type { Preview, Redeemed } from '../../bff/vouchers/redeem.ts'

/** A licence with its ledger, as `GET /v1/devices/{id}/license` answers it. */
export type LicenseWithLedger = LicenseView & { ledger: GrantView[] }

/** Whom to ask, and how. */
export interface ContactCard {
  name?: string
  email?: string
  phone?: string
  hours?: string
  url?: string
}

/** Who is asking, as `GET /v1/me` answers it. */
export interface Me {
  person: { id: string; name?: string; email?: string } | null
  workspace: { id: string; name: string; timeZone: string }
  roles: string[]
  contact: { sales: ContactCard; support: ContactCard }
  links: { device: string | null; assets: string | null; licenseTab: string | null }
  policy: { expiringWithinDays: number; undoDays: number; features: { id: string; openIn: Status[] }[] }
}

/** What undoing did (R20). */
export interface Undone {
  license: LicenseView
  grant: GrantView
}

/** A refusal (RFC 9457). Besides the BFF's own codes there is `unreachable`: no answer, or none of the BFF's. */
export interface ProblemBody {
  code: string
  status: number
  detail?: string
  retryAt?: string
  triesLeft?: number
  reason?: UndoReason | string
  remedy?: string | null
  instance?: string
}

/** One page of devices. */
export interface DevicePage {
  items: DeviceView[]
  nextCursor: string | null
}

import type { DeviceView, GrantView, LicenseView } from '../../bff/ledger/view.ts'
import type { GraceReason, Kind, Status, TrialReason, UndoReason } from '../../bff/rules/lists.ts'

export type { DeviceView, GrantView, LicenseView } from '../../bff/ledger/view.ts'
export type { Action, GraceReason, Kind, Status, TrialReason, VoucherOutcome } from '../../bff/rules/lists.ts'
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
  policy: ModelDays & { undoDays: number; snoozeDays: number; memberAddsDevices: boolean; features: FeatureRule[]; models?: Record<string, ModelDays> }
}

/** When a feature is open (R10). */
export interface FeatureRule {
  id: string
  openIn: Status[]
  /** What holds while the BFF cannot be asked; left out, it is closed then. */
  whenDown?: 'closed' | 'open' | { lastKnownHours: number }
  /** Always open: what would be closed is only reported. */
  reportOnly?: boolean
}

/** Days of the policy that a device model may have of its own. */
export interface ModelDays {
  expiringWithinDays: number
  graceDays: number
  trialDays: number
}

/** A licence as it is since a grant was started or undone (R20, R21, R25). */
export interface Granted {
  license: LicenseView
  grant: GrantView
}

/** The three warnings of a workspace (R26). */
export const ALERTS = ['expired', 'expiring', 'grace'] as const
export type Alert = (typeof ALERTS)[number]

/** Counts of a workspace, as `GET /v1/summary` answers them to the person who asks. */
export interface Summary {
  total: number
  byStatus: Record<Status, number>
  alerts: Record<Alert, number>
  /** Devices that can have grace, and by reason how many of the old platform cannot. */
  grace: { eligible: number; byReason: Partial<Record<GraceReason, number>> }
  /** Until when the person wants no reminder (R29), ISO 8601; null = wants it now. A BFF of before tells neither this nor the time. */
  snoozedUntil?: Record<Alert, string | null>
  now?: string
}

/** A reminder that holds, as `GET /v1/notifications` answers it to the person who asks (R27, R29). */
export interface Notification {
  id: string
  deviceId: string
  name: string
  serial: string
  kind: Kind
  status: Status
  lastDay: string
  /** When it was told, ISO 8601. */
  at: string
  read: boolean
  /** Of a warning that the person has put off. */
  snoozed: boolean
}

/** Reminders that hold, one a device, newest first. */
export interface Notifications {
  items: Notification[]
  nextCursor: string | null
  unread: number
  /** Until when the person wants none, ISO 8601; null = wants them now. */
  snoozedUntil: Record<'expired' | 'expiring', string | null>
  /** What admins have to know of the reminders themselves. `since`: ISO 8601; null = ever. */
  warnings: { code: 'reminders-late' | 'no-recipient'; since: string | null }[]
  now: string
}

/** What starting grace on many devices did (R25). */
export interface GraceStarted {
  started: number
  items: { deviceId: string; outcome: 'started' | GraceReason; license?: LicenseView }[]
}

/** A link for calendar programs, as it is told once. */
export interface CalendarLink {
  id: string
  url: string
}

/** A device to be added. */
export interface NewDevice {
  serial: string
  model: string
  name: string
  siteId?: string
}

/** A refusal (RFC 9457). Besides the BFF's own codes there is `unreachable`: no answer, or none of the BFF's. */
export interface ProblemBody {
  code: string
  status: number
  detail?: string
  retryAt?: string
  triesLeft?: number
  reason?: UndoReason | TrialReason | GraceReason | string
  remedy?: string | null
  instance?: string
  deviceId?: string
  errors?: readonly { pointer?: string; detail?: string }[]
}

/** One page of devices. */
export interface DevicePage {
  items: DeviceView[]
  nextCursor: string | null
}

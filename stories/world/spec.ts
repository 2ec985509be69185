import type { PolicyInput } from '../../bff/index.ts'
import type { Kind, WorkspaceRole } from '../../bff/rules/lists.ts'
import type { ContactCard } from '../../components/shared/wire.ts'
import type { Network } from './network.ts'

/** A licence that was sold before: a term of `days`, of which `left` remain; fewer than none where it is over. */
export interface WorldGrant {
  kind: Kind
  days: number
  left: number
}

/** What the records of the old platform say of a device (R23). */
export interface WorldLegacy {
  /** Whose account had it; the person in front of the page's, if left out. */
  account?: string
  workspace?: string
  site?: string
}

/** A device, and what its ledger holds. */
export interface WorldDevice {
  id: string
  name?: string
  serial?: string
  model?: string
  siteId?: string
  grants?: readonly WorldGrant[]
  /** Days of a fresh voucher that a colleague redeems on it. */
  voucherDays?: number
  /** An admin takes that redemption back. */
  undone?: boolean
  /** Its rows in the records of the old platform. */
  legacy?: readonly WorldLegacy[]
  /** An admin has said that it will not be renewed. */
  notRenewed?: boolean
}

/** A voucher that is issued; instants are beginnings of days, counted from today. */
export interface WorldVoucher {
  /** A year, if left out. */
  days?: number
  maxDevices?: number
  models?: readonly string[]
  /** Cannot be redeemed before the beginning of that day: 3 = in three days. */
  notBefore?: number
  /** Cannot be redeemed from the beginning of that day on: -3 = since three days ago. */
  redeemBy?: number
  /** The device on which a colleague has redeemed it. */
  usedOn?: string
  revoked?: boolean
}

/** What a story's world holds. */
export interface WorldSpec {
  /** Where its clock stands, ISO 8601. */
  now?: string
  /** What the person in front of the page may do; `admin` if left out. */
  role?: WorkspaceRole
  /** The workspace's zone; `Europe/Berlin` if left out. */
  timeZone?: string
  devices?: readonly WorldDevice[]
  /** Vouchers by a name, under which the world tells their codes. */
  vouchers?: Readonly<Record<string, WorldVoucher>>
  /** Whom to ask, in place of the maker's sales and support. */
  contact?: { sales?: ContactCard; support?: ContactCard }
  policy?: PolicyInput
  network?: Network
  /** Whether it is looked for reminders whenever the clock was turned, as a server does every day. */
  reminders?: boolean
  /** Whether reminders go out by mail too; none is sent. */
  mail?: boolean
  /** Serial numbers of devices that were added to another workspace and removed from it, before those of this one came. */
  seenBefore?: readonly string[]
  /** Serial numbers that are present in another workspace. */
  claimed?: readonly string[]
}

/** Where the clock of a world stands, if nothing else is said. */
export const NOW = '2026-11-21T09:30:00.000Z'

/** The zone of a world's workspace, if nothing else is said. */
export const TIME_ZONE = 'Europe/Berlin'

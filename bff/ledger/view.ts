import { z } from 'zod'
import type { Connection } from '../db/database.ts'
import { dayOf, formatDay, formatInstant, parseDay, startOfDay } from '../rules/calendar.ts'
import { graceReasonOf, trialReason } from '../rules/eligibility.ts'
import { type License, licenseAt, nextAfter } from '../rules/license.ts'
import { ACTIONS, GRACE_REASONS, KINDS, SOURCES, STATUSES, TRIAL_REASONS, type GraceReason, type UndoReason } from '../rules/lists.ts'
import { openFeatures, type Policy, policyFor } from '../rules/policy.ts'
import { actionsFor } from '../rules/view.ts'
import { latestGrant, undoReason, undoUntil } from '../rules/vouchers.ts'
import { countTrials, type Device, findDevices, findDeviceWithLedger, findRuled, type LedgerGrant, ledgersOf, type RuledDevice, type RuledGrant } from './ledger.sql.ts'

const instant = z.iso.datetime({ precision: 3 })
const date = z.iso.date()

/** A licence as everybody sees it (R7 to R10). */
export const LicenseView = z.strictObject({
  deviceId: z.string(),
  status: z.enum(STATUSES),
  type: z.enum(KINDS).nullable(),
  startsAt: instant.nullable(),
  expiresAt: instant.nullable(),
  lastDay: date.nullable(),
  timeZone: z.string(),
  daysRemaining: z.int().nullable(),
  expiringSoon: z.boolean(),
  expiringWithinDays: z.int(),
  changesAt: instant.nullable(),
  refreshAt: instant.nullable(),
  features: z.array(z.string()),
  actions: z.array(z.enum(ACTIONS)),
  trial: z.strictObject({ eligible: z.boolean(), reason: z.enum(TRIAL_REASONS) }),
  grace: z.strictObject({ eligible: z.boolean(), reason: z.enum(GRACE_REASONS) }),
  now: instant,
}).meta({ id: 'License' })
export type LicenseView = z.output<typeof LicenseView>

/** One entry of a ledger as everybody sees it (R5). */
export const GrantView = z.strictObject({
  id: z.string(),
  kind: z.enum(KINDS),
  from: instant,
  to: instant,
  days: z.int(),
  at: instant,
  by: z.string(),
  source: z.strictObject({
    type: z.enum(SOURCES), voucherId: z.string().optional(), last4: z.string().optional(), reference: z.string().optional(),
  }),
  undoneAt: instant.nullable(),
  undoneBy: z.string().nullable(),
}).meta({ id: 'Grant' })
export type GrantView = z.output<typeof GrantView>

/** A device with its licence. */
export const DeviceView = z.strictObject({
  id: z.string(),
  serial: z.string(),
  model: z.string(),
  name: z.string(),
  siteId: z.string().nullable(),
  renewalPlanned: z.boolean(),
  license: LicenseView,
}).meta({ id: 'Device' })
export type DeviceView = z.output<typeof DeviceView>

/** An instant (ms) in ISO 8601, UTC, with milliseconds. */
export function iso(at: number): string {
  return formatInstant(at)
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}

/** What the rules say of a ledger at an instant, and whether its latest grant can be undone (R20). */
export interface Judged {
  license: License
  undo: UndoReason
  /** Until when it can be undone; null if not now. */
  undoUntil: number | null
}

/** Asks the rules. */
export function judge(device: RuledDevice, ledger: readonly RuledGrant[], policy: Policy, now: number): Judged {
  const { expiringWithinDays, undoDays } = policyFor(policy, device.model)
  const license = licenseAt(ledger, device.timeZone, now, expiringWithinDays)
  const latest = latestGrant(ledger)
  const until = latest === null ? 0 : undoUntil(latest.at, undoDays, device.timeZone)
  const voucher = latest === null || latest.voucherMaxDevices === null
    ? null : { undone: latest.voucherUndone ?? 0, maxDevices: latest.voucherMaxDevices }
  const undo = undoReason(latest, voucher, until, now)
  return { license, undo, undoUntil: undo === 'possible' ? until : null }
}

/** Whether grace can be started now, and why not (R24). `covered`: by any kind. */
export function graceFor(device: RuledDevice, covered: boolean, policy: Policy, now: number): GraceReason {
  const { graceOpenUntil } = policyFor(policy, device.model)
  return graceReasonOf(device.legacy, { used: device.graceUsed, covered, today: formatDay(dayOf(now, device.timeZone)), openUntil: graceOpenUntil })
}

/** For whom a view is made, and when. */
export interface ViewContext {
  policy: Policy
  roles: readonly string[]
  now: number
  /** Trials that the workspace has started; asked for only where the policy limits them. */
  trialsStarted: number
}

/** The view of a device's licence for somebody (R7 to R10, R22, R24). */
export function licenseView(device: RuledDevice, ledger: readonly RuledGrant[], { policy, roles, now, trialsStarted }: ViewContext): LicenseView {
  const model = policyFor(policy, device.model)
  const { license, undo, undoUntil: undoEnds } = judge(device, ledger, policy, now)
  const covered = license.status !== 'none' && license.status !== 'expired'
  const trial = trialReason({
    used: device.trialUsed, covered, trialDays: model.trialDays, seenBefore: device.seenBefore, startedInWorkspace: trialsStarted,
    limit: policy.trialsPerWorkspace,
  })
  const grace = graceFor(device, covered, policy, now)
  const actions = actionsFor({ status: license.status, trial, grace, undo }, roles)
  const graceCloses = grace === 'eligible' ? closingOf(model.graceOpenUntil, device.timeZone) : null
  return {
    deviceId: device.id,
    status: license.status,
    type: license.type,
    startsAt: isoOrNull(license.startsAt),
    expiresAt: isoOrNull(license.expiresAt),
    lastDay: license.lastDay,
    timeZone: device.timeZone,
    daysRemaining: license.daysRemaining,
    expiringSoon: license.expiringSoon,
    expiringWithinDays: model.expiringWithinDays,
    changesAt: isoOrNull(license.changesAt),
    refreshAt: isoOrNull(nextAfter(now, [license.refreshAt, graceCloses, actions.includes('undo') ? undoEnds : null])),
    features: openFeatures(policy, license.status),
    actions,
    trial: { eligible: trial === 'eligible', reason: trial },
    grace: { eligible: grace === 'eligible', reason: grace },
    now: iso(now),
  }
}

/** The first instant at which grace cannot be started any more (R24); null = never. */
function closingOf(openUntil: string | null, zone: string): number | null {
  const day = openUntil === null ? null : parseDay(openUntil)
  return day === null ? null : startOfDay(day + 1, zone)
}

/** An entry of the ledger for everybody. */
export function grantView(grant: LedgerGrant): GrantView {
  return {
    id: grant.id,
    kind: grant.kind,
    from: iso(grant.from),
    to: iso(grant.to),
    days: grant.days,
    at: iso(grant.at),
    by: grant.by,
    source: {
      type: grant.source,
      ...(grant.voucherId === null ? {} : { voucherId: grant.voucherId }),
      ...(grant.last4 === null ? {} : { last4: grant.last4 }),
      ...(grant.reference === null ? {} : { reference: grant.reference }),
    },
    undoneAt: isoOrNull(grant.undoneAt),
    undoneBy: grant.undoneBy,
  }
}

/** A device with its licence for somebody. */
export function deviceView(device: Device, ledger: readonly LedgerGrant[], context: ViewContext): DeviceView {
  return {
    id: device.id,
    serial: device.serial,
    model: device.model,
    name: device.name,
    siteId: device.siteId,
    renewalPlanned: device.renewalPlanned,
    license: licenseView(device, ledger, context),
  }
}

/** Who asks, as far as views depend on it. */
interface Asking {
  workspace: string
  policy: Policy
  who: { roles: readonly string[] }
  now: number
}

/** What views of one workspace need beside devices and ledgers. */
export async function viewContext(connection: Connection, { workspace, policy, who, now }: Asking): Promise<ViewContext> {
  return { policy, roles: who.roles, now, trialsStarted: policy.trialsPerWorkspace === null ? 0 : await countTrials(connection, workspace) }
}

/** A device, its ledger and its licence, from the database; null if the workspace has no such device. */
export async function loadDevice(connection: Connection, asking: Asking, id: string):
Promise<{ device: Device; ledger: LedgerGrant[]; view: DeviceView } | null> {
  const found = await findDeviceWithLedger(connection, asking.workspace, id)
  return found === null ? null : { ...found, view: deviceView(found.device, found.ledger, await viewContext(connection, asking)) }
}

/** Many devices of the workspace with their licences, in the order of the ids; unknown ids are left out. */
export async function loadDevices(connection: Connection, asking: Asking, ids: readonly string[]): Promise<DeviceView[]> {
  const [devices, ledgers, context] = [
    await findDevices(connection, asking.workspace, ids), await ledgersOf(connection, asking.workspace, ids), await viewContext(connection, asking),
  ]
  const byId = new Map(devices.map((device) => [device.id, device]))
  return ids.flatMap((id) => {
    const device = byId.get(id)
    return device === undefined ? [] : [deviceView(device, ledgers.get(id) ?? [], context)]
  })
}

/** The licences of many devices of the workspace, in the order of the ids; unknown ids are left out. */
export async function loadLicenses(connection: Connection, asking: Asking, ids: readonly string[]): Promise<LicenseView[]> {
  const [found, context] = [await findRuled(connection, asking.workspace, ids), await viewContext(connection, asking)]
  return ids.flatMap((id) => {
    const one = found.get(id)
    return one === undefined ? [] : [licenseView(one.device, one.ledger, context)]
  })
}

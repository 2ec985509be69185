import type { Connection, Trx } from '../db/database.ts'
import { newId } from '../ids.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { CoversTable, GrantsTable } from '../db/tables.ts'
import { type CoverRow, coverRows } from '../rules/license.ts'
import type { Kind, Source } from '../rules/lists.ts'
import { policyFor, type Policy } from '../rules/policy.ts'

/** A device with what the rules ask of it. */
export interface Device {
  workspace: string
  id: string
  serial: string
  serialKey: string
  model: string
  name: string
  siteId: string | null
  renewalPlanned: boolean
  timeZone: string
  /** A trial, and grace, of this serial number was used, anywhere (R21, R24). */
  trialUsed: boolean
  graceUsed: boolean
  /** Another device had this serial number first (R22). */
  seenBefore: boolean
}

interface DeviceRow {
  workspace_id: string
  id: string
  serial: string
  serial_key: string
  model: string
  name: string
  site_id: string | null
  renewal_planned: number
  time_zone: string
  trial_used_at: number | null
  grace_used_at: number | null
  first_workspace: string
  first_device: string
}

function toDevice(row: DeviceRow): Device {
  return {
    workspace: row.workspace_id,
    id: row.id,
    serial: row.serial,
    serialKey: row.serial_key,
    model: row.model,
    name: row.name,
    siteId: row.site_id,
    renewalPlanned: row.renewal_planned === 1,
    timeZone: row.time_zone,
    trialUsed: row.trial_used_at !== null,
    graceUsed: row.grace_used_at !== null,
    seenBefore: row.first_workspace !== row.workspace_id || row.first_device !== row.id,
  }
}

/** One entry of a ledger, as the database keeps it; the rules' `Grant` is in it. */
export interface LedgerGrant {
  id: string
  kind: Kind
  from: number
  to: number
  undone: boolean
  days: number
  at: number
  by: string
  source: Source
  voucherId: string | null
  last4: string | null
  reference: string | null
  undoneAt: number | null
  undoneBy: string | null
  /** Of its voucher: how often it was undone, and how often it may be (R20). */
  voucherUndone: number | null
  voucherMaxDevices: number | null
}

type GrantRow = Omit<GrantsTable, 'seq' | 'workspace_id' | 'device_id'> & { voucher_undone: number | null; voucher_max: number | null }

function toGrant(row: GrantRow): LedgerGrant {
  return {
    id: row.id,
    kind: row.kind,
    from: row.from_at,
    to: row.to_at,
    undone: row.undone_at !== null,
    days: row.days,
    at: row.at,
    by: row.by,
    source: row.source,
    voucherId: row.voucher_id,
    last4: row.last4,
    reference: row.reference,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
    voucherUndone: row.voucher_undone,
    voucherMaxDevices: row.voucher_max,
  }
}

const DEVICE_COLUMNS = [
  'd.workspace_id', 'd.id', 'd.serial', 'd.serial_key', 'd.model', 'd.name', 'd.site_id', 'd.renewal_planned', 'w.time_zone',
  's.trial_used_at', 's.grace_used_at', 's.workspace_id as first_workspace', 's.device_id as first_device',
] as const

const someDevices = preparedList<{ workspace: string }, DeviceRow>((db, arg, keys) =>
  db.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id').innerJoin('serials as s', 's.serial_key', 'd.serial_key')
    .select(DEVICE_COLUMNS)
    .where('d.workspace_id', '=', arg('workspace')).where('d.id', 'in', keys).where('d.removed_at', 'is', null))

/** The devices of a workspace with these ids, in any order; ids that it does not have are left out. */
export async function findDevices(connection: Connection, workspace: string, ids: readonly string[]): Promise<Device[]> {
  return (await someDevices(connection, { workspace }, ids)).map(toDevice)
}

const GRANT_COLUMNS = [
  'g.id', 'g.kind', 'g.from_at', 'g.to_at', 'g.days', 'g.at', 'g.by', 'g.source', 'g.voucher_id',
  'g.last4', 'g.reference', 'g.undone_at', 'g.undone_by', 'v.undone as voucher_undone', 'v.max_devices as voucher_max',
] as const

const oneLedger = prepared<{ workspace: string; id: string }, GrantRow>((db, arg) =>
  db.selectFrom('grants as g').leftJoin('vouchers as v', 'v.id', 'g.voucher_id').select(GRANT_COLUMNS)
    .where('g.workspace_id', '=', arg('workspace')).where('g.device_id', '=', arg('id')).orderBy('g.seq'))

/** The ledger of a device, in order of appending (R5). */
export async function ledgerOf(connection: Connection, workspace: string, id: string): Promise<LedgerGrant[]> {
  return (await oneLedger(connection, { workspace, id })).rows.map(toGrant)
}

const someLedgers = preparedList<{ workspace: string }, GrantRow & { device_id: string }>((db, arg, keys) =>
  db.selectFrom('grants as g').leftJoin('vouchers as v', 'v.id', 'g.voucher_id').select([...GRANT_COLUMNS, 'g.device_id'])
    .where('g.workspace_id', '=', arg('workspace')).where('g.device_id', 'in', keys).orderBy('g.device_id').orderBy('g.seq'))

type BothRow = DeviceRow & { [K in keyof GrantRow as K extends 'id' ? 'grant_id' : K]: GrantRow[K] | null }

const deviceWithLedger = prepared<{ workspace: string; id: string }, BothRow>((db, arg) =>
  db.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id').innerJoin('serials as s', 's.serial_key', 'd.serial_key')
    .leftJoin('grants as g', (join) => join.onRef('g.workspace_id', '=', 'd.workspace_id').onRef('g.device_id', '=', 'd.id'))
    .leftJoin('vouchers as v', 'v.id', 'g.voucher_id')
    .select([...DEVICE_COLUMNS, 'g.id as grant_id', ...GRANT_COLUMNS.filter((column) => column !== 'g.id')])
    .where('d.workspace_id', '=', arg('workspace')).where('d.id', '=', arg('id')).where('d.removed_at', 'is', null).orderBy('g.seq'))

/** A device and its ledger in one query, which is what is asked most; null if the workspace has no such device. */
export async function findDeviceWithLedger(connection: Connection, workspace: string, id: string):
Promise<{ device: Device; ledger: LedgerGrant[] } | null> {
  const { rows } = await deviceWithLedger(connection, { workspace, id })
  const first = rows[0]
  if (first === undefined) return null
  return { device: toDevice(first), ledger: first.grant_id === null ? [] : rows.map((row) => toGrant({ ...(row as GrantRow & BothRow), id: row.grant_id ?? '' })) }
}

/** The ledgers of devices of one workspace, by device id; a device without grants is left out. */
export async function ledgersOf(connection: Connection, workspace: string, ids: readonly string[]): Promise<Map<string, LedgerGrant[]>> {
  const ledgers = new Map<string, LedgerGrant[]>()
  for (const row of await someLedgers(connection, { workspace }, ids)) {
    const ledger = ledgers.get(row.device_id)
    if (ledger === undefined) ledgers.set(row.device_id, [toGrant(row)])
    else ledger.push(toGrant(row))
  }
  return ledgers
}

const trialsStarted = prepared<{ workspace: string }, { count: number }>((db, arg) =>
  db.selectFrom('grants').select((row) => row.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', arg('workspace')).where('source', '=', 'trial').where('undone_at', 'is', null))

/** Trials that a workspace has started, of all its devices (R21). */
export async function countTrials(connection: Connection, workspace: string): Promise<number> {
  return Number((await trialsStarted(connection, { workspace })).rows[0]?.count ?? 0)
}

const bumpRevision = prepared<{ workspace: string; id: string }, { revision: number }>((db, arg) =>
  db.updateTable('devices').set((row) => ({ revision: row('revision', '+', 1) }))
    .where('workspace_id', '=', arg('workspace')).where('id', '=', arg('id')).where('removed_at', 'is', null).returning('revision'))

/** Locks a device's ledger for this transaction, before it is read: no other change of it runs until this one has ended.
 * Answers the place of the next grant; null if there is no such device. Many are locked in the order of their ids. */
export async function lockLedger(trx: Trx, workspace: string, id: string): Promise<number | null> {
  return (await bumpRevision(trx, { workspace, id })).rows[0]?.revision ?? null
}

/** What a new grant says, beside its id. */
export interface NewGrant {
  kind: Kind
  from: number
  to: number
  days: number
  source: Source
  voucherId?: string
  last4?: string
  reference?: string
}

const insertGrants = preparedInsert('grants', [
  'id', 'workspace_id', 'device_id', 'seq', 'kind', 'from_at', 'to_at', 'days', 'at', 'by', 'source', 'voucher_id', 'last4', 'reference',
  'undone_at', 'undone_by',
])

/** Appends a grant to a locked ledger and answers it (R5). */
export async function appendGrant(
  trx: Trx, device: { workspace: string; id: string }, seq: number, grant: NewGrant, by: string, now: number,
): Promise<LedgerGrant> {
  const row = {
    id: newId(now), workspace_id: device.workspace, device_id: device.id, seq, kind: grant.kind, from_at: grant.from, to_at: grant.to,
    days: grant.days, at: now, by, source: grant.source, voucher_id: grant.voucherId ?? null, last4: grant.last4 ?? null,
    reference: grant.reference ?? null, undone_at: null, undone_by: null,
  }
  await insertGrants(trx, [row])
  return toGrant({ ...row, voucher_undone: null, voucher_max: null })
}

const markUndone = prepared<{ id: string; now: number; by: string }, never>((db, arg) =>
  db.updateTable('grants').set({ undone_at: arg('now'), undone_by: arg('by') }).where('id', '=', arg('id')).where('undone_at', 'is', null))

/** Marks a grant as undone (R5); false if it was already. */
export async function undoGrant(trx: Trx, id: string, by: string, now: number): Promise<boolean> {
  return ((await markUndone(trx, { id, now, by })).numAffectedRows ?? 0n) > 0n
}

const dropCovers = prepared<{ workspace: string; id: string }, never>((db, arg) =>
  db.deleteFrom('covers').where('workspace_id', '=', arg('workspace')).where('device_id', '=', arg('id')))
const insertCovers = preparedInsert('covers', ['workspace_id', 'device_id', 'starts_at', 'expiring_from', 'grace_from', 'expires_at', 'kind'])

function toCoversRow(workspace: string, id: string, cover: CoverRow): CoversTable {
  return {
    workspace_id: workspace, device_id: id, starts_at: cover.startsAt, expiring_from: cover.expiringFrom, grace_from: cover.graceFrom,
    expires_at: cover.expiresAt, kind: cover.kind,
  }
}

/** Writes what SQL compares with now, computed by the rules: at every change of a ledger, a model, a zone or the policy. */
export async function saveCovers(
  trx: Trx, device: { workspace: string; id: string; model: string; timeZone: string }, ledger: readonly LedgerGrant[], policy: Policy,
): Promise<void> {
  const { expiringWithinDays } = policyFor(policy, device.model)
  const covers = coverRows(ledger, device.timeZone, expiringWithinDays)
  await dropCovers(trx, { workspace: device.workspace, id: device.id })
  await insertCovers(trx, covers.map((cover) => toCoversRow(device.workspace, device.id, cover)))
}

import { sql } from 'kysely'
import type { Connection } from '../db/database.ts'
import { prepared, preparedList } from '../db/prepared.ts'
import type { GrantsTable } from '../db/tables.ts'
import type { LegacyStanding } from '../rules/eligibility.ts'
import type { Kind, Source } from '../rules/lists.ts'

/** What the rules ask of a device. */
export interface RuledDevice {
  id: string
  model: string
  timeZone: string
  /** A trial, and grace, of this serial number was used, anywhere (R21, R24). */
  trialUsed: boolean
  graceUsed: boolean
  /** Another device had this serial number first (R22). */
  seenBefore: boolean
  /** What the legacy records say of it (R24). */
  legacy: LegacyStanding
}

/** A device. */
export interface Device extends RuledDevice {
  workspace: string
  serial: string
  serialKey: string
  name: string
  siteId: string | null
  renewalPlanned: boolean
}

interface RuledDeviceRow {
  id: string
  model: string
  time_zone: string
  trial_used_at: number | null
  grace_used_at: number | null
  first_workspace: string
  first_device: string
  legacy: LegacyStanding
}

interface DeviceRow extends RuledDeviceRow {
  workspace_id: string
  serial: string
  serial_key: string
  name: string
  site_id: string | null
  renewal_planned: number
}

function toRuledDevice(row: RuledDeviceRow, workspace: string): RuledDevice {
  return {
    id: row.id,
    model: row.model,
    timeZone: row.time_zone,
    trialUsed: row.trial_used_at !== null,
    graceUsed: row.grace_used_at !== null,
    seenBefore: row.legacy !== 'not-legacy' || row.first_workspace !== workspace || row.first_device !== row.id,
    legacy: row.legacy,
  }
}

function toDevice(row: DeviceRow): Device {
  return {
    ...toRuledDevice(row, row.workspace_id),
    workspace: row.workspace_id,
    serial: row.serial,
    serialKey: row.serial_key,
    name: row.name,
    siteId: row.site_id,
    renewalPlanned: row.renewal_planned === 1,
  }
}

/** What the rules ask of an entry of a ledger: their `Grant`, and whether it can be undone. */
export interface RuledGrant {
  kind: Kind
  from: number
  to: number
  undone: boolean
  at: number
  voucherId: string | null
  /** Of its voucher: how often it was undone, and how often it may be (R20). */
  voucherUndone: number | null
  voucherMaxDevices: number | null
}

/** One entry of a ledger, as the database keeps it. */
export interface LedgerGrant extends RuledGrant {
  id: string
  days: number
  by: string
  source: Source
  last4: string | null
  reference: string | null
  undoneAt: number | null
  undoneBy: string | null
}

type RuledGrantRow = Pick<GrantsTable, 'kind' | 'from_at' | 'to_at' | 'at' | 'undone_at' | 'voucher_id'> & { voucher_undone: number | null; voucher_max: number | null }
type GrantRow = RuledGrantRow & Omit<GrantsTable, 'seq' | 'workspace_id' | 'device_id'>

function toRuledGrant(row: RuledGrantRow): RuledGrant {
  return {
    kind: row.kind,
    from: row.from_at,
    to: row.to_at,
    undone: row.undone_at !== null,
    at: row.at,
    voucherId: row.voucher_id,
    voucherUndone: row.voucher_undone,
    voucherMaxDevices: row.voucher_max,
  }
}

/** A row as the rules see it. */
export function toGrant(row: GrantRow): LedgerGrant {
  return {
    ...toRuledGrant(row),
    id: row.id,
    days: row.days,
    by: row.by,
    source: row.source,
    last4: row.last4,
    reference: row.reference,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
  }
}

/** `legacyStanding` of the rules for a device `d`: asked of the records each time, so that it does not matter whether they or
 * the person came first (R23). Where there are none, it is one look-up. */
export const LEGACY_STANDING = sql<LegacyStanding>`case
  when not exists (select 1 from legacy as l where l.serial_key = d.serial_key) then 'not-legacy'
  when not exists (select 1 from legacy as l join recognised as r on r.account = l.account where l.serial_key = d.serial_key and r.workspace_id = d.workspace_id)
    then 'claimed-by-other'
  when (select count(distinct l.workspace) from legacy as l where l.serial_key = d.serial_key) > 1 then 'in-several-workspaces'
  when (select count(distinct l.site) from legacy as l where l.serial_key = d.serial_key) > 1 then 'in-several-sites'
  else 'clear' end`

const RULED_DEVICE_COLUMNS = [
  'd.id', 'd.model', 'w.time_zone', 's.trial_used_at', 's.grace_used_at', 's.workspace_id as first_workspace', 's.device_id as first_device', LEGACY_STANDING.as('legacy'),
] as const
const DEVICE_COLUMNS = [...RULED_DEVICE_COLUMNS, 'd.workspace_id', 'd.serial', 'd.serial_key', 'd.name', 'd.site_id', 'd.renewal_planned'] as const

const someDevices = preparedList<{ workspace: string }, DeviceRow>((db, arg, keys) =>
  db.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id').innerJoin('serials as s', 's.serial_key', 'd.serial_key')
    .select(DEVICE_COLUMNS)
    .where('d.workspace_id', '=', arg('workspace')).where('d.id', 'in', keys).where('d.removed_at', 'is', null))

/** The devices of a workspace with these ids, in any order; ids that it does not have are left out. */
export async function findDevices(connection: Connection, workspace: string, ids: readonly string[]): Promise<Device[]> {
  return (await someDevices(connection, { workspace }, ids)).map(toDevice)
}

const RULED_GRANT_COLUMNS = [
  'g.kind', 'g.from_at', 'g.to_at', 'g.at', 'g.undone_at', 'g.voucher_id', 'v.undone as voucher_undone', 'v.max_devices as voucher_max',
] as const
const GRANT_COLUMNS = [...RULED_GRANT_COLUMNS, 'g.id', 'g.days', 'g.by', 'g.source', 'g.last4', 'g.reference', 'g.undone_by'] as const

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

type RuledRow = RuledDeviceRow & { [K in keyof RuledGrantRow]: RuledGrantRow[K] | null }

const someRuled = preparedList<{ workspace: string }, RuledRow>((db, arg, keys) =>
  db.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id').innerJoin('serials as s', 's.serial_key', 'd.serial_key')
    .leftJoin('grants as g', (join) => join.onRef('g.workspace_id', '=', 'd.workspace_id').onRef('g.device_id', '=', 'd.id'))
    .leftJoin('vouchers as v', 'v.id', 'g.voucher_id')
    .select([...RULED_DEVICE_COLUMNS, ...RULED_GRANT_COLUMNS])
    .where('d.workspace_id', '=', arg('workspace')).where('d.id', 'in', keys).where('d.removed_at', 'is', null).orderBy('d.id').orderBy('g.seq'))

/** What the rules ask of devices of a workspace and their ledgers, by device id, and nothing else: for many, a fifth less work. */
export async function findRuled(connection: Connection, workspace: string, ids: readonly string[]):
Promise<Map<string, { device: RuledDevice; ledger: RuledGrant[] }>> {
  const found = new Map<string, { device: RuledDevice; ledger: RuledGrant[] }>()
  for (const row of await someRuled(connection, { workspace }, ids)) {
    const grant = row.kind === null ? [] : [toRuledGrant(row as RuledRow & RuledGrantRow)]
    const known = found.get(row.id)
    if (known === undefined) found.set(row.id, { device: toRuledDevice(row, workspace), ledger: grant })
    else known.ledger.push(...grant)
  }
  return found
}

const trialsStarted = prepared<{ workspace: string }, { count: number }>((db, arg) =>
  db.selectFrom('grants').select((row) => row.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', arg('workspace')).where('source', '=', 'trial').where('undone_at', 'is', null))

/** Trials that a workspace has started, of all its devices (R21). */
export async function countTrials(connection: Connection, workspace: string): Promise<number> {
  return Number((await trialsStarted(connection, { workspace })).rows[0]?.count ?? 0)
}

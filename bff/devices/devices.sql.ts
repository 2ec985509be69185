import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { DevicesTable, SerialsTable, Tables } from '../db/tables.ts'
import { LEGACY_STANDING } from '../ledger/ledger.sql.ts'
import { formatDay, dayOf } from '../rules/calendar.ts'
import { graceReasonOf, type LegacyStanding } from '../rules/eligibility.ts'
import { type GraceReason, STATUSES, type Status } from '../rules/lists.ts'
import { policyFor, type Policy } from '../rules/policy.ts'
import { normalSerial } from '../rules/serial.ts'

/** A text as lists sort and search it, on every engine alike. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

const bySerial = preparedList<object, DevicesTable>((db, _arg, keys) => db.selectFrom('devices').selectAll().where('serial_key', 'in', keys))
const byId = preparedList<{ workspace: string }, DevicesTable>((db, arg, keys) =>
  db.selectFrom('devices').selectAll().where('workspace_id', '=', arg('workspace')).where('id', 'in', keys))
const knownSerials = preparedList<object, Pick<SerialsTable, 'serial_key'>>((db, _arg, keys) =>
  db.selectFrom('serials').select('serial_key').where('serial_key', 'in', keys))
const someWorkspaces = preparedList<object, { id: string; time_zone: string }>((db, _arg, keys) =>
  db.selectFrom('workspaces').select(['id', 'time_zone']).where('id', 'in', keys))

/** Rows of every workspace with these serial numbers (normal form), removed ones too. */
export async function rowsBySerial(connection: Connection, serialKeys: readonly string[]): Promise<DevicesTable[]> {
  return bySerial(connection, {}, serialKeys)
}

/** Rows of one workspace with these ids, removed ones too. */
export async function rowsById(connection: Connection, workspace: string, ids: readonly string[]): Promise<DevicesTable[]> {
  return ids.length === 0 ? [] : byId(connection, { workspace }, ids)
}

/** Those of these serial numbers (normal form) that the platform has seen. */
export async function seenSerials(connection: Connection, serialKeys: readonly string[]): Promise<Set<string>> {
  return new Set((await knownSerials(connection, {}, serialKeys)).map((row) => row.serial_key))
}

/** Time zones of those of these workspaces that exist. */
export async function zonesOf(connection: Connection, workspaces: readonly string[]): Promise<Map<string, string>> {
  return new Map((await someWorkspaces(connection, {}, workspaces)).map((row) => [row.id, row.time_zone]))
}

/** The time zone of a workspace that exists. */
export async function zoneOf(connection: Connection, workspace: string): Promise<string> {
  return (await zonesOf(connection, [workspace])).get(workspace) ?? 'UTC'
}

/** Remembers where serial numbers were seen first (R22). */
export const insertSerials = preparedInsert('serials', ['serial_key', 'workspace_id', 'device_id', 'seen_at', 'trial_used_at', 'grace_used_at'])

/** Stores new devices. */
export const insertDevices = preparedInsert('devices', [
  'workspace_id', 'id', 'serial', 'serial_key', 'model', 'name', 'name_key', 'search_key', 'site_id', 'renewal_planned', 'revision', 'created_at',
  'updated_at', 'removed_at',
])

const update = prepared<DevicesTable, never>((db, arg) => db.updateTable('devices').set({
  serial: arg('serial'), model: arg('model'), name: arg('name'), name_key: arg('name_key'), search_key: arg('search_key'), site_id: arg('site_id'),
  updated_at: arg('updated_at'), removed_at: arg('removed_at'),
}).where('workspace_id', '=', arg('workspace_id')).where('id', '=', arg('id')))

/** Writes what can change of a device. */
export async function updateDevice(trx: Trx, row: DevicesTable): Promise<void> {
  await update(trx, row)
}

/** What a list of devices is asked for by. */
export interface DeviceQuery {
  workspace: string | null
  statuses: readonly Status[] | null
  alert: 'expired' | 'expiring' | 'grace' | null
  /** For the warning of grace: models whose window has another state than that of all others (R24). */
  graceWindow?: GraceWindow
  q: string | null
  site: string | null
  sort: SortKey
  descending: boolean
  /** Sort value, workspace and id of the row before the first one asked for. */
  after: readonly (string | number)[] | null
  /** The instant that decides the statuses (ms). */
  at: number
  limit: number
}

/** What lists of devices can be sorted by. */
export const SORT_KEYS = ['name', 'serial', 'expiresAt', 'status'] as const
export type SortKey = (typeof SORT_KEYS)[number]

type Rows = Tables & { d: DevicesTable; c: { [K in keyof Tables['covers']]: Tables['covers'][K] | null } }

/** A number after every instant: devices without a licence come last. */
const NEVER = 9_007_199_254_740_991

/** The status as its place in the list of statuses: the last cover begun decides, and SQL only compares with now (R6, R7). */
function statusRank(at: number): ReturnType<typeof sql<number>> {
  const rank = (status: Status): ReturnType<typeof sql.lit<number>> => sql.lit(STATUSES.indexOf(status))
  return sql<number>`case when c.starts_at is null then ${rank('none')} when c.expires_at <= ${at} then ${rank('expired')}
    when c.grace_from <= ${at} then ${rank('grace')} when c.expiring_from <= ${at} then ${rank('expiring')} else ${rank('active')} end`
}

function devicesAt(connection: Connection, at: number): SelectQueryBuilder<Rows, 'd' | 'c', object> {
  return connection.selectFrom('devices as d')
    .leftJoin('covers as c', (join) => join.onRef('c.workspace_id', '=', 'd.workspace_id').onRef('c.device_id', '=', 'd.id')
      .on('c.starts_at', '=', (row) => row.selectFrom('covers as x').select((one) => one.fn.max('x.starts_at').as('starts_at'))
        .whereRef('x.workspace_id', '=', 'd.workspace_id').whereRef('x.device_id', '=', 'd.id').where('x.starts_at', '<=', at)))
    .where('d.removed_at', 'is', null) as unknown as SelectQueryBuilder<Rows, 'd' | 'c', object>
}

function sortOf(key: SortKey, at: number): ReturnType<typeof sql<string | number>> {
  if (key === 'name') return sql`d.name_key`
  if (key === 'serial') return sql`d.serial_key`
  return key === 'status' ? statusRank(at) : sql`coalesce(c.expires_at, ${sql.lit(NEVER)})`
}

function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** Whether grace can be started today for devices of most models, and of which models the opposite is true (R24). */
export interface GraceWindow {
  open: boolean
  except: readonly string[]
}

/** The state of every model's window on the local date of an instant (ms). */
export function graceWindowAt(policy: Policy, zone: string, at: number): GraceWindow {
  const today = formatDay(dayOf(at, zone))
  const isOpen = (openUntil: string | null): boolean => openUntil === null || today <= openUntil
  const open = isOpen(policy.graceOpenUntil)
  return { open, except: Object.keys(policy.models).filter((model) => isOpen(policyFor(policy, model).graceOpenUntil) !== open) }
}

/** The devices that the warning of grace counts: eligible, and to be renewed (R24, R26). */
function awaitsGrace(row: ExpressionBuilder<Rows, 'd' | 'c'>, { open, except }: GraceWindow, at: number): ReturnType<typeof row.and> {
  const models = except.length === 0 ? row.lit(open) : row('d.model', open ? 'not in' : 'in', except)
  return row.and([
    row('d.renewal_planned', '=', 1), models, row.or([row('c.expires_at', 'is', null), row('c.expires_at', '<=', at)]),
    row.exists(row.selectFrom('serials as s').select('s.serial_key').whereRef('s.serial_key', '=', 'd.serial_key').where('s.grace_used_at', 'is', null)),
    sql<boolean>`${LEGACY_STANDING} = 'clear'`,
  ])
}

/** The devices that one warning counts (R26). */
function inAlert(row: ExpressionBuilder<Rows, 'd' | 'c'>, alert: 'expired' | 'expiring', at: number): ReturnType<typeof row.and> {
  return alert === 'expired'
    ? row.and([row('c.expires_at', '<=', at), row('d.renewal_planned', '=', 1)])
    : row.and([row('c.expiring_from', '<=', at), row('c.expires_at', '>', at), row('d.renewal_planned', '=', 1)])
}

/** A device in a list: where it is, and its sort value. */
export interface ListedDevice {
  workspace: string
  id: string
  sortValue: string | number
}

/** One page of devices, in order. */
export async function listDevices(connection: Connection, query: DeviceQuery): Promise<ListedDevice[]> {
  const { at, after } = query
  const value = sortOf(query.sort, at)
  const order = query.descending ? 'desc' : 'asc'
  const beyond = sql.raw(query.descending ? '<' : '>')
  let select = devicesAt(connection, at).select(['d.workspace_id as workspace', 'd.id', value.as('sortValue')])
    .orderBy(value, order).orderBy('d.workspace_id', order).orderBy('d.id', order).limit(query.limit)
  if (query.workspace !== null) select = select.where('d.workspace_id', '=', query.workspace)
  if (query.site !== null) select = select.where('d.site_id', '=', query.site)
  if (query.q !== null) {
    const patterns = [searchable(query.q), searchable(normalSerial(query.q))].filter((text) => text !== '').map(likePattern)
    select = select.where(sql<boolean>`(${sql.join(patterns.map((pattern) => sql`d.search_key like ${pattern} escape '\\'`), sql` or `)})`)
  }
  if (query.statuses !== null) select = select.where(statusRank(at), 'in', query.statuses.map((status) => STATUSES.indexOf(status)))
  if (query.alert !== null) {
    const { alert } = query
    select = select.where((row) => (alert === 'grace' ? awaitsGrace(row, query.graceWindow ?? { open: true, except: [] }, at) : inAlert(row, alert, at)))
  }
  if (after !== null) {
    select = select.where(sql<boolean>`(${value}, d.workspace_id, d.id) ${beyond} (${sql.join(after.map((one) => sql`${one}`))})`)
  }
  return select.execute()
}

/** How many devices of a workspace have which status, and how many each warning counts (R26). */
export async function countDevices(connection: Connection, workspace: string, at: number):
Promise<{ total: number; byStatus: Record<Status, number>; alerts: { expired: number; expiring: number } }> {
  const rows = await devicesAt(connection, at).where('d.workspace_id', '=', workspace)
    .select((row) => [
      statusRank(at).as('rank'),
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>(row.case().when(inAlert(row, 'expired', at)).then(1).else(0).end()).as('expired'),
      row.fn.sum<number>(row.case().when(inAlert(row, 'expiring', at)).then(1).else(0).end()).as('expiring'),
    ]).groupBy(sql`1`).execute()
  const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>
  for (const row of rows) byStatus[STATUSES[row.rank] ?? 'none'] = Number(row.count)
  const sum = (key: 'count' | 'expired' | 'expiring'): number => rows.reduce((total, row) => total + Number(row[key]), 0)
  return { total: sum('count'), byStatus, alerts: { expired: sum('expired'), expiring: sum('expiring') } }
}

/** How many devices of a workspace stand where on the ladder of R24, of those in the legacy records; and how many of the
 * eligible ones are to be renewed, which is what the warning counts (R26). */
export async function countGrace(
  connection: Connection, workspace: string, { zone, policy, at }: { zone: string; policy: Policy; at: number },
): Promise<{ byReason: Partial<Record<GraceReason, number>>; alert: number }> {
  const rows = await devicesAt(connection, at).where('d.workspace_id', '=', workspace)
    .where((row) => row.exists(row.selectFrom('legacy as l').select('l.serial_key').whereRef('l.serial_key', '=', 'd.serial_key')))
    .select((row) => [
      LEGACY_STANDING.as('standing'), 'd.model', 'd.renewal_planned as planned', row.fn.countAll<number>().as('count'),
      sql<number>`case when c.expires_at > ${at} then 1 else 0 end`.as('covered'),
      sql<number>`case when exists (select 1 from serials as s where s.serial_key = d.serial_key and s.grace_used_at is not null) then 1 else 0 end`.as('used'),
    ]).groupBy([sql`1`, sql`2`, sql`3`, sql`5`, sql`6`]).execute() as
    { standing: LegacyStanding; model: string; planned: number; count: number; covered: number; used: number }[]
  const today = formatDay(dayOf(at, zone))
  const byReason: Partial<Record<GraceReason, number>> = {}
  let alert = 0
  for (const { standing, model, planned, count, covered, used } of rows) {
    const reason = graceReasonOf(standing, { used: used === 1, covered: covered === 1, today, openUntil: policyFor(policy, model).graceOpenUntil })
    byReason[reason] = (byReason[reason] ?? 0) + Number(count)
    if (reason === 'eligible' && planned === 1) alert += Number(count)
  }
  return { byReason, alert }
}

/** Whether a device that a warning counts ends within one of these intervals `(after, until]` (R29). */
export async function endsWithin(
  connection: Connection, workspace: string, alert: 'expired' | 'expiring', at: number, intervals: readonly { after: number; until: number }[],
): Promise<boolean> {
  if (intervals.length === 0) return false
  const found = await devicesAt(connection, at).where('d.workspace_id', '=', workspace).where((row) => inAlert(row, alert, at))
    .where((row) => row.or(intervals.map(({ after, until }) => row.and([row('c.expires_at', '>', after), row('c.expires_at', '<=', until)]))))
    .select('d.id').limit(1).executeTakeFirst()
  return found !== undefined
}

const remove = prepared<{ workspace: string; id: string; now: number }, never>((db, arg) =>
  db.updateTable('devices').set((row) => ({ removed_at: arg('now'), updated_at: arg('now'), revision: row('revision', '+', 1) }))
    .where('workspace_id', '=', arg('workspace')).where('id', '=', arg('id')).where('removed_at', 'is', null))

/** Hides a device and keeps its ledger (R30); false if the workspace has none such. */
export async function removeDevice(trx: Trx, workspace: string, id: string, now: number): Promise<boolean> {
  return ((await remove(trx, { workspace, id, now })).numAffectedRows ?? 0n) > 0n
}

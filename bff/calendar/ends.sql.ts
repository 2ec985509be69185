import type { Connection } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'
import type { Kind } from '../rules/lists.ts'

/** What a calendar says of the workspace. */
export interface CalendarWorkspace {
  name: string
  timeZone: string
  updatedAt: number
  /** Counts its changes. */
  seq: number
}

const oneWorkspace = prepared<{ workspace: string }, { name: string; time_zone: string; updated_at: number; seq: number | null }>((db, arg) =>
  db.selectFrom('workspaces as w').leftJoin('feeds as f', 'f.workspace_id', 'w.id').select(['w.name', 'w.time_zone', 'w.updated_at', 'f.seq'])
    .where('w.id', '=', arg('workspace')))

/** A workspace that exists, and where its changes stand. */
export async function calendarWorkspace(connection: Connection, workspace: string): Promise<CalendarWorkspace> {
  const [row] = (await oneWorkspace(connection, { workspace })).rows
  return { name: row?.name ?? workspace, timeZone: row?.time_zone ?? 'UTC', updatedAt: row?.updated_at ?? 0, seq: row?.seq ?? 0 }
}

/** The end of a device's licence, as a calendar shows it. */
export interface LicenseEnd {
  id: string
  name: string
  serial: string
  model: string
  renewalPlanned: boolean
  /** Counts changes of the ledger. */
  revision: number
  /** When the device or its ledger changed last (ms). */
  changedAt: number
  expiresAt: number
  /** What ends there. */
  kind: Kind
}

/** Which ends are wanted. */
export interface EndsQuery {
  workspace: string
  /** Null = of every device. */
  deviceId: string | null
  /** Whether those that will not be renewed are left out (R26). */
  planned: boolean
  /** Only ends after this instant (ms). */
  endsAfter: number
  /** The instant that decides the covers (ms). */
  at: number
  /** The id before the first one. */
  after: string
  limit: number
}

/** Ends of licences, in order of the devices' ids; of devices that are there, and had a licence (R6). */
export async function licenseEnds(connection: Connection, query: EndsQuery): Promise<LicenseEnd[]> {
  const { workspace, deviceId, at } = query
  let select = connection.selectFrom('devices as d')
    .innerJoin('covers as c', (join) => join.onRef('c.workspace_id', '=', 'd.workspace_id').onRef('c.device_id', '=', 'd.id')
      .on('c.starts_at', '=', (row) => row.selectFrom('covers as x').select((one) => one.fn.max('x.starts_at').as('starts_at'))
        .whereRef('x.workspace_id', '=', 'd.workspace_id').whereRef('x.device_id', '=', 'd.id').where('x.starts_at', '<=', at)))
    .select(['d.id', 'd.name', 'd.serial', 'd.model', 'd.renewal_planned', 'd.revision', 'd.updated_at', 'c.expires_at', 'c.kind'])
    .select((row) => [
      row.selectFrom('grants as g').select((one) => one.fn.max('g.at').as('at')).whereRef('g.workspace_id', '=', 'd.workspace_id').whereRef('g.device_id', '=', 'd.id').as('granted_at'),
      row.selectFrom('grants as g').select((one) => one.fn.max('g.undone_at').as('at')).whereRef('g.workspace_id', '=', 'd.workspace_id').whereRef('g.device_id', '=', 'd.id').as('undone_at'),
    ])
    .where('d.workspace_id', '=', workspace).where('d.removed_at', 'is', null).where('c.expires_at', '>', query.endsAfter)
    .where('d.id', '>', query.after).orderBy('d.id').limit(query.limit)
  if (deviceId !== null) select = select.where('d.id', '=', deviceId)
  if (query.planned) select = select.where('d.renewal_planned', '=', 1)
  return (await select.execute()).map((row) => ({
    id: row.id, name: row.name, serial: row.serial, model: row.model, renewalPlanned: row.renewal_planned === 1, revision: row.revision,
    changedAt: Math.max(row.updated_at, row.granted_at ?? 0, row.undone_at ?? 0), expiresAt: row.expires_at, kind: row.kind,
  }))
}

const oneDevice = prepared<{ workspace: string; id: string }, { id: string }>((db, arg) =>
  db.selectFrom('devices').select('id').where('workspace_id', '=', arg('workspace')).where('id', '=', arg('id')).where('removed_at', 'is', null))

/** Whether a workspace has a device. */
export async function hasDevice(connection: Connection, workspace: string, id: string): Promise<boolean> {
  return (await oneDevice(connection, { workspace, id })).rows.length > 0
}

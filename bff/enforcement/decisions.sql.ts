import type { Connection } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'
import type { Grant } from '../rules/license.ts'
import type { Kind } from '../rules/lists.ts'

/** What a licence depends on beside its ledger; `revision` counts the changes of the ledger itself. */
export interface LedgerState {
  revision: number
  model: string
  timeZone: string
}

const stateOf = prepared<{ workspace: string; id: string }, { revision: number; model: string; time_zone: string }>((db, arg) =>
  db.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id').select(['d.revision', 'd.model', 'w.time_zone'])
    .where('d.workspace_id', '=', arg('workspace')).where('d.id', '=', arg('id')).where('d.removed_at', 'is', null))

/** Where the ledger of a device stands; null if the workspace has no such device. */
export async function ledgerState(connection: Connection, device: { workspace: string; id: string }): Promise<LedgerState | null> {
  const row = (await stateOf(connection, device)).rows[0]
  return row === undefined ? null : { revision: row.revision, model: row.model, timeZone: row.time_zone }
}

const periodsOf = prepared<{ workspace: string; id: string }, { kind: Kind; from_at: number; to_at: number; undone_at: number | null }>((db, arg) =>
  db.selectFrom('grants').select(['kind', 'from_at', 'to_at', 'undone_at']).where('workspace_id', '=', arg('workspace')).where('device_id', '=', arg('id')).orderBy('seq'))

/** The periods of a device's ledger. */
export async function ledgerPeriods(connection: Connection, device: { workspace: string; id: string }): Promise<Grant[]> {
  return (await periodsOf(connection, device)).rows.map((row) => ({ kind: row.kind, from: row.from_at, to: row.to_at, undone: row.undone_at !== null }))
}

const ofSite = prepared<{ workspace: string; site: string }, { id: string }>((db, arg) =>
  db.selectFrom('devices').select('id').where('workspace_id', '=', arg('workspace')).where('site_id', '=', arg('site')).where('removed_at', 'is', null).orderBy('id'))

/** Ids of the devices of a site. */
export async function devicesOfSite(connection: Connection, workspace: string, site: string): Promise<string[]> {
  return (await ofSite(connection, { workspace, site })).rows.map(({ id }) => id)
}

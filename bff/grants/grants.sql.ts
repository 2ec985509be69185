import type { Connection, Trx } from '../db/database.ts'
import { preparedList } from '../db/prepared.ts'
import { takeGrace, takeTrial } from '../ledger/serials.sql.ts'
import type { Kind } from '../rules/lists.ts'

interface ReferenceRow {
  reference: string | null
  workspace_id: string
  device_id: string
  kind: Kind
  from_at: number
  to_at: number
}

const byReference = preparedList<object, ReferenceRow>((db, _arg, keys) =>
  db.selectFrom('grants').select(['reference', 'workspace_id', 'device_id', 'kind', 'from_at', 'to_at'])
    .where('source', '=', 'import').where('reference', 'in', keys))

/** Imported grants by their reference (R33). */
export async function importedGrants(connection: Connection, references: readonly string[]): Promise<Map<string, ReferenceRow>> {
  return new Map((await byReference(connection, {}, references)).map((row) => [row.reference ?? '', row]))
}

interface DeviceBySerial {
  id: string
  serial_key: string
  model: string
  time_zone: string
}

const bySerial = preparedList<{ workspace: string }, DeviceBySerial>((db, arg, keys) =>
  db.selectFrom('devices as d').innerJoin('workspaces as w', 'w.id', 'd.workspace_id').select(['d.id', 'd.serial_key', 'd.model', 'w.time_zone'])
    .where('d.workspace_id', '=', arg('workspace')).where('d.serial_key', 'in', keys).where('d.removed_at', 'is', null))

/** Present devices of a workspace by serial number in normal form. */
export async function devicesBySerial(connection: Connection, workspace: string, serialKeys: readonly string[]):
Promise<Map<string, { id: string; model: string; timeZone: string }>> {
  const rows = await bySerial(connection, { workspace }, serialKeys)
  return new Map(rows.map((row) => [row.serial_key, { id: row.id, model: row.model, timeZone: row.time_zone }]))
}

/** Counts a serial number's trial or grace as used (R33). */
export async function markUsed(trx: Trx, kind: Kind, serial: string, now: number): Promise<void> {
  if (kind === 'trial') await takeTrial(trx, serial, now)
  if (kind === 'grace') await takeGrace(trx, [serial], now)
}

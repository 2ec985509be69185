import type { Connection } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'

const inLegacy = prepared<{ workspace: string }, { id: string }>((db, arg) =>
  db.selectFrom('devices as d').select('d.id').where('d.workspace_id', '=', arg('workspace')).where('d.removed_at', 'is', null)
    .where((row) => row.exists(row.selectFrom('legacy as l').select('l.serial_key').whereRef('l.serial_key', '=', 'd.serial_key'))).orderBy('d.id'))

/** Ids of a workspace's devices that are in the legacy records, in their order (R25). */
export async function legacyDeviceIds(connection: Connection, workspace: string): Promise<string[]> {
  return (await inLegacy(connection, { workspace })).rows.map((row) => row.id)
}

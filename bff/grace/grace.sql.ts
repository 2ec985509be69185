import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedList } from '../db/prepared.ts'

const inLegacy = prepared<{ workspace: string }, { id: string }>((db, arg) =>
  db.selectFrom('devices as d').select('d.id').where('d.workspace_id', '=', arg('workspace')).where('d.removed_at', 'is', null)
    .where((row) => row.exists(row.selectFrom('legacy as l').select('l.serial_key').whereRef('l.serial_key', '=', 'd.serial_key'))).orderBy('d.id'))

/** Ids of a workspace's devices that are in the legacy records, in their order (R25). */
export async function legacyDeviceIds(connection: Connection, workspace: string): Promise<string[]> {
  return (await inLegacy(connection, { workspace })).rows.map((row) => row.id)
}

const useGrace = preparedList<{ now: number }, { serial_key: string }>((db, arg, keys) =>
  db.updateTable('serials').set({ grace_used_at: arg('now') }).where('serial_key', 'in', keys).where('grace_used_at', 'is', null).returning('serial_key'))

/** Uses the one grace of each of these serial numbers; answers those that had it still (R24). */
export async function takeGrace(trx: Trx, serialKeys: readonly string[], now: number): Promise<Set<string>> {
  return new Set((await useGrace(trx, { now }, serialKeys)).map((row) => row.serial_key))
}

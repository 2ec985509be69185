import type { Connection } from '../db/database.ts'
import type { DigestDevice } from './digests.sql.ts'

/** Devices of a workspace whose licences end soonest: those of some ids, or else those that end after an instant (ms). */
export async function endingSoonest(
  connection: Connection, workspace: string, { at, ids, limit }: { at: number; ids: readonly string[] | null; limit: number },
): Promise<DigestDevice[]> {
  const current = connection.selectFrom('covers as c').innerJoin('devices as d', (join) => join.onRef('d.workspace_id', '=', 'c.workspace_id').onRef('d.id', '=', 'c.device_id'))
    .select(['d.id', 'd.name', 'd.serial', 'c.kind', 'c.expires_at']).where('c.workspace_id', '=', workspace).where('c.starts_at', '<=', at)
    .where('d.removed_at', 'is', null).where('d.renewal_planned', '=', 1)
    // The last cover that has begun decides (R6).
    .where((row) => row.not(row.exists(row.selectFrom('covers as x').select('x.starts_at').whereRef('x.workspace_id', '=', 'c.workspace_id')
      .whereRef('x.device_id', '=', 'c.device_id').whereRef('x.starts_at', '>', 'c.starts_at').where('x.starts_at', '<=', at))))
  const rows = await (ids === null ? current.where('c.expires_at', '>', at) : current.where('d.id', 'in', ids))
    .orderBy('c.expires_at').orderBy('d.name_key').orderBy('d.id').limit(limit).execute()
  return rows.map(({ expires_at: expiresAt, ...row }) => ({ ...row, expiresAt: Number(expiresAt) }))
}

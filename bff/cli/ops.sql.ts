import { sql } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import type { DevicesTable } from '../db/tables.ts'

/** Check values of the secrets that this database was used with. */
export async function registeredSecrets(connection: Connection): Promise<string[]> {
  return (await connection.selectFrom('secrets').select('id').execute()).map((row) => row.id)
}

/** Lets one program at a time decide about a thing, until its transaction ends. */
export async function lockMeta(trx: Trx, key: string): Promise<void> {
  await trx.insertInto('meta').values({ key: `lock ${key}`, value: '' })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: '' })).execute()
}

/** Registers the check value of a secret. */
export async function registerSecret(trx: Trx, id: string, now: number): Promise<void> {
  await trx.insertInto('secrets').values({ id, created_at: now }).onConflict((conflict) => conflict.doNothing()).execute()
}

/** A device as files of devices carry it. */
export type ExportedDevice = Pick<DevicesTable, 'workspace_id' | 'id' | 'serial' | 'model' | 'name' | 'site_id'>

/** Present devices in order of workspace and id, from the one after `after` on. */
export async function devicesAfter(
  connection: Connection, workspace: string | null, after: Pick<ExportedDevice, 'workspace_id' | 'id'>, limit: number,
): Promise<ExportedDevice[]> {
  let select = connection.selectFrom('devices').select(['workspace_id', 'id', 'serial', 'model', 'name', 'site_id'])
    .where('removed_at', 'is', null).where(sql<boolean>`(workspace_id, id) > (${after.workspace_id}, ${after.id})`)
    .orderBy('workspace_id').orderBy('id').limit(limit)
  if (workspace !== null) select = select.where('workspace_id', '=', workspace)
  return select.execute()
}

import type { Connection, Trx } from '../db/database.ts'
import type { SnoozesTable } from '../db/tables.ts'

/** What a person has snoozed in a workspace (R29). */
export async function snoozesOf(connection: Connection, workspace: string, person: string): Promise<SnoozesTable[]> {
  return connection.selectFrom('snoozes').selectAll().where('workspace_id', '=', workspace).where('person_id', '=', person).execute()
}

/** Snoozes a warning, anew if it was. */
export async function saveSnooze(trx: Trx, row: SnoozesTable): Promise<void> {
  const { at, until, count } = row
  await trx.insertInto('snoozes').values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id', 'kind']).doUpdateSet({ at, until, count })).execute()
}

/** Remembers that a snoozed warning counts fewer now, so that it returns when it counts more again. */
export async function lowerSnooze(connection: Connection, { workspace_id: workspace, person_id: person, kind, count }: SnoozesTable): Promise<void> {
  await connection.updateTable('snoozes').set({ count }).where('workspace_id', '=', workspace).where('person_id', '=', person)
    .where('kind', '=', kind).where('count', '>', count).execute()
}

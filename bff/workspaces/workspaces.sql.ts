import type { z } from 'zod'
import type { Connection, Trx } from '../db/database.ts'
import type { WorkspacesTable } from '../db/tables.ts'
import type { Contact, Mail } from './contact.ts'

/** A customer's workspace (R1). */
export interface Workspace {
  id: string
  name: string
  timeZone: string
  contact: z.output<typeof Contact>
  notifyEmails: string[]
  mail: z.output<typeof Mail> | null
}

function toWorkspace(row: WorkspacesTable): Workspace {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    contact: JSON.parse(row.contact) as Workspace['contact'],
    notifyEmails: JSON.parse(row.notify_emails) as string[],
    mail: row.mail === null ? null : JSON.parse(row.mail) as Workspace['mail'],
  }
}

function toColumns(workspace: Workspace): Omit<WorkspacesTable, 'created_at' | 'updated_at'> {
  return {
    id: workspace.id,
    name: workspace.name,
    time_zone: workspace.timeZone,
    contact: JSON.stringify(workspace.contact),
    notify_emails: JSON.stringify(workspace.notifyEmails),
    mail: workspace.mail === null ? null : JSON.stringify(workspace.mail),
  }
}

/** A workspace by its id. */
export async function findWorkspace(connection: Connection, id: string): Promise<Workspace | null> {
  const row = await connection.selectFrom('workspaces').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toWorkspace(row)
}

/** Every workspace, in order of ids. */
export async function listWorkspaces(connection: Connection): Promise<Workspace[]> {
  return (await connection.selectFrom('workspaces').selectAll().orderBy('id').execute()).map(toWorkspace)
}

/** Stores a workspace, new or changed. */
export async function saveWorkspace(trx: Trx, workspace: Workspace, now: number): Promise<void> {
  const columns = toColumns(workspace)
  await trx.insertInto('workspaces').values({ ...columns, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...columns, updated_at: now })).execute()
}

import { inTransaction } from '../db/transaction.ts'
import { Id, Text, TimeZone } from '../http/schemas.ts'
import { putWorkspace } from '../workspaces/workspaces.routes.ts'
import { findWorkspace, listWorkspaces } from '../workspaces/workspaces.sql.ts'
import { type Context, WHO } from './context.ts'
import { Failure, UsageFailure } from './failure.ts'
import { withStore } from './store.ts'

/** A zone as a flag or argument gives it. */
function zoneOf(zone: string): string {
  if (!TimeZone.safeParse(zone).success) throw new UsageFailure(`${zone} is no IANA time zone such as Europe/Berlin`)
  return zone
}

/** `license-bff workspaces create`: refuses an id that is taken, so that nothing is changed by a slip. */
export async function createWorkspace(context: Context, id: string, { zone, name = id }: { zone: string; name?: string }): Promise<void> {
  if (!Id.safeParse(id).success) throw new UsageFailure(`${id} is no id: 1 to 64 signs without spaces`)
  if (!Text.safeParse(name).success) throw new UsageFailure('--name needs 1 to 200 signs')
  const timeZone = zoneOf(zone)
  await withStore(context, 'write', ({ database, policy }) => inTransaction(database, async (trx) => {
    if (await findWorkspace(trx, id) !== null) throw new Failure(`the workspace ${id} exists already; workspaces set-zone changes its zone`)
    await putWorkspace(trx, { id, name, timeZone }, { by: WHO, now: Date.now(), policy })
  }))
  context.out.result({ id, name, timeZone }, `created the workspace ${id} in ${timeZone}`)
}

/** `license-bff workspaces set-zone`: moves no instant (R1). */
export async function setZone(context: Context, id: string, zone: string): Promise<void> {
  const timeZone = zoneOf(zone)
  const name = await withStore(context, 'write', ({ database, policy }) => inTransaction(database, async (trx) => {
    const workspace = await findWorkspace(trx, id)
    if (workspace === null) throw new Failure(`there is no workspace ${id}; workspaces list shows those there are`)
    await putWorkspace(trx, { id, name: workspace.name, timeZone }, { by: WHO, now: Date.now(), policy })
    return workspace.name
  }))
  context.out.result({ id, name, timeZone }, `the workspace ${id} is in ${timeZone}`)
}

/** `license-bff workspaces list`. */
export async function printWorkspaces(context: Context): Promise<void> {
  const workspaces = await withStore(context, 'read', ({ database }) => listWorkspaces(database.db))
  context.out.list(workspaces.map(({ id, name, timeZone }) => ({ id, name, timeZone })), [
    ['ID', (one) => one.id], ['NAME', (one) => one.name], ['ZONE', (one) => one.timeZone],
  ], 'there are no workspaces yet')
}

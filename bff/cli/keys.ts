import { writeAudit } from '../db/audit.sql.ts'
import { inTransaction } from '../db/transaction.ts'
import { Text } from '../http/schemas.ts'
import { insertKey, listKeys, revokeKey, workspaceExists } from '../http/who.sql.ts'
import { newApiKey } from '../http/who.ts'
import { newId } from '../ids.ts'
import { iso } from '../ledger/view.ts'
import { type Role, WORKSPACE_ROLES } from '../rules/lists.ts'
import { type Context, WHO } from './context.ts'
import { Failure, UsageFailure } from './failure.ts'
import { withStore } from './store.ts'

/** Flags of `keys create`. */
export interface NewKeyFlags {
  role: Role
  workspace?: string
  name?: string
}

/** Flags of `keys list`. */
export interface KeyFlags {
  role?: Role
  workspace?: string
}

/** `license-bff keys create`: prints the key alone, so that a script can take it. */
export async function createKey(context: Context, flags: NewKeyFlags): Promise<void> {
  const { role, workspace = null, name = null } = flags
  const belongs = WORKSPACE_ROLES.some((one) => one === role)
  if (belongs && workspace === null) throw new UsageFailure(`a key of role ${role} needs --workspace`)
  if (!belongs && workspace !== null) throw new UsageFailure(`a key of role ${role} belongs to no workspace; leave --workspace out`)
  if (name !== null && !Text.safeParse(name).success) throw new UsageFailure('--name needs 1 to 200 signs')
  const now = Date.now()
  const [id, key] = [newId(now), newApiKey()]
  await withStore(context, 'write', async ({ database, keyring }) => {
    const { hash, secretId } = await keyring.hash('key', key)
    await inTransaction(database, async (trx) => {
      if (workspace !== null && !(await workspaceExists(trx, workspace))) throw new Failure(`there is no workspace ${workspace}; create it first`)
      await insertKey(trx, { id, hash, secret_id: secretId, role, workspace_id: workspace, name, created_at: now, revoked_at: null })
      await writeAudit(trx, now, { who: WHO, workspace, action: 'key-created', target: `key:${id}`, after: { role, name } })
    })
  })
  context.out.result({ id, key, role, workspace, name }, key)
  if (!context.json && process.stderr.isTTY) console.error(`This is shown only now; its id is ${id}.`)
}

/** `license-bff keys list`. */
export async function printKeys(context: Context, flags: KeyFlags): Promise<void> {
  const keys = await withStore(context, 'read', ({ database }) => listKeys(database.db))
  const items = keys.filter((key) => (flags.workspace ?? key.workspace_id) === key.workspace_id && (flags.role ?? key.role) === key.role).map((key) => ({
    id: key.id, role: key.role, workspace: key.workspace_id, name: key.name, createdAt: iso(key.created_at),
    revokedAt: key.revoked_at === null ? null : iso(key.revoked_at),
  }))
  context.out.list(items, [
    ['ID', (one) => one.id], ['ROLE', (one) => one.role], ['WORKSPACE', (one) => one.workspace], ['NAME', (one) => one.name],
    ['CREATED', (one) => one.createdAt], ['REVOKED', (one) => one.revokedAt],
  ], 'there are no such keys')
}

/** `license-bff keys revoke`: from now on the key is unknown; revoking it again changes nothing. */
export async function revoke(context: Context, id: string): Promise<void> {
  const now = Date.now()
  const revoked = await withStore(context, 'write', ({ database }) => inTransaction(database, async (trx) => {
    const key = (await listKeys(trx)).find((one) => one.id === id)
    if (key === undefined) throw new Failure(`there is no key ${id}; keys list shows their ids`)
    if (!(await revokeKey(trx, id, now))) return false
    await writeAudit(trx, now, {
      who: WHO, workspace: key.workspace_id, action: 'key-revoked', target: `key:${id}`, before: { revokedAt: null }, after: { revokedAt: iso(now) },
    })
    return true
  }))
  context.out.result({ id, revoked }, revoked ? `revoked ${id}` : `${id} was revoked before`)
}

import { inTransaction } from '../../../bff/db/transaction.ts'
import { insertKey } from '../../../bff/http/who.sql.ts'
import { newApiKey } from '../../../bff/http/who.ts'
import { newId } from '../../../bff/ids.ts'
import type { Keyring } from '../../../bff/index.ts'
import type { Role } from '../../../bff/rules/lists.ts'
import type { World } from '../engines.ts'

/** A new API key of a role, and its id; by the world's own secret, or another one. */
export async function makeKey(world: World, role: Role, workspace: string | null, keyring: Keyring = world.keyring): Promise<{ token: string; id: string }> {
  const token = newApiKey()
  const { hash, secretId } = await keyring.hash('key', token)
  const id = newId(world.now)
  await inTransaction(world.database, (trx) => insertKey(trx, {
    id, hash, secret_id: secretId, role, workspace_id: workspace, name: `${role} key`, created_at: world.now, revoked_at: null,
  }))
  return { token, id }
}

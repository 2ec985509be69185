import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import type { Tables, WebhooksTable } from '../db/tables.ts'
import type { EventType } from '../ledger/facts.sql.ts'
import type { DisabledWhy } from './lists.ts'

/** Where events go: an endpoint of a workspace, or of the seller (null). */
export interface Webhook {
  id: string
  owner: string | null
  url: string
  events: EventType[]
  secretId: string
  /** Counts rotations. */
  generation: number
  rotatedAt: number | null
  createdAt: number
  disabledAt: number | null
  disabledWhy: DisabledWhy | null
}

/** A row as the feature sees it. */
export function toWebhook(row: WebhooksTable): Webhook {
  return {
    id: row.id, owner: row.workspace_id, url: row.url, events: JSON.parse(row.events) as EventType[], secretId: row.secret_id, generation: row.generation,
    rotatedAt: row.rotated_at, createdAt: row.created_at, disabledAt: row.disabled_at, disabledWhy: row.disabled_why as DisabledWhy | null,
  }
}

type Where = ExpressionBuilder<Tables, 'webhooks'>

function ownedBy(row: Where, owner: string | null): ExpressionWrapper<Tables, 'webhooks', SqlBool> {
  return row.and([owner === null ? row('workspace_id', 'is', null) : row('workspace_id', '=', owner), row('removed_at', 'is', null)])
}

/** An endpoint by its id; null where this owner has none such. */
export async function findWebhook(connection: Connection, owner: string | null, id: string): Promise<Webhook | null> {
  const row = await connection.selectFrom('webhooks').selectAll().where((one) => ownedBy(one, owner)).where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toWebhook(row)
}

/** Endpoints of an owner, oldest first, from the one after `after` on. */
export async function listWebhooks(connection: Connection, owner: string | null, after: string, limit: number): Promise<Webhook[]> {
  const rows = await connection.selectFrom('webhooks').selectAll().where((row) => ownedBy(row, owner)).where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map(toWebhook)
}

/** How many endpoints an owner has; nobody adds one until this transaction has ended. */
export async function countWebhooks(trx: Trx, owner: string | null): Promise<number> {
  await trx.insertInto('meta').values({ key: 'lock webhooks', value: '' }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value: '' })).execute()
  const row = await trx.selectFrom('webhooks').select((one) => one.fn.countAll<number>().as('count')).where((one) => ownedBy(one, owner)).executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Stores a new endpoint. */
export async function insertWebhook(trx: Trx, webhook: Webhook, by: string): Promise<void> {
  await trx.insertInto('webhooks').values({
    id: webhook.id, workspace_id: webhook.owner, url: webhook.url, events: JSON.stringify(webhook.events), secret_id: webhook.secretId,
    generation: webhook.generation, rotated_at: webhook.rotatedAt, created_at: webhook.createdAt, created_by: by, disabled_at: webhook.disabledAt,
    disabled_why: webhook.disabledWhy, removed_at: null,
  }).execute()
}

/** Changes an endpoint to what is given of it. */
export async function changeWebhook(trx: Trx, { id, url, events, disabledAt, disabledWhy }: Webhook): Promise<void> {
  await trx.updateTable('webhooks').set({ url, events: JSON.stringify(events), disabled_at: disabledAt, disabled_why: disabledWhy }).where('id', '=', id).execute()
}

/** Gives an endpoint the next generation of its secret; one that had none any more is enabled by it. Answers it as it is now. */
export async function rotateWebhook(trx: Trx, id: string, secretId: string, now: number): Promise<Webhook> {
  const row = await trx.updateTable('webhooks').set((one) => ({
    generation: one('generation', '+', 1), rotated_at: now, secret_id: secretId,
    disabled_at: one.case().when('disabled_why', '=', 'secret-missing').then(null).else(one.ref('disabled_at')).end(),
    disabled_why: one.case().when('disabled_why', '=', 'secret-missing').then(null).else(one.ref('disabled_why')).end(),
  })).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
  return toWebhook(row)
}

/** Removes an endpoint; its log goes when it is too old. */
export async function removeWebhook(trx: Trx, id: string, now: number): Promise<void> {
  await trx.updateTable('webhooks').set({ removed_at: now }).where('id', '=', id).execute()
  await endWaiting(trx, id, now)
}

/** Disables an endpoint and ends what waits for it; answers its owner, or undefined if it was disabled or removed already. */
export async function disableWebhook(trx: Trx, id: string, why: DisabledWhy, now: number): Promise<{ owner: string | null } | undefined> {
  const row = await trx.updateTable('webhooks').set({ disabled_at: now, disabled_why: why }).where('id', '=', id).where('disabled_at', 'is', null)
    .where('removed_at', 'is', null).returning('workspace_id as owner').executeTakeFirst()
  await endWaiting(trx, id, now)
  return row
}

/** Ends the deliveries that wait for an endpoint which is disabled or removed. */
export async function endWaiting(trx: Trx, id: string, now: number): Promise<void> {
  await trx.updateTable('webhook_deliveries').set({ ended_at: now, outcome: 'disabled' }).where('webhook_id', '=', id).where('ended_at', 'is', null).execute()
}

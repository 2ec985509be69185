import type { ExpressionBuilder } from 'kysely'
import type { Connection, Trx } from '../db/database.ts'
import type { Tables, WebhookDeliveriesTable, WebhookEventsTable } from '../db/tables.ts'
import { idAt } from '../ids.ts'
import type { Outcome } from './lists.ts'

/** What is left of the payload of an event that is too old. */
const FORGOTTEN = '{}'

/** A delivery as its owner sees it. */
export interface LoggedDelivery {
  id: string
  eventId: string
  type: string
  createdAt: number
  tries: number
  nextAt: number | null
  endedAt: number | null
  outcome: Outcome | null
  status: number | null
  detail: string | null
  payload: string
}

const LOGGED = [
  'd.id', 'd.event_id as eventId', 'e.type', 'd.created_at as createdAt', 'd.tries', 'd.next_at', 'd.ended_at as endedAt', 'd.outcome', 'd.status', 'd.detail', 'e.payload',
] as const

function logged(connection: Connection, webhook: string) {
  return connection.selectFrom('webhook_deliveries as d').innerJoin('webhook_events as e', 'e.id', 'd.event_id').select(LOGGED).where('d.webhook_id', '=', webhook)
}

type LoggedRow = Omit<LoggedDelivery, 'nextAt' | 'outcome'> & { next_at: number; outcome: string | null }

function toLogged({ next_at: nextAt, outcome, ...row }: LoggedRow): LoggedDelivery {
  return { ...row, nextAt: row.endedAt === null ? nextAt : null, outcome: outcome as Outcome | null }
}

/** What deliveries are asked for by. */
export interface DeliveryQuery {
  outcome: Outcome | 'waiting' | null
  /** Only those older than this one. */
  before: string | null
  limit: number
}

/** Deliveries to an endpoint, newest first. */
export async function listDeliveries(connection: Connection, webhook: string, { outcome, before, limit }: DeliveryQuery): Promise<LoggedDelivery[]> {
  let select = logged(connection, webhook).orderBy('d.id', 'desc').limit(limit)
  if (outcome === 'waiting') select = select.where('d.ended_at', 'is', null)
  else if (outcome !== null) select = select.where('d.outcome', '=', outcome)
  if (before !== null) select = select.where('d.id', '<', before)
  return (await select.execute()).map(toLogged)
}

/** A delivery to an endpoint; null if there is none such. */
export async function findDelivery(connection: Connection, webhook: string, id: string): Promise<LoggedDelivery | null> {
  const row = await logged(connection, webhook).where('d.id', '=', id).executeTakeFirst()
  return row === undefined ? null : toLogged(row)
}

/** A delivery that is due, with what it takes to send it. */
export interface Due {
  webhook: string
  id: string
  event: string
  createdAt: number
  tries: number
  claimedUntil: number
  payload: string
  url: string
  secretId: string
  generation: number
  rotatedAt: number | null
  /** Whether its endpoint is disabled or removed. */
  isOff: boolean
}

/** Deliveries that are due and that no server is at, the one that waits longest first. `busy`: endpoints that are left out.
 * `lease`: a claim that ends later than that (ms) was made by a clock that has been put back. */
export async function dueDeliveries(connection: Connection, now: number, lease: number, busy: readonly string[], limit: number): Promise<Due[]> {
  let select = connection.selectFrom('webhook_deliveries as d').innerJoin('webhooks as w', 'w.id', 'd.webhook_id').innerJoin('webhook_events as e', 'e.id', 'd.event_id')
    .select([
      'd.webhook_id as webhook', 'd.id', 'd.event_id as event', 'd.created_at as createdAt', 'd.tries', 'd.claimed_until as claimedUntil', 'e.payload', 'w.url',
      'w.secret_id as secretId', 'w.generation', 'w.rotated_at as rotatedAt', 'w.disabled_at', 'w.removed_at',
    ]).where('d.ended_at', 'is', null).where('d.next_at', '<=', now)
    .where((row) => row.or([row('d.claimed_until', '<=', now), row('d.claimed_until', '>', now + lease)])).orderBy('d.next_at').orderBy('d.id').limit(limit)
  if (busy.length > 0) select = select.where('d.webhook_id', 'not in', busy)
  const rows = await select.execute()
  return rows.map(({ disabled_at: disabled, removed_at: removed, ...row }) => ({ ...row, isOff: disabled !== null || removed !== null }))
}

/** Takes a delivery for a while, so that no other server sends it meanwhile; null if another one has it. */
export async function claimDelivery(connection: Connection, due: Due, until: number): Promise<Due | null> {
  const { numUpdatedRows } = await connection.updateTable('webhook_deliveries').set({ claimed_until: until, tries: due.tries + 1 })
    .where('webhook_id', '=', due.webhook).where('id', '=', due.id).where('ended_at', 'is', null)
    .where('claimed_until', '=', due.claimedUntil).where('tries', '=', due.tries).executeTakeFirst()
  return numUpdatedRows > 0n ? { ...due, claimedUntil: until, tries: due.tries + 1 } : null
}

type Settled = Partial<Pick<WebhookDeliveriesTable, 'next_at' | 'tries' | 'ended_at' | 'outcome' | 'status' | 'detail'>>

/** Says what became of a delivery that was taken, and gives it back, unless another server has taken it. */
export async function settleDelivery(connection: Connection, { webhook, id, tries, claimedUntil }: Due, settled: Settled): Promise<void> {
  await connection.updateTable('webhook_deliveries').set({ ...settled, claimed_until: 0 }).where('webhook_id', '=', webhook).where('id', '=', id)
    .where('ended_at', 'is', null).where('claimed_until', '=', claimedUntil).where('tries', '=', tries).execute()
}

/** How many deliveries wait, and for how long the one that is due longest has been (ms; 0 = none is due). */
export async function webhookState(connection: Connection, now: number): Promise<{ waiting: number; oldestMs: number }> {
  const row = await connection.selectFrom('webhook_deliveries').select((one) => [one.fn.countAll<number>().as('waiting'), one.fn.min('next_at').as('oldest')])
    .where('ended_at', 'is', null).executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), oldestMs: row.oldest === null ? 0 : Math.max(0, now - Number(row.oldest)) }
}

/** Deletes up to 500 events that are older than an instant, in the order of ids from the one after `after` on, with what was sent of
 * them; answers the last id, null after the end. Of what can happen once only the name is kept. */
export async function forgetEvents(trx: Trx, before: number, after: string): Promise<string | null> {
  const old = await trx.selectFrom('webhook_events as e').select('e.id').where('e.id', '>', after).where('e.id', '<', idAt(before))
    .where((row) => row.or([row('e.once', 'is', null), row('e.payload', '!=', FORGOTTEN), row.exists(deliveriesOf(row))])).orderBy('e.id').limit(500).execute()
  const last = old.at(-1)?.id
  if (last === undefined) return null
  const ids = old.map(({ id }) => id)
  await trx.deleteFrom('webhook_deliveries').where('event_id', 'in', ids).where('created_at', '<', before).where('ended_at', 'is not', null).execute()
  const done = (row: ExpressionBuilder<Tables & { e: WebhookEventsTable }, 'e'>) => row.not(row.exists(deliveriesOf(row)))
  await trx.updateTable('webhook_events as e').set({ payload: FORGOTTEN }).where('e.id', 'in', ids).where('e.once', 'is not', null).where(done).execute()
  await trx.deleteFrom('webhook_events as e').where('e.id', 'in', ids).where('e.once', 'is', null).where(done).execute()
  return last
}

/** Deletes endpoints that were removed before an instant and have no log any more. */
export async function forgetWebhooks(trx: Trx, before: number): Promise<void> {
  await trx.deleteFrom('webhooks').where('removed_at', '<', before)
    .where((row) => row.not(row.exists(row.selectFrom('webhook_deliveries as d').select('d.id').whereRef('d.webhook_id', '=', 'webhooks.id')))).execute()
}

function deliveriesOf(row: ExpressionBuilder<Tables & { e: WebhookEventsTable }, 'e'>) {
  return row.selectFrom('webhook_deliveries as d').select('d.id').whereRef('d.event_id', '=', 'e.id')
}

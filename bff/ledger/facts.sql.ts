import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { WebhooksTable } from '../db/tables.ts'
import { afterCommit } from '../db/transaction.ts'
import { newId } from '../ids.ts'
import { formatInstant } from '../rules/calendar.ts'

/** What webhooks tell of. */
export const EVENT_TYPES = [
  'license.activated', 'license.renewed', 'license.expiring', 'license.expired', 'license.undone', 'grace.available', 'grace.started', 'trial.started',
  'voucher.redeemed', 'reminders.no-recipient',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Something that happened. */
export interface Fact {
  type: EventType
  workspace: string
  /** Null where it is about the whole workspace. */
  deviceId: string | null
  /** What is told beside these: ids only, no names, no addresses, no codes. Asked for only where somebody wants to know. */
  data: () => object
  /** When it happened (ms), where that was not now: who asked for webhooks later is not told. */
  at?: number
  /** The name of what can happen once only; it is told once under it. */
  once?: string
}

/** A fact and the endpoints that it goes to. */
export interface Addressed {
  fact: Fact
  readers: readonly string[]
}

const readersOf = prepared<{ workspace: string }, Pick<WebhooksTable, 'id' | 'events' | 'created_at'>>((db, arg) =>
  db.selectFrom('webhooks').select(['id', 'events', 'created_at']).where((row) => row.or([row('workspace_id', '=', arg('workspace')), row('workspace_id', 'is', null)]))
    .where('disabled_at', 'is', null).where('removed_at', 'is', null))

/** Has webhooks tell what a change did, in the change's own transaction: it is told if and only if the change is committed. Where
 * nobody wants to know, that is one query. Nobody who changes something waits for a receiver. */
export async function tell(trx: Trx, now: number, ...facts: Fact[]): Promise<void> {
  await storeEvents(trx, now, (await address(trx, facts)).filter(({ readers }) => readers.length > 0))
}

/** Finds the endpoints that want each of some facts: those of its workspace, and the seller's. */
export async function address(connection: Connection, facts: readonly Fact[]): Promise<Addressed[]> {
  const addressed: Addressed[] = []
  for (const [workspace, own] of Map.groupBy(facts, (fact) => fact.workspace)) {
    const { rows } = await readersOf(connection, { workspace })
    const readers = rows.map((row) => ({ ...row, types: JSON.parse(row.events) as readonly string[] }))
    for (const fact of own) {
      const wanting = readers.filter(({ types, created_at: since }) => types.includes(fact.type) && since <= (fact.at ?? Infinity))
      addressed.push({ fact, readers: wanting.map(({ id }) => id) })
    }
  }
  return addressed
}

const insertEvents = preparedInsert('webhook_events', ['id', 'type', 'workspace_id', 'device_id', 'at', 'payload', 'once'])
const insertDeliveries = preparedInsert('webhook_deliveries', [
  'webhook_id', 'id', 'event_id', 'created_at', 'next_at', 'tries', 'claimed_until', 'ended_at', 'outcome', 'status', 'detail',
])

/** Stores facts with a delivery for each of their endpoints; what was told once already is left out. One without an endpoint is
 * only remembered. */
export async function storeEvents(trx: Trx, now: number, facts: readonly Addressed[]): Promise<void> {
  const fresh = await notTold(trx, facts)
  if (fresh.length === 0) return
  const events = fresh.map(({ fact, readers }) => ({ fact, readers, id: newId(now) }))
  await insertEvents(trx, events.map(({ fact, id }) => ({
    id, type: fact.type, workspace_id: fact.workspace, device_id: fact.deviceId, at: now, payload: payloadOf(fact, now), once: fact.once ?? null,
  })))
  const deliveries = events.flatMap(({ id, readers }) => readers.map((webhook) => newDelivery(webhook, id, now)))
  await insertDeliveries(trx, deliveries)
  if (deliveries.length > 0) afterCommit(trx, () => { wake(trx) })
}

function payloadOf({ type, workspace, deviceId, at, data }: Fact, now: number): string {
  const device = deviceId === null ? {} : { deviceId }
  return JSON.stringify({ type, timestamp: formatInstant(at ?? now), data: { workspace, ...device, ...data() } })
}

function newDelivery(webhook: string, event: string, now: number): Parameters<typeof insertDeliveries>[1][number] {
  return {
    webhook_id: webhook, id: newId(now), event_id: event, created_at: now, next_at: now, tries: 0, claimed_until: 0, ended_at: null, outcome: null,
    status: null, detail: null,
  }
}

/** Sends an event to an endpoint once more, under the id that it had; answers the id of the new delivery. */
export async function storeDelivery(trx: Trx, webhook: string, event: string, now: number): Promise<string> {
  const delivery = newDelivery(webhook, event, now)
  await insertDeliveries(trx, [delivery])
  afterCommit(trx, () => { wake(trx) })
  return delivery.id
}

const byOnce = preparedList<object, { once: string | null }>((db, _arg, keys) => db.selectFrom('webhook_events').select('once').where('once', 'in', keys))

async function notTold(trx: Trx, facts: readonly Addressed[]): Promise<Addressed[]> {
  const names = facts.flatMap(({ fact }) => fact.once ?? [])
  const told = new Set<string | null>(names.length === 0 ? [] : (await byOnce(trx, {}, names)).map(({ once }) => once))
  return facts.filter(({ fact: { once } }) => {
    if (once === undefined) return true
    const isNew = !told.has(once)
    told.add(once)
    return isNew
  })
}

const listeners = new WeakMap<object, Set<() => void>>()

/** Calls back after every commit of this process that has something sent; answers what ends that. */
export function onTold(db: Connection, listener: () => void): () => void {
  const { adapter } = db.getExecutor()
  const known = listeners.get(adapter) ?? new Set()
  listeners.set(adapter, known.add(listener))
  return () => { known.delete(listener) }
}

/** A transaction has the adapter of its database. */
function wake(trx: Trx): void {
  for (const listener of listeners.get(trx.getExecutor().adapter) ?? []) listener()
}

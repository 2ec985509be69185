import type { Connection } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'
import type { IdempotencyTable } from '../db/tables.ts'

/** How long an answer is kept for replay (ms). */
export const KEPT_MS = 86_400_000

/** What names one request: who, which route, and the caller's key. */
export interface RequestKey {
  caller: string
  route: string
  key: string
}

const byKey = prepared<RequestKey & { since: number }, Pick<IdempotencyTable, 'body_hash' | 'status' | 'answer'>>((db, arg) =>
  db.selectFrom('idempotency').select(['body_hash', 'status', 'answer'])
    .where('caller', '=', arg('caller')).where('route', '=', arg('route')).where('key', '=', arg('key')).where('at', '>', arg('since')))

/** The answer that was kept for a request, null if there is none of the last 24 hours. */
export async function findAnswer(connection: Connection, key: RequestKey, now: number):
Promise<{ bodyHash: string; status: number; answer: string } | null> {
  const row = (await byKey(connection, { ...key, since: now - KEPT_MS })).rows[0]
  return row === undefined ? null : { bodyHash: row.body_hash, status: row.status, answer: row.answer }
}

const save = prepared<IdempotencyTable & { since: number }, never>((db, arg) =>
  db.insertInto('idempotency').values({
    caller: arg('caller'), route: arg('route'), key: arg('key'), body_hash: arg('body_hash'), status: arg('status'),
    answer: arg('answer'), at: arg('at'),
  }).onConflict((conflict) => conflict.columns(['caller', 'route', 'key']).doUpdateSet((row) => ({
    body_hash: row.ref('excluded.body_hash'), status: row.ref('excluded.status'), answer: row.ref('excluded.answer'), at: row.ref('excluded.at'),
  })).where('idempotency.at', '<=', arg('since'))))

/** Keeps an answer; false if another server kept one for the same request in the meantime. */
export async function keepAnswer(
  connection: Connection, key: RequestKey, kept: { bodyHash: string; status: number; answer: string }, now: number,
): Promise<boolean> {
  const result = await save(connection, {
    ...key, body_hash: kept.bodyHash, status: kept.status, answer: kept.answer, at: now, since: now - KEPT_MS,
  })
  return (result.numAffectedRows ?? 0n) > 0n
}

/** Forgets answers that are too old to be replayed. */
export async function forgetAnswers(connection: Connection, now: number): Promise<void> {
  await connection.deleteFrom('idempotency').where('at', '<=', now - KEPT_MS).execute()
}

import type { Connection } from '../db/database.ts'
import type { LegacyPerson } from './source.ts'

/** Somebody whose records have still to be asked for. */
export interface LegacyAsk {
  person: string
  nextAt: number
  tries: number
}

/** Those who are due, the one that waits longest first. */
export async function dueAsks(connection: Connection, now: number, limit: number): Promise<LegacyAsk[]> {
  const rows = await connection.selectFrom('legacy_asks').selectAll().where('next_at', '<=', now).orderBy('next_at').limit(limit).execute()
  return rows.map((row) => ({ person: row.person_id, nextAt: row.next_at, tries: row.tries }))
}

/** The instant of the next one; null if there is none. */
export async function nextAsk(connection: Connection): Promise<number | null> {
  return (await connection.selectFrom('legacy_asks').select('next_at').orderBy('next_at').limit(1).executeTakeFirst())?.next_at ?? null
}

/** Takes one for a while, so that no other server asks meanwhile; null if another one has it. */
export async function claimAsk(connection: Connection, { person, nextAt, tries }: LegacyAsk, until: number): Promise<LegacyAsk | null> {
  const { numUpdatedRows } = await connection.updateTable('legacy_asks').set({ next_at: until, tries: tries + 1 })
    .where('person_id', '=', person).where('next_at', '=', nextAt).where('tries', '=', tries).executeTakeFirst()
  return numUpdatedRows > 0n ? { person, nextAt: until, tries: tries + 1 } : null
}

/** Says when to ask again, unless there is news of the person since it was taken, or another server has taken it. */
export async function postponeAsk(connection: Connection, { person, nextAt, tries }: LegacyAsk, until: number): Promise<void> {
  await connection.updateTable('legacy_asks').set({ next_at: until })
    .where('person_id', '=', person).where('next_at', '=', nextAt).where('tries', '=', tries).execute()
}

/** There is nothing more to ask, unless there is news of the person since it was taken: an address that is verified now, say. */
export async function endAsk(connection: Connection, { person, nextAt, tries }: LegacyAsk): Promise<void> {
  await connection.deleteFrom('legacy_asks').where('person_id', '=', person).where('next_at', '=', nextAt).where('tries', '=', tries).execute()
}

/** What a legacy platform is told of a person; null if the person is not known any more. */
export async function personOf(connection: Connection, id: string): Promise<LegacyPerson | null> {
  const row = await connection.selectFrom('people').select(['subject', 'email', 'email_verified']).where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : { subject: row.subject, email: row.email_verified === 1 ? row.email : null }
}

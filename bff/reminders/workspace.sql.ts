import type { Connection } from '../db/database.ts'
import type { Digest } from './letter.ts'

/** A workspace as mail speaks of it, and who its mail comes from; null = who all mail comes from. Null if there is none such. */
export async function workspaceToWrite(connection: Connection, id: string): Promise<(Digest['workspace'] & { sender: { from: string; replyTo?: string } | null }) | null> {
  const row = await connection.selectFrom('workspaces').select(['name', 'time_zone', 'contact', 'mail']).where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const { sales } = JSON.parse(row.contact) as { sales: Digest['workspace']['sales'] }
  return { name: row.name, timeZone: row.time_zone, sales, sender: row.mail === null ? null : JSON.parse(row.mail) as { from: string; replyTo?: string } }
}

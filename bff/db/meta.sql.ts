import type { Connection } from './database.ts'

/** What the database keeps about itself under a key; null if nothing. */
export async function readMeta(connection: Connection, key: string): Promise<string | null> {
  return (await connection.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value ?? null
}

/** Keeps something about the database itself. */
export async function writeMeta(connection: Connection, key: string, value: string): Promise<void> {
  await connection.insertInto('meta').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
}

/** Keeps something unless there is something already; answers what is kept. */
export async function keepMeta(connection: Connection, key: string, value: string): Promise<string> {
  await connection.insertInto('meta').values({ key, value }).onConflict((conflict) => conflict.doNothing()).execute()
  return await readMeta(connection, key) ?? value
}

import { placeOf } from './database.ts'
import type { Context } from './context.ts'
import { bringSchema, withDatabase } from './store.ts'

/** `license-bff migrate`: runs the migrations that are missing. It needs no secret. */
export async function runMigrations({ settings, out }: Context): Promise<void> {
  const place = placeOf(settings.database)
  const ran = await withDatabase(settings, (database) => bringSchema(database, settings, 'serve'))
  out.result({ ran }, ran.length === 0 ? `${place} is up to date` : `${place}: ran ${ran.join(', ')}`)
}

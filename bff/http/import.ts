import { Faults } from './faults.ts'
import { Problem } from './problem.ts'
import type { Ask } from './route.ts'
import { type CsvRecord, gather, type Row } from './rows.ts'
import { z } from 'zod'

/** Bytes that a file sent over HTTP may have. */
export const IMPORT_LIMIT = 64 * 1024 * 1024

/** What an import answers. */
export const ImportAnswer = z.strictObject({ imported: z.int(), unchanged: z.int() }).meta({ id: 'Import' })

/** The text of a file that was sent as a body, as the readers of rows take it. */
export async function* textOf({ text }: Ask): AsyncGenerator<string> {
  yield text
}

/** Rows that can be read, and what is wrong with the others. */
export interface ReadRows<R> {
  rows: Row<R>[]
  faults: Faults
}

/** Reads the rows of a CSV body whole, before any transaction begins. Their faults are told with those that the database
 * knows, so that a person can mend a file in one go. */
export async function rowsOfCsv<R>(
  ask: Ask, rows: (records: AsyncIterable<CsvRecord>, faults: Faults) => AsyncIterable<Row<R>>,
): Promise<ReadRows<R>> {
  if (ask.hooks.readCsv === null) throw new Problem('unsupported-media-type', 'This deployment reads no CSV.')
  const faults = new Faults()
  return { rows: await gather(rows(ask.hooks.readCsv(textOf(ask)), faults)), faults }
}

import { z } from 'zod'
import { breathe } from '../breathe.ts'
import type { Trx } from '../db/database.ts'
import type { Faults } from '../http/faults.ts'
import { ndjsonRows } from '../http/ndjson.ts'
import { type Columns, type CsvRecord, csvRows, optional, type Row, textColumn } from '../http/rows.ts'
import { Id, Text } from '../http/schemas.ts'
import { placeDevices, type PlaceContext, type WantedDevice } from './place.sql.ts'

/** Devices that are placed at once. */
const CHUNK = 500

interface DeviceRow {
  workspace: string
  serial: string
  model: string
  name: string
  site: string | null
  id: string | null
}

const id = (text: string): string => {
  const parsed = Id.safeParse(text)
  if (!parsed.success) throw new Error('is no id: 1 to 64 signs without spaces')
  return parsed.data
}

const COLUMNS: Columns<DeviceRow> = {
  workspace: id, serial: textColumn(200), model: textColumn(200), name: textColumn(200), site: optional(id), id: optional(id),
}

/** Devices of a CSV file with the columns `workspace, serial, model, name, site, id?`. */
export async function* devicesOfCsv(records: AsyncIterable<CsvRecord>, faults: Faults): AsyncGenerator<Row<WantedDevice>> {
  for await (const { site, ...row } of csvRows(records, COLUMNS, ['workspace', 'serial', 'model', 'name'], faults)) {
    yield { ...row, siteId: site }
  }
}

const Line = z.strictObject({ id: Id.optional(), workspace: Id, serial: Text, model: Text, name: Text, siteId: Id.nullable().optional() })

/** Devices of newline-delimited JSON, each as the body of `PUT /v1/host/devices/{id}` with its `id`. */
export function devicesOfNdjson(text: AsyncIterable<string>, faults: Faults): AsyncGenerator<Row<WantedDevice>> {
  return ndjsonRows<WantedDevice>(text, (value) => {
    const parsed = Line.safeParse(value)
    return parsed.success
      ? { row: { ...parsed.data, id: parsed.data.id ?? null, siteId: parsed.data.siteId ?? null } }
      : { faults: parsed.error.issues.map((issue) => ({ column: issue.path.join('.'), reason: issue.message })) }
  }, faults)
}

/** Adds, brings back or changes the devices of a file, or none of them: throws a RowsError with every row that cannot be. */
export async function importDevices(
  trx: Trx, rows: AsyncIterable<Row<WantedDevice>> | Iterable<Row<WantedDevice>>, faults: Faults, context: Omit<PlaceContext, 'change'>,
  progress: (rows: number) => void = () => {},
): Promise<{ imported: number; unchanged: number }> {
  const done = { imported: 0, unchanged: 0 }
  let chunk: Row<WantedDevice>[] = []
  const flush = async (): Promise<void> => {
    if (chunk.length === 0) return
    const placed = await placeDevices(trx, chunk, { ...context, change: true })
    placed.forEach((one, index) => {
      if ('refusal' in one) faults.add(chunk[index]?.line ?? 0, one.column, one.reason)
      else done[one.outcome === 'unchanged' ? 'unchanged' : 'imported'] += 1
    })
    progress(done.imported + done.unchanged)
    await breathe()
    chunk = []
  }
  for await (const row of rows) {
    chunk.push(row)
    if (chunk.length >= CHUNK) await flush()
  }
  await flush()
  faults.throwIfAny()
  return done
}

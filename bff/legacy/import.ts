import { breathe } from '../breathe.ts'
import { writeAudit } from '../db/audit.sql.ts'
import { markChanged } from '../db/changes.sql.ts'
import type { Trx } from '../db/database.ts'
import type { Faults } from '../http/faults.ts'
import { type Columns, type CsvRecord, csvRows, type Row, textColumn } from '../http/rows.ts'
import { normalAccount } from '../rules/account.ts'
import { normalSerial } from '../rules/serial.ts'
import { insertLegacy, legacyOf, type LegacyRecord, recogniseAccounts, workspacesOf } from './legacy.sql.ts'

/** Records that are stored at once. */
const CHUNK = 500

/** One pairing of the legacy platform: which account had a serial number, and where (R23). */
export interface LegacyRow {
  /** A subject or an e-mail address. */
  account: string
  serial: string
  /** The legacy platform's names. */
  workspace: string
  site: string
}

const COLUMNS: Columns<LegacyRow> = {
  account: textColumn(320),
  serial: (text) => {
    const serial = textColumn(200)(text)
    if (normalSerial(serial) === '') throw new Error('holds no letter and no digit')
    return serial
  },
  workspace: textColumn(200),
  site: textColumn(200),
}

/** Records of a CSV file with the columns `account, serial, workspace, site`. */
export function legacyOfCsv(records: AsyncIterable<CsvRecord>, faults: Faults): AsyncGenerator<Row<LegacyRow>> {
  return csvRows(records, COLUMNS, ['account', 'serial', 'workspace', 'site'], faults)
}

function keyOf(row: LegacyRecord): string {
  return JSON.stringify([row.serial_key, row.account, row.workspace, row.site])
}

function toRow({ account, serial, workspace, site }: LegacyRow): LegacyRecord {
  return { serial_key: normalSerial(serial), account: normalAccount(account), workspace, site }
}

/** Brings legacy records in, all or none: throws a RowsError with every row that cannot be. Those that are there already
 * change nothing. Their accounts are recognised where somebody known has them (R23). */
export async function importLegacy(
  trx: Trx, rows: AsyncIterable<LegacyRow> | Iterable<LegacyRow>, context: { by: string; now: number; faults?: Faults },
  progress: (rows: number) => void = () => {},
): Promise<{ imported: number; unchanged: number }> {
  const { by, now, faults } = context
  const done = { imported: 0, unchanged: 0 }
  const accounts = new Set<string>()
  const workspaces = new Set<string>()
  for await (const chunk of inChunks(rows)) {
    const known = new Set((await legacyOf(trx, [...new Set(chunk.map((row) => row.serial_key))])).map(keyOf))
    const added = [...new Map(chunk.map((row) => [keyOf(row), row])).entries()].flatMap(([key, row]) => (known.has(key) ? [] : [row]))
    await insertLegacy(trx, added)
    for (const { account } of added) accounts.add(account)
    for (const workspace of await workspacesOf(trx, added.map((row) => row.serial_key))) workspaces.add(workspace)
    done.imported += added.length
    done.unchanged += chunk.length - added.length
    progress(done.imported + done.unchanged)
    await breathe()
  }
  faults?.throwIfAny()
  if (done.imported === 0) return done
  for (const workspace of [...workspaces, ...await recogniseAccounts(trx, [...accounts], now)]) markChanged(trx, workspace, null, now)
  await writeAudit(trx, now, { who: by, workspace: null, action: 'legacy-imported', target: 'legacy', after: { records: done.imported } })
  return done
}

async function* inChunks(rows: AsyncIterable<LegacyRow> | Iterable<LegacyRow>): AsyncGenerator<LegacyRecord[]> {
  let chunk: LegacyRecord[] = []
  for await (const row of rows) {
    chunk.push(toRow(row))
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

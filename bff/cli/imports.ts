import type { Trx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { devicesOfCsv, importDevices } from '../devices/import.ts'
import { grantsOfCsv, importGrants } from '../grants/import.ts'
import { Faults } from '../http/faults.ts'
import { gather } from '../http/rows.ts'
import { importLegacy, legacyOfCsv } from '../legacy/import.ts'
import { importVouchers, vouchersOfCsv } from '../vouchers/issue.ts'
import { type Context, WHO } from './context.ts'
import { checkReadable, recordsOf } from './files.ts'
import { withProgress } from './progress.ts'
import { type Store, withStore } from './store.ts'

type Done = { imported: number; unchanged: number }
type Import = (trx: Trx, path: string, store: Store, progress: (rows: number) => void) => Promise<Done>

const who = (): { by: string; now: number } => ({ by: WHO, now: Date.now() })

/** How each kind of file is imported, within one transaction. */
const IMPORTS = {
  devices: async (trx, path, { policy }, progress) => {
    const faults = new Faults()
    return importDevices(trx, devicesOfCsv(recordsOf(path), faults), faults, { ...who(), policy }, progress)
  },
  vouchers: async (trx, path, { keyring }, progress) => {
    const faults = new Faults()
    return importVouchers(trx, vouchersOfCsv(recordsOf(path), faults), faults, { ...who(), keyring }, progress)
  },
  grants: async (trx, path, { policy }, progress) => {
    const faults = new Faults()
    // Rows of one file count together (R33), so all of them are read first.
    return importGrants(trx, await gather(grantsOfCsv(recordsOf(path), faults)), faults, { ...who(), policy }, progress)
  },
  legacy: async (trx, path, _store, progress) => {
    const faults = new Faults()
    return importLegacy(trx, legacyOfCsv(recordsOf(path), faults), { ...who(), faults }, progress)
  },
} satisfies Record<string, Import>

/** `license-bff devices|vouchers|grants|legacy import`: all rows of the file, or none. */
export async function importFile(context: Context, kind: keyof typeof IMPORTS, path: string): Promise<void> {
  await checkReadable(path)
  const done: Done = await withStore(context, 'write', (store) => withProgress(`${kind} imported`, context, (progress) =>
    inTransaction(store.database, (trx) => IMPORTS[kind](trx, path, store, progress))))
  context.out.result(done, `imported ${done.imported}, unchanged ${done.unchanged}`)
}

import { Faults } from '../http/faults.ts'
import { IMPORT_LIMIT, ImportAnswer, rowsOfCsv } from '../http/import.ts'
import { change, ok, type Route } from '../http/route.ts'
import { importLegacy, legacyOfCsv } from './import.ts'

/** Who had which serial numbers on the legacy platform (R23). */
export const legacyRoutes: readonly Route[] = [
  change({
    method: 'post', path: '/v1/vendor/legacy/import', summary: "Import the legacy platform's records from CSV", role: 'vendor', rows: 'text/csv',
    limit: IMPORT_LIMIT, answer: ImportAnswer,
    before: (ask) => rowsOfCsv(ask, legacyOfCsv),
    change: async ({ who, now }, trx, { rows, faults }) => ok(await importLegacy(trx, rows, { by: who.id, now, faults: new Faults(faults) })),
  }),
]

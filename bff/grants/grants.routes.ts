import { Faults } from '../http/faults.ts'
import { IMPORT_LIMIT, ImportAnswer, rowsOfCsv } from '../http/import.ts'
import { change, ok, type Route } from '../http/route.ts'
import { grantsOfCsv, importGrants } from './import.ts'

/** Licences that were sold before (R33). */
export const grantRoutes: readonly Route[] = [
  change({
    method: 'post', path: '/v1/vendor/grants/import', summary: 'Import existing licences from CSV', role: 'vendor', rows: 'text/csv',
    limit: IMPORT_LIMIT, answer: ImportAnswer,
    before: (ask) => rowsOfCsv(ask, grantsOfCsv),
    change: async ({ who, now, policy }, trx, { rows, faults }) => ok(await importGrants(trx, rows, new Faults(faults), { by: who.id, now, policy })),
  }),
]

import { inTransaction } from '../../bff/db/transaction.ts'
import { importLegacy } from '../../bff/legacy/import.ts'
import { recogniseAccounts } from '../../bff/legacy/legacy.sql.ts'
import type { Figure } from './run.ts'
import { makeWorld, median, startChild } from './world.ts'

const DEVICES = 10_000
const ROUNDS = 3

/** "Activate for all": one request over HTTP for 10,000 eligible devices of 20,000. */
export async function run(): Promise<Figure[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) times.push(await activateAll())
  const ours = median(times)
  return [{ name: '10,000 graces in one press', ours, unit: 'ms', goal: 'under 1,500 ms', reached: ours < 1_500 }]
}

async function activateAll(): Promise<number> {
  const world = await makeWorld(DEVICES * 2, false)
  const now = Date.now()
  await inTransaction(world.store, async (trx) => {
    await importLegacy(trx, Array.from({ length: DEVICES }, (_, index) => ({ account: 'ann', serial: `SN-${index}`, workspace: 'W', site: 'S' })), { by: 'bench', now })
    await trx.insertInto('people').values({
      id: 'p', subject: 'ann', subject_key: 'ann', name: null, email: null, email_verified: 0, email_key: null, locale: null, created_at: now, seen_at: now,
    }).execute()
    await trx.insertInto('memberships').values({ workspace_id: 'acme', person_id: 'p', since: now }).execute()
    await recogniseAccounts(trx, ['ann'], now)
  })
  const child = await startChild('./bff.child.ts', [world.file])
  const ask = async (method: string, path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${child.port}${path}`, { method, headers: { authorization: `Bearer ${world.key}` } })).json()
  await ask('GET', '/v1/summary')
  const started = performance.now()
  const { started: count } = await ask('POST', '/v1/grace') as { started: number }
  const taken = performance.now() - started
  await child.stop()
  await world.close()
  if (count !== DEVICES) throw new Error(`${count} of ${DEVICES} graces were started`)
  return taken
}

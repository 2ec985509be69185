import type { Trx } from '../db/database.ts'
import { prepared, preparedList } from '../db/prepared.ts'

const useTrial = prepared<{ serial: string; now: number }, never>((db, arg) =>
  db.updateTable('serials').set({ trial_used_at: arg('now') }).where('serial_key', '=', arg('serial')).where('trial_used_at', 'is', null))

/** Uses the one trial of a serial number; false if it was used (R21). */
export async function takeTrial(trx: Trx, serialKey: string, now: number): Promise<boolean> {
  return ((await useTrial(trx, { serial: serialKey, now })).numAffectedRows ?? 0n) > 0n
}

const useGrace = preparedList<{ now: number }, { serial_key: string }>((db, arg, keys) =>
  db.updateTable('serials').set({ grace_used_at: arg('now') }).where('serial_key', 'in', keys).where('grace_used_at', 'is', null).returning('serial_key'))

/** Uses the one grace of each of these serial numbers; answers those that had it still (R24). */
export async function takeGrace(trx: Trx, serialKeys: readonly string[], now: number): Promise<Set<string>> {
  return new Set((await useGrace(trx, { now }, serialKeys)).map((row) => row.serial_key))
}

import type { Trx } from '../db/database.ts'
import { prepared } from '../db/prepared.ts'

const useTrial = prepared<{ serial: string; now: number }, never>((db, arg) =>
  db.updateTable('serials').set({ trial_used_at: arg('now') }).where('serial_key', '=', arg('serial')).where('trial_used_at', 'is', null))

/** Uses the one trial of a serial number; false if it was used (R21). */
export async function takeTrial(trx: Trx, serialKey: string, now: number): Promise<boolean> {
  return ((await useTrial(trx, { serial: serialKey, now })).numAffectedRows ?? 0n) > 0n
}

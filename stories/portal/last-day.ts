import type { Api } from './api.ts'

const HALF_DAY_MS = 43_200_000

/** Noon of the last valid day of a device, or of the first one to expire where that has none; null where none has. */
export async function lastDayOf(api: Api, deviceId: string | null): Promise<string | null> {
  const own = deviceId === null ? null : (await api.device(deviceId)).license.expiresAt
  const end = own ?? (await api.devices({ status: 'active,expiring,grace', sort: 'expiresAt', limit: '1' })).items[0]?.license.expiresAt ?? null
  return end === null ? null : new Date(Date.parse(end) - HALF_DAY_MS).toISOString()
}

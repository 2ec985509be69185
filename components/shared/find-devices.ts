import { type Client, problemOf } from './client.ts'
import type { DeviceView, GraceReason } from './wire.ts'

/** Devices that are asked for one by one; more are looked for in the list. */
const ONE_BY_ONE = 20

/** Devices by their ids, in that order; unknown ones are left out. Throws a ProblemError. */
export async function findDevices(client: Client, ids: readonly string[]): Promise<DeviceView[]> {
  const found = new Map<string, DeviceView>()
  const missing = new Set(ids)
  if (ids.length <= ONE_BY_ONE) {
    for (const device of await Promise.all(ids.map((id) => client.device(id).catch(notFoundAsNull)))) if (device !== null) found.set(device.id, device)
  } else {
    for (let cursor: string | null | undefined; cursor !== null && missing.size > 0;) {
      const page = await client.devices(cursor ?? null)
      for (const device of page.items) if (missing.delete(device.id)) found.set(device.id, device)
      cursor = page.nextCursor
    }
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

function notFoundAsNull(error: unknown): null {
  if (problemOf(error).code === 'device-not-found') return null
  throw error
}

/** Up to `count` devices of the old platform that cannot have grace, by reason. Throws a ProblemError. */
export async function findNotEligible(client: Client, count: number): Promise<Map<GraceReason, DeviceView[]>> {
  const found = new Map<GraceReason, DeviceView[]>()
  for (let left = count, cursor: string | null | undefined; cursor !== null && left > 0;) {
    const page = await client.devices(cursor ?? null)
    for (const device of page.items) {
      const { reason } = device.license.grace
      if (reason === 'eligible' || reason === 'not-legacy') continue
      found.set(reason, [...found.get(reason) ?? [], device])
      left -= 1
    }
    cursor = page.nextCursor
  }
  return found
}

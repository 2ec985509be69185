import { Temporal } from 'temporal-polyfill'
import type { Database } from '../../../bff/index.ts'
import { preparedInsert } from '../../../bff/db/prepared.ts'
import { inTransaction } from '../../../bff/db/transaction.ts'

const ZONES = ['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland'] as const
const RUNGS = [30, 14, 7, 3, 1, 0, -1]
const DAY_MS = 86_400_000

/** A device whose licence has a last day. */
export interface Made {
  workspace: string
  zone: string
  device: string
  lastDay: string
  expiresAt: number
  /** Whether it was removed, or is not to be renewed. */
  isSilent: boolean
}

/** Devices of many workspaces in three zones, whose licences end from a week before an instant (ms) to two months after it. */
export function devicesFrom(at: number, { devices, workspaces }: { devices: number; workspaces: number }): Made[] {
  return Array.from({ length: devices }, (_, index) => {
    const zone = ZONES[index % workspaces % ZONES.length] ?? 'UTC'
    const last = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().add({ days: Math.floor(index / workspaces) * 7 % 67 - 7 })
    return {
      workspace: `w${index % workspaces}`, zone, device: `d${index}`, lastDay: last.toString(), isSilent: index % 50 === 49,
      expiresAt: last.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).epochMilliseconds,
    }
  })
}

/** Puts them into a database as they would be after 100 days. */
export async function store(database: Database, made: readonly Made[], at: number): Promise<void> {
  const past = at - 100 * DAY_MS
  await inTransaction(database, async (trx) => {
    for (const id of new Set(made.map(({ workspace }) => workspace))) {
      await trx.insertInto('workspaces').values({
        id, name: id, time_zone: made.find((one) => one.workspace === id)?.zone ?? '', contact: '{"sales":{},"support":{}}', notify_emails: JSON.stringify([`a@${id}.example`, `b@${id}.example`]),
        mail: null, created_at: past, updated_at: past,
      }).execute()
    }
    await preparedInsert('serials', ['serial_key', 'workspace_id', 'device_id', 'seen_at', 'trial_used_at', 'grace_used_at'])(trx, made.map(({ workspace, device }) =>
      ({ serial_key: device, workspace_id: workspace, device_id: device, seen_at: past, trial_used_at: null, grace_used_at: null })))
    const columns = ['workspace_id', 'id', 'serial', 'serial_key', 'model', 'name', 'name_key', 'search_key', 'site_id', 'renewal_planned', 'revision', 'created_at', 'updated_at', 'removed_at'] as const
    await preparedInsert('devices', columns)(trx, made.map(({ workspace, device, isSilent }, index) => ({
      workspace_id: workspace, id: device, serial: device, serial_key: device, model: 'P100', name: device, name_key: device, search_key: device, site_id: null,
      renewal_planned: isSilent && index % 100 === 49 ? 0 : 1, revision: 0, created_at: past, updated_at: past, removed_at: isSilent && index % 100 !== 49 ? past : null,
    })))
    await preparedInsert('covers', ['workspace_id', 'device_id', 'starts_at', 'expiring_from', 'grace_from', 'expires_at', 'kind'])(trx, made.map(({ workspace, device, expiresAt }) =>
      ({ workspace_id: workspace, device_id: device, starts_at: past, expiring_from: expiresAt - 30 * DAY_MS, grace_from: null, expires_at: expiresAt, kind: 'standard' })))
  })
}

/** The rules as plainly as they can be said: what was told after each instant at which somebody looked (R27, R28). */
export class Model {
  readonly decided = new Set<string>()
  readonly digests = new Set<string>()
  readonly #through = new Map<string, Temporal.PlainDate>()
  readonly #made: readonly Made[]

  constructor(made: readonly Made[]) {
    this.#made = made
  }

  look(at: number): void {
    const todays = new Map(ZONES.map((zone) => [zone as string, today(at, zone)]))
    for (const { workspace, zone, device, lastDay, isSilent } of this.#made) {
      const [day, before] = [todays.get(zone), this.#through.get(zone)]
      if (day === undefined || before === undefined || isSilent) continue
      const left = (date: Temporal.PlainDate): number => date.until(lastDay, { largestUnit: 'day' }).days
      const rung = RUNGS.findLast((one) => one >= left(day))
      if (rung === undefined || rung >= left(before)) continue
      this.decided.add(`${workspace} ${device} ${rung}`)
      this.digests.add(`${workspace} ${Date.parse(day.toString()) / DAY_MS}`)
    }
    for (const [zone, day] of todays) {
      const before = this.#through.get(zone)
      if (before === undefined || Temporal.PlainDate.compare(day, before) > 0) this.#through.set(zone, day)
    }
  }
}

/** The date up to which it is decided: today from nine o'clock on. */
function today(at: number, zone: string): Temporal.PlainDate {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return local.hour >= 9 ? local.toPlainDate() : local.toPlainDate().subtract({ days: 1 })
}

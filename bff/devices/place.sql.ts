import { type AuditEntry, writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { newId } from '../ids.ts'
import type { DevicesTable, SerialsTable } from '../db/tables.ts'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { saveCovers } from '../ledger/covers.sql.ts'
import { findDeviceWithLedger } from '../ledger/ledger.sql.ts'
import type { Policy } from '../rules/policy.ts'
import { normalSerial } from '../rules/serial.ts'
import { insertDevices, insertSerials, rowsById, rowsBySerial, searchable, seenSerials, updateDevice, zonesOf } from './devices.sql.ts'

/** A device as somebody wants it. */
export interface WantedDevice {
  workspace: string
  /** The portal's own id; null = any, also the one that the device had before it was removed. */
  id: string | null
  serial: string
  model: string
  name: string
  siteId: string | null
}

/** What became of a wanted device. */
export type Placed =
  | { outcome: 'added' | 'restored' | 'changed' | 'unchanged'; id: string }
  | { refusal: 'device-exists' | 'device-claimed' | 'workspace-unknown' | 'invalid'; reason: string; column: string; id?: string }

/** Who changes, when, and by which policy. */
export interface PlaceContext {
  by: string
  now: number
  policy: Policy
  /** Whether a device that exists may be changed, or only new and removed ones placed. */
  change: boolean
}

/** Adds, brings back or changes devices, in order (R30). What is refused changes nothing; the others are written. */
export async function placeDevices(trx: Trx, wanted: readonly WantedDevice[], context: PlaceContext): Promise<Placed[]> {
  const plan = await Plan.load(trx, wanted, context)
  const placed = wanted.map((device) => plan.place(device))
  await plan.save(trx)
  return placed
}

/** Places one device; throws what refuses it, and answers what became of it. */
export async function placeDevice(trx: Trx, wanted: WantedDevice, context: PlaceContext):
Promise<{ outcome: 'added' | 'restored' | 'changed' | 'unchanged'; id: string }> {
  const [placed] = await placeDevices(trx, [wanted], context)
  if (placed === undefined || 'refusal' in placed) throw problemOf(placed)
  return placed
}

function problemOf(placed: Extract<Placed, { refusal: string }> | undefined): Problem {
  const code: ProblemCode = placed?.refusal ?? 'internal'
  if (placed?.refusal === 'invalid') return new Problem(code, undefined, { errors: [{ pointer: `/${placed.column}`, detail: placed.reason }] })
  return new Problem(code, placed?.reason, { ...(placed?.id === undefined ? {} : { deviceId: placed.id }), remedy: code === 'device-claimed' ? 'contact' : null })
}

/** What is known of some serial numbers and ids, and what will be written. */
class Plan {
  readonly #context: PlaceContext
  readonly #zones: Map<string, string>
  readonly #seen: Set<string>
  readonly #bySerial = new Map<string, DevicesTable[]>()
  readonly #byId = new Map<string, DevicesTable>()
  readonly #newSerials: SerialsTable[] = []
  readonly #newDevices: DevicesTable[] = []
  readonly #changed = new Map<DevicesTable, { modelChanged: boolean }>()
  readonly #audit: AuditEntry[] = []

  private constructor(context: PlaceContext, zones: Map<string, string>, seen: Set<string>) {
    this.#context = context
    this.#zones = zones
    this.#seen = seen
  }

  static async load(trx: Trx, wanted: readonly WantedDevice[], context: PlaceContext): Promise<Plan> {
    const serials = [...new Set(wanted.map((device) => normalSerial(device.serial)))]
    const workspaces = [...new Set(wanted.map((device) => device.workspace))]
    const plan = new Plan(context, await zonesOf(trx, workspaces), await seenSerials(trx, serials))
    for (const row of await rowsBySerial(trx, serials)) plan.#remember(row)
    for (const workspace of workspaces) {
      const ids = wanted.flatMap((device) => (device.workspace === workspace && device.id !== null ? [device.id] : []))
      for (const row of await rowsById(trx, workspace, [...new Set(ids)])) if (!plan.#byId.has(keyOf(row))) plan.#remember(row)
    }
    return plan
  }

  #remember(row: DevicesTable): void {
    this.#byId.set(keyOf(row), row)
    const rows = this.#bySerial.get(row.serial_key)
    if (rows === undefined) this.#bySerial.set(row.serial_key, [row])
    else rows.push(row)
  }

  place(wanted: WantedDevice): Placed {
    const serialKey = normalSerial(wanted.serial)
    if (serialKey === '') return { refusal: 'invalid', column: 'serial', reason: 'holds no letter and no digit' }
    if (!this.#zones.has(wanted.workspace)) return { refusal: 'workspace-unknown', column: 'workspace', reason: 'This workspace does not exist.' }
    const rows = this.#bySerial.get(serialKey) ?? []
    if (rows.some((row) => row.workspace_id !== wanted.workspace && row.removed_at === null)) {
      return { refusal: 'device-claimed', column: 'serial', reason: 'A device with this serial number is present in another workspace.' }
    }
    const own = rows.find((row) => row.workspace_id === wanted.workspace)
    if (own !== undefined) return this.#placeAgain(wanted, own)
    if (wanted.id !== null && this.#byId.has(`${wanted.workspace}\n${wanted.id}`)) {
      return { refusal: 'device-exists', column: 'id', id: wanted.id, reason: 'This id belongs to a device with another serial number.' }
    }
    return this.#add(wanted, serialKey)
  }

  /** The serial number is, or was, in this workspace: its id and ledger come back. */
  #placeAgain(wanted: WantedDevice, own: DevicesTable): Placed {
    const { change, now, by } = this.#context
    const removed = own.removed_at !== null
    // Adding brings the former id back; who names an id and changes by it is told the other one.
    if (wanted.id !== null && wanted.id !== own.id && (change || !removed)) {
      return { refusal: 'device-exists', column: 'id', id: own.id, reason: 'This serial number has another id in this workspace.' }
    }
    if (!removed && !change) return { refusal: 'device-exists', column: 'serial', id: own.id, reason: 'This serial number is in this workspace already.' }
    const before = describe(own)
    const fields = fieldsOf(wanted, own.id)
    const same = !removed && Object.entries(fields).every(([column, value]) => own[column as keyof DevicesTable] === value)
    if (same) return { outcome: 'unchanged', id: own.id }
    const modelChanged = own.model !== wanted.model || this.#changed.get(own)?.modelChanged === true
    Object.assign(own, fields, { updated_at: now, removed_at: null })
    if (!this.#newDevices.includes(own)) this.#changed.set(own, { modelChanged })
    this.#audit.push({
      who: by, workspace: own.workspace_id, action: removed ? 'device-restored' : 'device-changed', target: `device:${own.id}`, before, after: describe(own),
    })
    return { outcome: removed ? 'restored' : 'changed', id: own.id }
  }

  #add(wanted: WantedDevice, serialKey: string): Placed {
    const { now, by } = this.#context
    const id = wanted.id ?? newId(now)
    const row: DevicesTable = {
      workspace_id: wanted.workspace, id, serial_key: serialKey, ...fieldsOf(wanted, id), renewal_planned: 1, revision: 0, created_at: now,
      updated_at: now, removed_at: null,
    }
    if (!this.#seen.has(serialKey)) {
      this.#seen.add(serialKey)
      this.#newSerials.push({
        serial_key: serialKey, workspace_id: wanted.workspace, device_id: id, seen_at: now, trial_used_at: null, grace_used_at: null,
      })
    }
    this.#newDevices.push(row)
    this.#remember(row)
    this.#audit.push({ who: by, workspace: wanted.workspace, action: 'device-added', target: `device:${id}`, after: describe(row) })
    return { outcome: 'added', id }
  }

  async save(trx: Trx): Promise<void> {
    const { now, policy } = this.#context
    await insertSerials(trx, this.#newSerials)
    await insertDevices(trx, this.#newDevices)
    for (const [row, { modelChanged }] of this.#changed) {
      await updateDevice(trx, row)
      if (!modelChanged) continue
      // The zone may have changed since the plan was made; the row is locked now.
      const found = await findDeviceWithLedger(trx, row.workspace_id, row.id)
      if (found !== null) await saveCovers(trx, found.device, found.ledger, policy)
    }
    await writeAudit(trx, now, ...this.#audit)
  }
}

function keyOf(row: DevicesTable): string {
  return `${row.workspace_id}\n${row.id}`
}

function describe(row: DevicesTable): object {
  return { serial: row.serial, model: row.model, name: row.name, siteId: row.site_id, removed: row.removed_at !== null }
}

function fieldsOf({ serial, model, name, siteId }: WantedDevice, id: string): Pick<DevicesTable, 'serial' | 'model' | 'name' | 'name_key' | 'search_key' | 'site_id'> {
  return {
    serial, model, name, name_key: searchable(name), search_key: [name, serial, normalSerial(serial), id].map(searchable).join('\n'), site_id: siteId,
  }
}

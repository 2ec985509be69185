import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import type { Connection, Trx } from '../db/database.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { Faults } from '../http/faults.ts'
import { IMPORT_LIMIT, ImportAnswer, rowsOfCsv, textOf } from '../http/import.ts'
import { Problem } from '../http/problem.ts'
import { type Ask, change, created, ok, read, type Route } from '../http/route.ts'
import { gather } from '../http/rows.ts'
import { GATEWAY_QUERY, Id, PAGE, pageOf, Text } from '../http/schemas.ts'
import { planRenewal } from '../ledger/change.sql.ts'
import { DeviceView, GrantView, grantView, LicenseView, loadDevice, loadDevices, loadLicenses } from '../ledger/view.ts'
import { STATUSES, type Status } from '../rules/lists.ts'
import { type Alert, ALERTS } from './alerts.routes.ts'
import {
  type DeviceQuery, graceWindowAt, listDevices, type ListedDevice, removeDevice, SORT_KEYS, type SortKey, zoneOf,
} from './devices.sql.ts'
import { devicesOfCsv, devicesOfNdjson, importDevices } from './import.ts'
import { placeDevice } from './place.sql.ts'

const StatusList = z.string().max(200).transform((text, context) => {
  const statuses = text.split(',')
  const known = STATUSES.filter((status) => statuses.includes(status))
  if (statuses.some((status) => !(STATUSES as readonly string[]).includes(status))) {
    context.addIssue({ code: 'custom', message: `one or more of ${STATUSES.join(', ')}, with commas` })
  }
  return known
})

const Sort = z.enum(SORT_KEYS.flatMap((key) => [key, `-${key}` as const]))

const ListQuery = z.strictObject({
  ...PAGE, status: StatusList.optional(), alert: z.enum(ALERTS).optional(), q: z.string().max(200).optional(), site: Id.optional(), sort: Sort.optional(),
})

const VendorQuery = z.strictObject({ ...PAGE, q: z.string().max(200).optional() })

interface Filters {
  workspace: string | null
  statuses?: readonly Status[] | undefined
  alert?: Alert | undefined
  q?: string | undefined
  site?: string | undefined
  sort?: string | undefined
}

/** One page of devices, and the cursor of the next one; later pages see the statuses of the first one's instant. */
async function pageOfDevices(
  ask: Ask<unknown, { limit: number; cursor?: string | undefined }>, db: Connection, filters: Filters,
): Promise<{ listed: ListedDevice[]; nextCursor: string | null }> {
  const scope = ['devices', filters]
  const { limit, cursor } = ask.query
  const position = cursor === undefined ? null : await readCursor(ask.keyring, scope, cursor, ask.now)
  const sort = filters.sort ?? 'name'
  const at = position?.at ?? ask.now
  const query: DeviceQuery = {
    workspace: filters.workspace, statuses: filters.statuses ?? null, alert: filters.alert ?? null,
    graceWindow: graceWindowAt(ask.policy, filters.alert === 'grace' ? await zoneOf(db, ask.workspace) : 'UTC', at), q: filters.q?.trim() === '' ? null : filters.q ?? null,
    site: filters.site ?? null, sort: sort.replace('-', '') as SortKey, descending: sort.startsWith('-'), after: position?.after ?? null,
    at, limit: limit + 1,
  }
  const found = await listDevices(db, query)
  const listed = found.slice(0, limit)
  const last = listed.at(-1)
  const nextCursor = found.length <= limit || last === undefined
    ? null : await makeCursor(ask.keyring, scope, { at: query.at, after: [last.sortValue, last.workspace, last.id] })
  return { listed, nextCursor }
}

const NewDevice = z.strictObject({ serial: Text, model: Text, name: Text, siteId: Id.nullable().optional(), id: Id.optional() })
const HostDevice = z.strictObject({ workspace: Id, serial: Text, model: Text, name: Text, siteId: Id.nullable().optional() })

async function removed(trx: Trx, workspace: string, id: string, { who, now }: Ask): Promise<void> {
  if (!(await removeDevice(trx, workspace, id, now))) throw new Problem('device-not-found')
  await writeAudit(trx, now, { who: who.id, workspace, action: 'device-removed', target: `device:${id}`, before: { removed: false }, after: { removed: true } })
}

async function viewOf(db: Connection, ask: Ask, workspace: string, id: string): Promise<DeviceView> {
  const loaded = await loadDevice(db, { ...ask, workspace }, id)
  if (loaded === null) throw new Problem('device-not-found')
  return loaded.view
}

/** Devices and their licences for portals (R30). */
const portalRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/devices', summary: 'Devices with their licences', role: 'viewer', query: ListQuery, answer: pageOf(DeviceView),
    read: async (ask, db) => {
      const { status, alert, q, site, sort } = ask.query
      const { listed, nextCursor } = await pageOfDevices(ask, db, { workspace: ask.workspace, statuses: status, alert, q, site, sort })
      return { items: await loadDevices(db, ask, listed.map((one) => one.id)), nextCursor }
    },
  }),
  change({
    method: 'post', path: '/v1/devices', summary: 'Add a device', role: 'member', body: NewDevice, answer: DeviceView, status: 201,
    roleBy: ({ memberAddsDevices }) => (memberAddsDevices ? 'member' : 'admin'),
    problems: ['device-exists', 'device-claimed'],
    before: async ({ hooks, workspace, body }) => {
      const allowed = await hooks.checkSerial?.({ workspace, serial: body.serial, model: body.model }) ?? true
      if (!allowed) throw new Problem('invalid', undefined, { errors: [{ pointer: '/serial', detail: 'This serial number cannot be added here.' }] })
    },
    change: async (ask, trx) => {
      const { workspace, body, who, now, policy } = ask
      const wanted = { workspace, id: body.id ?? null, serial: body.serial, model: body.model, name: body.name, siteId: body.siteId ?? null }
      const { id } = await placeDevice(trx, wanted, { by: who.id, now, policy, change: false })
      return created(await viewOf(trx, ask, workspace, id))
    },
  }),
  read({
    method: 'get', path: '/v1/devices/{id}', summary: 'A device with its licence', role: 'viewer', answer: DeviceView, problems: ['device-not-found'],
    read: async (ask, db) => viewOf(db, ask, ask.workspace, ask.params.id),
  }),
  change({
    method: 'delete', path: '/v1/devices/{id}', summary: 'Remove a device; its ledger is kept', role: 'admin', answer: DeviceView,
    problems: ['device-not-found'],
    change: async (ask, trx) => {
      const view = await viewOf(trx, ask, ask.workspace, ask.params.id)
      await removed(trx, ask.workspace, ask.params.id, ask)
      return ok(view)
    },
  }),
  change({
    method: 'put', path: '/v1/devices/{id}/renewal', summary: 'Say whether a device will be renewed', role: 'admin',
    body: z.strictObject({ planned: z.boolean() }), answer: DeviceView, problems: ['device-not-found'],
    change: async (ask, trx) => {
      const { workspace, params: { id }, body: { planned }, who, now } = ask
      if (await planRenewal(trx, { workspace, id }, planned, now)) {
        await writeAudit(trx, now, { who: who.id, workspace, action: 'renewal-changed', target: `device:${id}`, before: { planned: !planned }, after: { planned } })
      }
      return ok(await viewOf(trx, ask, workspace, id))
    },
  }),
  read({
    method: 'get', path: '/v1/devices/{id}/license', summary: "A device's licence and its ledger", role: 'viewer',
    answer: LicenseView.extend({ ledger: z.array(GrantView) }).meta({ id: 'LicenseWithLedger' }), problems: ['device-not-found'],
    read: async (ask, db) => {
      const loaded = await loadDevice(db, ask, ask.params.id)
      if (loaded === null) throw new Problem('device-not-found')
      return { ...loaded.view.license, ledger: loaded.ledger.map(grantView) }
    },
  }),
  read({
    method: 'post', path: '/v1/licenses/query', summary: 'Licences of up to 1,000 devices', role: 'viewer', limit: 262_144,
    gateway: true, query: z.strictObject(GATEWAY_QUERY),
    body: z.strictObject({ deviceIds: z.array(z.string().max(64)).max(1_000) }),
    answer: z.strictObject({ items: z.array(LicenseView), unknown: z.array(z.string()) }),
    read: async (ask, db) => {
      const ids = [...new Set(ask.body.deviceIds)]
      const items = await loadLicenses(db, ask, ids)
      const known = new Set(items.map((license) => license.deviceId))
      return { items, unknown: ids.filter((id) => !known.has(id)) }
    },
  }),
]

/** Devices for the host's server, which names the workspace. */
const hostRoutes: readonly Route[] = [
  change({
    method: 'put', path: '/v1/host/devices/{id}', summary: 'Create or change a device', role: 'host', body: HostDevice, answer: DeviceView,
    problems: ['device-exists', 'device-claimed', 'workspace-unknown'],
    change: async (ask, trx) => {
      const { body, params, who, now, policy } = ask
      const id = Id.safeParse(params.id)
      if (!id.success) throw new Problem('invalid', undefined, { errors: [{ pointer: '/id', detail: 'an id has 1 to 64 signs without spaces' }] })
      const { outcome } = await placeDevice(trx, { ...body, id: id.data, siteId: body.siteId ?? null }, { by: who.id, now, policy, change: true })
      const view = await viewOf(trx, ask, body.workspace, id.data)
      return outcome === 'added' || outcome === 'restored' ? created(view) : ok(view)
    },
  }),
  change({
    method: 'delete', path: '/v1/host/devices/{id}', summary: 'Remove a device; its ledger is kept', role: 'host',
    query: z.strictObject({ workspace: Id }), answer: DeviceView, problems: ['device-not-found'],
    change: async (ask, trx) => {
      const view = await viewOf(trx, ask, ask.query.workspace, ask.params.id)
      await removed(trx, ask.query.workspace, ask.params.id, ask)
      return ok(view)
    },
  }),
  change({
    method: 'post', path: '/v1/host/devices', summary: 'Create or change many devices, one JSON object a line', role: 'host',
    rows: 'application/x-ndjson', limit: IMPORT_LIMIT, answer: ImportAnswer,
    before: async (ask) => {
      const faults = new Faults()
      return { rows: await gather(devicesOfNdjson(textOf(ask), faults)), faults }
    },
    change: async ({ who, now, policy }, trx, { rows, faults }) => ok(await importDevices(trx, rows, new Faults(faults), { by: who.id, now, policy })),
  }),
]

/** Devices of every workspace for the seller. */
const vendorRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/vendor/devices', summary: 'Devices of every workspace', role: 'vendor', query: VendorQuery,
    answer: pageOf(DeviceView.extend({ workspace: z.string() }).meta({ id: 'VendorDevice' })),
    read: async (ask, db) => {
      const { listed, nextCursor } = await pageOfDevices(ask, db, { workspace: null, q: ask.query.q })
      const views = new Map<string, DeviceView>()
      for (const workspace of new Set(listed.map((one) => one.workspace))) {
        const ids = listed.flatMap((one) => (one.workspace === workspace ? [one.id] : []))
        for (const view of await loadDevices(db, { ...ask, workspace }, ids)) views.set(`${workspace}\n${view.id}`, view)
      }
      const items = listed.flatMap(({ workspace, id }) => {
        const view = views.get(`${workspace}\n${id}`)
        return view === undefined ? [] : [{ workspace, ...view }]
      })
      return { items, nextCursor }
    },
  }),
  change({
    method: 'post', path: '/v1/vendor/devices/import', summary: 'Import devices from CSV', role: 'vendor', rows: 'text/csv', limit: IMPORT_LIMIT,
    answer: ImportAnswer,
    before: (ask) => rowsOfCsv(ask, devicesOfCsv),
    change: async ({ who, now, policy }, trx, { rows, faults }) => ok(await importDevices(trx, rows, new Faults(faults), { by: who.id, now, policy })),
  }),
]

/** Every route about devices. */
export const deviceRoutes: readonly Route[] = [...portalRoutes, ...hostRoutes, ...vendorRoutes]

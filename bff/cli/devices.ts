import type { Connection } from '../db/database.ts'
import { listDevices, type ListedDevice } from '../devices/devices.sql.ts'
import { type DeviceView, loadDevices } from '../ledger/view.ts'
import type { BffPolicy } from '../policy.ts'
import type { Status } from '../rules/lists.ts'
import type { Context } from './context.ts'
import { csvRecord } from './csv.ts'
import { devicesAfter, type ExportedDevice } from './ops.sql.ts'
import { print } from './output.ts'
import { withProgress } from './progress.ts'
import { withStore } from './store.ts'

/** Flags of `devices list`. */
export interface DeviceFlags {
  workspace?: string
  status?: Status
  q?: string
}

const PAGE = 500

/** `license-bff devices list`: every device with its licence as it is now. */
export async function printDevices(context: Context, flags: DeviceFlags): Promise<void> {
  const items = await withStore(context, 'read', ({ database: { db }, policy }) =>
    withProgress('devices read', context, (progress) => viewsOf(db, policy, flags, progress)))
  context.out.list(items, [
    ['WORKSPACE', (one) => one.workspace], ['ID', (one) => one.id], ['SERIAL', (one) => one.serial], ['MODEL', (one) => one.model],
    ['NAME', (one) => one.name], ['SITE', (one) => one.siteId], ['STATUS', (one) => one.license.status], ['LAST DAY', (one) => one.license.lastDay],
  ], 'there are no such devices')
}

/** A device of any workspace. */
type AnyDevice = { workspace: string } & DeviceView

async function viewsOf(
  db: Connection, policy: BffPolicy, { workspace, status, q }: DeviceFlags, progress: (count: number) => void,
): Promise<AnyDevice[]> {
  const at = Date.now()
  const query = {
    workspace: workspace ?? null, statuses: status === undefined ? null : [status], alert: null, q: q ?? null, site: null, sort: 'name' as const,
    descending: false, at, limit: PAGE,
  }
  const views: AnyDevice[] = []
  for (let after: (string | number)[] | null = null; ;) {
    const page: ListedDevice[] = await listDevices(db, { ...query, after })
    views.push(...await load(db, policy, page, at))
    progress(views.length)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return views
    after = [last.sortValue, last.workspace, last.id]
  }
}

/** Devices that were listed, with their licences, in the same order. */
async function load(db: Connection, policy: BffPolicy, listed: readonly ListedDevice[], now: number): Promise<AnyDevice[]> {
  const views = new Map<string, AnyDevice>()
  for (const [workspace, own] of Map.groupBy(listed, (one) => one.workspace)) {
    const loaded = await loadDevices(db, { workspace, policy, who: { roles: ['vendor'] }, now }, own.map((one) => one.id))
    for (const view of loaded) views.set(`${workspace}\n${view.id}`, { workspace, ...view })
  }
  return listed.flatMap(({ workspace, id }) => views.get(`${workspace}\n${id}`) ?? [])
}

/** `license-bff devices export`: CSV, page by page, as `devices import` reads it. */
export async function exportDevices(context: Context, { workspace }: { workspace?: string }): Promise<void> {
  await withStore(context, 'read', async ({ database: { db } }) => {
    const items: object[] = []
    if (!context.json) print(csvRecord(['workspace', 'serial', 'model', 'name', 'site', 'id']).trimEnd())
    for (let after: Pick<ExportedDevice, 'workspace_id' | 'id'> = { workspace_id: '', id: '' }; ;) {
      const page = await devicesAfter(db, workspace ?? null, after, PAGE)
      if (context.json) items.push(...page.map((row) => ({ workspace: row.workspace_id, serial: row.serial, model: row.model, name: row.name, site: row.site_id, id: row.id })))
      else await writeAll(page.map((row) => csvRecord([row.workspace_id, row.serial, row.model, row.name, row.site_id, row.id])).join(''))
      const last = page.at(-1)
      if (page.length < PAGE || last === undefined) break
      after = last
    }
    if (context.json) context.out.result({ items })
  })
}

/** Writes to standard output and waits where the reader is slow. */
async function writeAll(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

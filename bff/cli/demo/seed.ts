import type { Bff } from '../../index.ts'
import { dayOf, formatDay } from '../../rules/calendar.ts'
import { formatCode } from '../../rules/code.ts'
import type { Role } from '../../rules/lists.ts'
import { demoToken, WORKSPACE } from './identities.ts'
import { LEGACY_RECORDS, SAMPLE_DEVICES, SAMPLE_WORKSPACES, type SampleDevice } from './sample.ts'

/** Days of the vouchers that are printed at the start. */
export const VOUCHER_DAYS = 365

/** Asks the BFF as one of the demo's identities; throws what it refuses. */
async function ask<T>(bff: Bff, role: Role, method: string, path: string, body?: string, type = 'application/json'): Promise<T> {
  const response = await bff.fetch(new Request(`http://localhost${path}`, {
    method,
    headers: { authorization: `Bearer ${demoToken(role)}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
  }))
  const text = await response.text()
  if (!response.ok) throw new Error(`the sample workspace cannot be made: ${method} ${path} answered ${response.status} ${text}`)
  return JSON.parse(text) as T
}

/** Issues new vouchers; answers their codes as people read them. */
export async function issueCodes(bff: Bff, count: number, days = VOUCHER_DAYS): Promise<string[]> {
  const body = JSON.stringify({ count, days, reference: 'demo' })
  const { items } = await ask<{ items: { code: string }[] }>(bff, 'vendor', 'POST', '/v1/vendor/vouchers', body)
  return items.map((item) => formatCode(item.code))
}

/** Existing licences as the CSV that a seller would import, their days counted from the date of `now` (ms). */
function grantsCsv(devices: readonly SampleDevice[], now: number): string {
  const today = dayOf(now, SAMPLE_WORKSPACES[WORKSPACE].timeZone)
  const lines = devices.flatMap(({ workspace, serial, grants = [] }) => grants.map(({ kind, since, left }, index) =>
    [workspace, serial, kind, formatDay(today - since), formatDay(today + left), `order-${serial}-${index + 1}`].join(',')))
  return ['workspace,serial,kind,firstDay,lastDay,reference', ...lines].join('\n')
}

function devicesNdjson(devices: readonly SampleDevice[]): string {
  return devices.map(({ workspace, id, serial, model, name, siteId }) => JSON.stringify({ workspace, id, serial, model, name, siteId })).join('\n')
}

/** Fills workspaces with the sample devices, as a host's server, a seller and a member would: by the BFF's own routes. */
export async function seed(bff: Bff, workspaces: readonly (keyof typeof SAMPLE_WORKSPACES)[], now: number): Promise<void> {
  const devices = SAMPLE_DEVICES.filter((device) => (workspaces as readonly string[]).includes(device.workspace))
  for (const id of workspaces) await ask(bff, 'host', 'PUT', `/v1/host/workspaces/${id}`, JSON.stringify(SAMPLE_WORKSPACES[id]))
  await ask(bff, 'host', 'POST', '/v1/host/devices', devicesNdjson(devices), 'application/x-ndjson')
  await ask(bff, 'vendor', 'POST', '/v1/vendor/grants/import', grantsCsv(devices, now), 'text/csv')
  const records = ['account,serial,workspace,site', ...LEGACY_RECORDS.map((record) => record.join(','))].join('\n')
  await ask(bff, 'vendor', 'POST', '/v1/vendor/legacy/import', records, 'text/csv')
  // The visitor comes from the old platform, and is recognised at the first request.
  await bff.fetch(new Request('http://localhost/v1/me'))
  for (const { id, voucherDays } of devices) {
    if (voucherDays === undefined) continue
    const [code] = await issueCodes(bff, 1, voucherDays)
    await ask(bff, 'member', 'POST', `/v1/devices/${id}/voucher`, JSON.stringify({ code }))
  }
  for (const { id, removed } of devices) if (removed === true) await ask(bff, 'admin', 'DELETE', `/v1/devices/${id}`)
}

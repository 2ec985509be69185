import { dayOf, formatDay, startOfDay } from '../../bff/rules/calendar.ts'
import { formatCode } from '../../bff/rules/code.ts'
import type { Role } from '../../bff/rules/lists.ts'
import { type Ask, PERSON, WORKSPACE } from './people.ts'
import type { WorldDevice, WorldSpec, WorldVoucher } from './spec.ts'

/** Another workspace. */
const ELSEWHERE = 'elsewhere'

/** Days of a voucher, where nothing else is said. */
const YEAR = 365
const HOURS = 'Mon–Fri, 8:00–17:00, Berlin time'

const CONTACT = {
  sales: { name: 'Velthorn Sales', email: 'sales@example.com', phone: '+49 30 23125 014', hours: HOURS },
  support: { name: 'Velthorn Support', email: 'support@example.com', phone: '+49 30 23125 020', hours: HOURS },
}

/** What seeding needs beside what is wanted. */
export interface SeedContext {
  as: (role: Role) => Ask
  /** The instant at which everything happens (ms). */
  now: number
  timeZone: string
}

/** Fills a world as a host's server, a seller and members would: by the BFF's own routes. Answers the codes by their names. */
export async function seed(spec: WorldSpec, context: SeedContext): Promise<Record<string, string>> {
  const { as, timeZone } = context
  const devices = spec.devices ?? []
  await as('host')('PUT', `/v1/host/workspaces/${WORKSPACE}`, { name: 'Lindenhof Living', timeZone, contact: { ...CONTACT, ...spec.contact } })
  await addElsewhere(spec, context)
  if (devices.length > 0) await as('host')('POST', '/v1/host/devices', devices.map(deviceLine).join('\n'), 'application/x-ndjson')
  if (devices.some(({ grants = [] }) => grants.length > 0)) await as('vendor')('POST', '/v1/vendor/grants/import', grantsCsv(devices, context), 'text/csv')
  for (const device of devices) await redeemOn(device, context)
  if (devices.some(({ legacy = [] }) => legacy.length > 0)) await as('vendor')('POST', '/v1/vendor/legacy/import', legacyCsv(devices), 'text/csv')
  for (const { id, notRenewed } of devices) if (notRenewed === true) await as('admin')('PUT', `/v1/devices/${id}/renewal`, { planned: false })
  const codes: Record<string, string> = {}
  for (const [name, voucher] of Object.entries(spec.vouchers ?? {})) codes[name] = await issue(voucher, context)
  return codes
}

function serialOf({ id, serial = `SN-${id.toUpperCase()}` }: WorldDevice): string {
  return serial
}

function deviceLine(device: WorldDevice): string {
  const { id, name = id, model = 'HP-12', siteId = null } = device
  return JSON.stringify({ workspace: WORKSPACE, id, serial: serialOf(device), model, name, siteId })
}

/** Licences that were sold before, as the file that a seller would import (R33), their days counted from today. */
function grantsCsv(devices: readonly WorldDevice[], { now, timeZone }: SeedContext): string {
  const today = dayOf(now, timeZone)
  const lines = devices.flatMap((device) => (device.grants ?? []).map(({ kind, days, left }, index) =>
    [WORKSPACE, serialOf(device), kind, formatDay(today + left - days), formatDay(today + left), `order-${device.id}-${index + 1}`].join(',')))
  return ['workspace,serial,kind,firstDay,lastDay,reference', ...lines].join('\n')
}

/** What the old platform's records say, as the file that a seller would import (R23). */
function legacyCsv(devices: readonly WorldDevice[]): string {
  const lines = devices.flatMap((device) => (device.legacy ?? []).map(({ account = PERSON, workspace = 'Lindenhof', site = 'Spandau' }) =>
    [account, serialOf(device), workspace, site].join(',')))
  return ['account,serial,workspace,site', ...lines].join('\n')
}

/** Adds devices to another workspace, and removes some of them there. */
async function addElsewhere({ seenBefore = [], claimed = [] }: WorldSpec, { as, timeZone }: SeedContext): Promise<void> {
  const serials = [...seenBefore, ...claimed]
  if (serials.length === 0) return
  await as('host')('PUT', `/v1/host/workspaces/${ELSEWHERE}`, { name: 'Elsewhere', timeZone })
  for (const [index, serial] of serials.entries()) {
    const path = `/v1/host/devices/elsewhere-${index}`
    await as('host')('PUT', path, { workspace: ELSEWHERE, serial, model: 'HP-12', name: serial })
    if (index < seenBefore.length) await as('host')('DELETE', `${path}?workspace=${ELSEWHERE}`)
  }
}

async function redeemOn({ id, voucherDays, undone }: WorldDevice, context: SeedContext): Promise<void> {
  if (voucherDays === undefined) return
  await redeem(id, await issue({ days: voucherDays }, context), context)
  if (undone === true) await context.as('admin')('POST', `/v1/devices/${id}/undo`, {})
}

function redeem(id: string, code: string, { as }: SeedContext): Promise<unknown> {
  return as('member')('POST', `/v1/devices/${id}/voucher`, { code })
}

/** Issues a voucher and lets happen to it what is wanted; answers its code as people read it. */
async function issue(voucher: WorldVoucher, context: SeedContext): Promise<string> {
  const { days = YEAR, maxDevices, models, notBefore, redeemBy, usedOn, revoked } = voucher
  const { items: [issued] } = await context.as('vendor')<{ items: { id: string; code: string }[] }>('POST', '/v1/vendor/vouchers', {
    count: 1, days, reference: 'story', ...(maxDevices === undefined ? {} : { maxDevices }), ...(models === undefined ? {} : { models }),
    ...(notBefore === undefined ? {} : { notBefore: dayStart(notBefore, context) }),
    ...(redeemBy === undefined ? {} : { redeemBy: dayStart(redeemBy, context) }),
  })
  if (issued === undefined) throw new Error('no voucher was issued')
  if (usedOn !== undefined) await redeem(usedOn, issued.code, context)
  if (revoked === true) await context.as('vendor')('POST', `/v1/vendor/vouchers/${issued.id}/revoke`)
  return formatCode(issued.code)
}

/** Where the date begins that lies some days after today. */
function dayStart(days: number, { now, timeZone }: SeedContext): string {
  return new Date(startOfDay(dayOf(now, timeZone) + days, timeZone)).toISOString()
}

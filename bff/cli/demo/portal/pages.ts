import { Problem } from '../../../http/problem.ts'
import type { DeviceView } from '../../../ledger/view.ts'
import { MAX_DAYS } from '../../../policy.ts'
import { normalizeCode } from '../../../rules/code.ts'
import type { LicenseWithLedger, Me } from './api.ts'
import { assetsPage } from './assets.page.ts'
import { devicePage } from './device.page.ts'
import { DEFAULT_SORT, type Listing } from './device-table.ts'
import { readForm } from './form.ts'
import { notice, type PageContext } from './layout.ts'
import { news, standing } from './news.ts'
import { refusalMessage } from './refusals.ts'
import type { Visit } from './visit.ts'
import type { Attempt } from './voucher-form.ts'

/** Devices on one page of the list. */
const PAGE_SIZE = '50'

function contextOf({ language, clock }: Visit, me: Me, path: string, query: PageContext['query'] = {}): PageContext {
  return { language, me, path, query, clock: { now: clock.now(), movedDays: clock.movedDays } }
}

/** Members of the address that are there. */
function queryOf<Name extends string>({ request }: Visit, names: readonly Name[]): Partial<Record<Name, string>> {
  const { searchParams } = new URL(request.url)
  return Object.fromEntries(names.flatMap((name) => {
    const value = searchParams.get(name)
    return value === null || value === '' ? [] : [[name, value]]
  })) as Partial<Record<Name, string>>
}

/** `GET /`: every device. */
export async function showAssets(visit: Visit): Promise<Response> {
  const { api, answer } = visit
  const listing: Listing = queryOf(visit, ['status', 'alert', 'sort'])
  const query = { sort: DEFAULT_SORT, limit: PAGE_SIZE, ...listing, ...queryOf(visit, ['cursor']) }
  const [me, summary, list] = await Promise.all([api.me(), api.summary(), api.devices(query)])
  const soon = summary.alerts.expiring === 0 ? [] : (await api.devices({ alert: 'expiring', sort: 'expiresAt', limit: '1' })).items
  const first = soon[0] === undefined ? null : { name: soon[0].name, daysRemaining: soon[0].license.daysRemaining }
  return answer(assetsPage(contextOf(visit, me, '/', { ...listing }), { me, summary, list, first, listing }))
}

interface Loaded {
  me: Me
  device: DeviceView
  license: LicenseWithLedger
  context: PageContext
}

async function load(visit: Visit, id: string): Promise<Loaded> {
  const [me, device, license] = await Promise.all([visit.api.me(), visit.api.device(id), visit.api.license(id)])
  return { me, device, license, context: contextOf(visit, me, addressOf(id)) }
}

function addressOf(id: string): string {
  return `/devices/${encodeURIComponent(id)}`
}

/** `GET /devices/{id}`: one device, and what a form has just done to it. */
export async function showDevice(visit: Visit, id: string): Promise<Response> {
  const { context, ...loaded } = await load(visit, id)
  const { done, grant } = queryOf(visit, ['done', 'grant'])
  return visit.answer(devicePage(context, { ...loaded, news: news({ done, grant }, visit.language, loaded.license), attempt: null }))
}

/** `POST /devices/{id}/voucher`: previews or redeems a code; a redemption is told on the device's own page. */
export async function redeemVoucher(visit: Visit, id: string): Promise<Response> {
  const { api, language, answer } = visit
  const { code, step } = await readForm(visit.request, ['code', 'step'])
  const result = await (step === 'redeem' ? api.redeem(id, code) : api.preview(id, code))
  if ('grant' in result) return redirect(language.link(addressOf(id), { done: result.outcome, grant: result.grant.id }), '#notice')
  const { context, ...loaded } = await load(visit, id)
  const attempt = attemptOf(code, result, visit, loaded.license)
  return answer(devicePage(context, { ...loaded, news: '', attempt }), result instanceof Problem ? result.status : 200)
}

function attemptOf(code: string, result: Problem | Extract<Attempt, { preview: unknown }>['preview'], { language }: Visit, license: LicenseWithLedger): Attempt {
  if (result instanceof Problem) return { code, outcome: 'refused', message: refusalMessage(result, language, license.timeZone) }
  const last4 = normalizeCode(code).slice(-4)
  const grant = license.ledger.find((one) => one.undoneAt === null && one.source.last4 === last4)
  if (result.outcome === 'already-redeemed' && grant !== undefined) return { code, outcome: 'standing', message: standing(grant, language, license) }
  return { code, outcome: 'previewed', preview: result }
}

/** `POST /devices/{id}/undo`: takes the last redemption back. */
export async function undoRedemption(visit: Visit, id: string): Promise<Response> {
  const { api, language, answer } = visit
  await readForm(visit.request, [])
  const result = await api.undo(id)
  if (!(result instanceof Problem)) return redirect(language.link(addressOf(id), { done: 'undone', grant: result.grant.id }), '#notice')
  const { context, ...loaded } = await load(visit, id)
  const refused = notice('bad', 'warning', refusalMessage(result, language, loaded.license.timeZone))
  return answer(devicePage(context, { ...loaded, news: refused, attempt: null }), result.status)
}

/** `POST /clock`: moves the clock and goes back to the page that asked. */
export async function moveClock({ request, clock }: Visit): Promise<Response> {
  const { addDays, back } = await readForm(request, ['addDays', 'back'])
  if (!/^(?:-?\d{1,5})?$/.test(addDays) || Math.abs(Number(addDays)) > MAX_DAYS) {
    throw new Problem('invalid', undefined, { errors: [{ pointer: '/addDays', detail: `no whole number within ${MAX_DAYS}` }] })
  }
  clock.move(addDays === '' ? {} : { addDays: Number(addDays) })
  return redirect(ownAddress(back))
}

/** An address of this portal, whatever a form says; never one of another site. */
function ownAddress(back: string): string {
  const base = 'http://portal.invalid'
  const url = URL.canParse(back, base) ? new URL(back, base) : new URL(base)
  return url.origin === base && (url.pathname === '/' || url.pathname.startsWith('/devices/')) ? `${url.pathname}${url.search}` : '/'
}

/** Sends the browser on by GET, so that a reload repeats nothing (RFC 9110 §15.4.4). */
function redirect(address: string, fragment = ''): Response {
  return new Response(null, { status: 303, headers: { location: `${address}${fragment}`, 'cache-control': 'no-store' } })
}

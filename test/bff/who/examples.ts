import assert from 'node:assert/strict'
import { newId } from '../../../bff/ids.ts'
import type { World } from '../engines.ts'

/** A request that succeeds for who may send it. */
export interface Example {
  path: string
  body?: unknown
  headers?: Record<string, string>
}

/** Makes what an example needs, so that every use of it finds the same. */
export class Fresh {
  readonly #world: World
  static #count = 0

  constructor(world: World) {
    this.#world = world
  }

  name(): string {
    Fresh.#count += 1
    return `fresh-${Fresh.#count}`
  }

  /** A device of acme. */
  async device(workspace = 'acme'): Promise<string> {
    const id = this.name()
    const { status } = await this.#world.ask({ role: 'host' }, 'PUT', `/v1/host/devices/${id}`, { workspace, serial: `SN-${id}`, model: 'P100', name: id })
    assert.equal(status, 201)
    return id
  }

  async code(terms: object = {}): Promise<string> {
    return (await this.#world.codes(1, { ...terms }))[0] ?? ''
  }

  async voucher(): Promise<string> {
    const { body } = await this.#world.ask<{ items: { id: string }[] }>({ role: 'vendor' }, 'POST', '/v1/vendor/vouchers', { count: 1, days: 1 })
    return body.items[0]?.id ?? ''
  }

  /** A link for calendar programs of acme. */
  async calendarLink(): Promise<{ id: string; url: string }> {
    return (await this.#world.ask<{ id: string; url: string }>({ role: 'admin' }, 'POST', '/v1/calendar-links', {})).body
  }

  /** A device of acme that a person of a name had on the legacy platform. */
  async legacy(account: string): Promise<string> {
    const id = await this.device()
    await this.#world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/legacy/import', csv('account,serial,workspace,site', `${account},SN-${id},W,S`))
    return id
  }

  /** A webhook of acme, or of the seller, and a delivery to it. */
  async webhook(owner: 'acme' | 'seller' = 'acme'): Promise<{ path: string; delivery: string }> {
    const [as, base] = owner === 'acme' ? [{ role: 'admin' }, '/v1/webhooks'] as const : [{ role: 'vendor' }, '/v1/vendor/webhooks'] as const
    const { body: { items } } = await this.#world.ask<{ items: { id: string }[] }>(as, 'GET', base)
    for (const { id } of items) await this.#world.ask(as, 'DELETE', `${base}/${id}`)
    const { body: { id } } = await this.#world.ask<{ id: string }>(as, 'POST', base, { url: 'https://hooks.example/in', events: ['voucher.redeemed'] })
    await this.licensed()
    const log = await this.#world.ask<{ items: { id: string }[] }>(as, 'GET', `${base}/${id}/deliveries`)
    return { path: `${base}/${id}`, delivery: log.body.items[0]?.id ?? '' }
  }

  /** A device of acme on which a voucher stands. */
  async licensed(): Promise<string> {
    const id = await this.device()
    const { status } = await this.#world.ask({ role: 'member' }, 'POST', `/v1/devices/${id}/voucher`, { code: await this.code() })
    assert.equal(status, 200)
    return id
  }

  /** A reminder of acme: of a device with a week left, when the day's hour comes. */
  async reminder(): Promise<string> {
    const { database: { db }, now } = this.#world
    const id = newId(now)
    await db.insertInto('reminders').values({ workspace_id: 'acme', id, device_id: await this.licensed(), expires_at: now, rung: 7, day: 0, decided_at: now }).execute()
    return id
  }
}

const csv = (...lines: string[]): string => `${lines.join('\n')}\n`

/** One per route, by method and path; a route without one fails the matrix. */
export const EXAMPLES: Record<string, (fresh: Fresh) => Promise<Example> | Example> = {
  'get /v1/me': () => ({ path: '/v1/me' }),
  'get /v1/summary': () => ({ path: '/v1/summary' }),
  'get /v1/devices': () => ({ path: '/v1/devices?limit=1' }),
  'post /v1/devices': (fresh) => ({ path: '/v1/devices', body: { serial: fresh.name(), model: 'P100', name: 'New' } }),
  'get /v1/devices/{id}': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}` }),
  'delete /v1/devices/{id}': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}` }),
  'get /v1/devices/{id}/license': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/license` }),
  'get /v1/devices/{id}/features/{feature}': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/features/dashboard` }),
  'get /v1/sites/{id}/licensed-devices': () => ({ path: '/v1/sites/plant-1/licensed-devices' }),
  'post /v1/devices/{id}/entitlement': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/entitlement` }),
  'post /v1/licenses/query': async (fresh) => ({ path: '/v1/licenses/query', body: { deviceIds: [await fresh.device()] } }),
  'post /v1/devices/{id}/voucher': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/voucher`, body: { code: await fresh.code() } }),
  'post /v1/devices/{id}/voucher/preview': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/voucher/preview`, body: { code: await fresh.code() } }),
  'post /v1/devices/{id}/undo': async (fresh) => ({ path: `/v1/devices/${await fresh.licensed()}/undo` }),
  'post /v1/devices/{id}/trial': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/trial` }),
  'post /v1/devices/{id}/grace': async (fresh) => ({ path: `/v1/devices/${await fresh.legacy('member')}/grace` }),
  'post /v1/grace': async (fresh) => ({ path: '/v1/grace', body: { deviceIds: [await fresh.legacy('member')] } }),
  'put /v1/devices/{id}/renewal': async (fresh) => ({ path: `/v1/devices/${await fresh.device()}/renewal`, body: { planned: false } }),
  'post /v1/vendor/legacy/import': (fresh) => ({ path: '/v1/vendor/legacy/import', body: csv('account,serial,workspace,site', `ann,${fresh.name()},W,S`) }),
  'get /v1/events': () => ({ path: '/v1/events' }),
  'post /v1/alerts/{kind}/snooze': () => ({ path: '/v1/alerts/expired/snooze' }),
  'get /v1/devices/{id}/calendar': async (fresh) => ({ path: `/v1/devices/${await fresh.licensed()}/calendar` }),
  'post /v1/calendar-links': () => ({ path: '/v1/calendar-links', body: {} }),
  'get /v1/calendar-links': () => ({ path: '/v1/calendar-links?limit=1' }),
  'delete /v1/calendar-links/{id}': async (fresh) => ({ path: `/v1/calendar-links/${(await fresh.calendarLink()).id}` }),
  'get /v1/notifications': () => ({ path: '/v1/notifications?limit=1' }),
  'post /v1/notifications/{id}/read': async (fresh) => ({ path: `/v1/notifications/${await fresh.reminder()}/read` }),
  'post /v1/notifications/read': async (fresh) => ({ path: '/v1/notifications/read', body: { through: await fresh.reminder() } }),
  'post /v1/host/sessions': () => ({ path: '/v1/host/sessions', body: { subject: 'ann', workspace: 'acme', roles: ['viewer'] } }),
  'put /v1/host/workspaces/{id}': (fresh) => ({ path: `/v1/host/workspaces/${fresh.name()}`, body: { name: 'New', timeZone: 'UTC' } }),
  'put /v1/host/devices/{id}': (fresh) => ({ path: `/v1/host/devices/${fresh.name()}`, body: { workspace: 'acme', serial: fresh.name(), model: 'P100', name: 'New' } }),
  'delete /v1/host/devices/{id}': async (fresh) => ({ path: `/v1/host/devices/${await fresh.device()}?workspace=acme` }),
  'post /v1/host/devices': (fresh) => ({
    path: '/v1/host/devices', body: `${JSON.stringify({ workspace: 'acme', serial: fresh.name(), model: 'P100', name: 'New' })}\n`, headers: { 'content-type': 'application/x-ndjson' },
  }),
  'post /v1/vendor/vouchers': () => ({ path: '/v1/vendor/vouchers', body: { count: 1, days: 30 } }),
  'get /v1/vendor/vouchers': () => ({ path: '/v1/vendor/vouchers?limit=1' }),
  'post /v1/vendor/vouchers/{id}/revoke': async (fresh) => ({ path: `/v1/vendor/vouchers/${await fresh.voucher()}/revoke` }),
  'post /v1/vendor/vouchers/import': (fresh) => ({ path: '/v1/vendor/vouchers/import', body: csv('code,days', `IMPORTED${fresh.name().replace('-', '')},30`) }),
  'get /v1/vendor/devices': () => ({ path: '/v1/vendor/devices?limit=1' }),
  'post /v1/vendor/devices/import': (fresh) => ({ path: '/v1/vendor/devices/import', body: csv('workspace,serial,model,name', `acme,${fresh.name()},P100,New`) }),
  'post /v1/vendor/grants/import': async (fresh) => ({
    path: '/v1/vendor/grants/import',
    body: csv('workspace,serial,kind,firstDay,lastDay,reference', `acme,SN-${await fresh.device()},standard,2026-01-01,2026-12-31,${fresh.name()}`),
  }),
  ...Object.fromEntries((['acme', 'seller'] as const).flatMap((owner): [string, (fresh: Fresh) => Promise<Example>][] => {
    const base = owner === 'acme' ? '/v1/webhooks' : '/v1/vendor/webhooks'
    const body = { url: 'https://hooks.example/in', events: ['license.renewed'] }
    return [
      [`get ${base}`, async () => ({ path: `${base}?limit=1` })],
      // Others were made before, and there is a limit.
      [`post ${base}`, async (fresh) => { await fresh.webhook(owner); return { path: base, body } }],
      [`put ${base}/{id}`, async (fresh) => ({ path: (await fresh.webhook(owner)).path, body })],
      [`delete ${base}/{id}`, async (fresh) => ({ path: (await fresh.webhook(owner)).path })],
      [`post ${base}/{id}/rotate`, async (fresh) => ({ path: `${(await fresh.webhook(owner)).path}/rotate` })],
      [`get ${base}/{id}/deliveries`, async (fresh) => ({ path: `${(await fresh.webhook(owner)).path}/deliveries` })],
      [`post ${base}/{id}/deliveries/{deliveryId}/replay`, async (fresh) => {
        const { path, delivery } = await fresh.webhook(owner)
        return { path: `${path}/deliveries/${delivery}/replay` }
      }],
    ]
  })),
  'get /v1/vendor/audit': () => ({ path: '/v1/vendor/audit?limit=1' }),
}

import type { GrantView, LicenseView } from '../../../bff/ledger/view.ts'
import { type Answered, type As, START, type World } from '../engines.ts'

/** Any answer of the voucher routes: members of a success, or of a problem. */
export interface Told {
  outcome: string
  license: LicenseView
  grant: GrantView
  code: string
  status: number
  detail: string
  reason: string
  remedy: string
  retryAt: string
  triesLeft: number
  from: string
  expiresAt: string | null
  lastDay: string | null
  daysAdded: number
  daysKept: number
  featuresGained: string[]
}

/** A licence sold before: workspace and serial are the desk's. */
export interface Sold {
  device?: string
  kind?: string
  firstDay: string
  lastDay: string
  reference?: string
}

let count = 0

/** A name that no other test has. */
export function fresh(word: string): string {
  count += 1
  return `${word}-${count}`
}

/** A workspace of its own with its people, on a database that tests share. */
export class Desk {
  readonly world: World
  readonly workspace: string
  readonly member: As
  readonly admin: As
  readonly viewer: As

  private constructor(world: World) {
    this.world = world
    this.workspace = fresh('ws')
    this.member = this.as('member')
    this.admin = this.as('admin')
    this.viewer = this.as('viewer')
  }

  /** Opens a desk at the instant where tests begin. */
  static async open(world: World, { zone = 'Europe/Berlin', devices = ['pump-1'], at = '' } = {}): Promise<Desk> {
    const desk = new Desk(world)
    world.now = at === '' ? START : Date.parse(at)
    const many = devices.length > 10
    await world.setUp(desk.workspace, zone, many ? [] : devices)
    if (many) await desk.placeAll(devices)
    return desk
  }

  as(role: 'viewer' | 'member' | 'admin', name: string = role): As {
    return { role, workspace: this.workspace, subject: `${this.workspace} ${name}` }
  }

  async code(terms: Record<string, unknown> = {}): Promise<string> {
    return (await this.codes(1, terms))[0] ?? ''
  }

  codes(number: number, terms: Record<string, unknown> = {}): Promise<string[]> {
    return this.world.codes(number, terms)
  }

  redeem(code: unknown, device = 'pump-1', as = this.member, headers: Record<string, string> = {}): Promise<Answered<Told>> {
    return this.world.ask<Told>(as, 'POST', `/v1/devices/${device}/voucher`, { code }, headers)
  }

  preview(code: unknown, device = 'pump-1', as = this.member): Promise<Answered<Told>> {
    return this.world.ask<Told>(as, 'POST', `/v1/devices/${device}/voucher/preview`, { code })
  }

  undo(device = 'pump-1', as = this.admin, headers: Record<string, string> = {}): Promise<Answered<Told>> {
    return this.world.ask<Told>(as, 'POST', `/v1/devices/${device}/undo`, undefined, headers)
  }

  /** The licence with its ledger, as an admin sees it. */
  async license(device = 'pump-1', as = this.admin): Promise<LicenseView & { ledger: GrantView[] }> {
    return (await this.world.ask<LicenseView & { ledger: GrantView[] }>(as, 'GET', `/v1/devices/${device}/license`)).body
  }

  /** Imports licences that were sold before; answers the status. */
  async sell(...rows: Sold[]): Promise<number> {
    const lines = rows.map(({ device = 'pump-1', kind = 'standard', firstDay, lastDay, reference = fresh('order') }) =>
      [this.workspace, `SN-${this.workspace}-${device}`, kind, firstDay, lastDay, reference].join(','))
    const csv = ['workspace,serial,kind,firstDay,lastDay,reference', ...lines].join('\n')
    return (await this.world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', csv)).status
  }

  /** Creates or changes a device. */
  async place(device: string, model = 'P100'): Promise<number> {
    const body = { workspace: this.workspace, serial: `SN-${this.workspace}-${device}`, model, name: `Pump ${device}` }
    return (await this.world.ask({ role: 'host' }, 'PUT', `/v1/host/devices/${device}`, body)).status
  }

  /** Creates many devices at once. */
  async placeAll(devices: readonly string[]): Promise<void> {
    const lines = devices.map((id) => JSON.stringify({ id, workspace: this.workspace, serial: `SN-${this.workspace}-${id}`, model: 'P100', name: `Pump ${id}` }))
    await this.world.ask({ role: 'host' }, 'POST', '/v1/host/devices', lines.join('\n'), { 'content-type': 'application/x-ndjson' })
  }

  async moveTo(timeZone: string): Promise<number> {
    return (await this.world.ask({ role: 'host' }, 'PUT', `/v1/host/workspaces/${this.workspace}`, { name: this.workspace, timeZone })).status
  }

  /** Issues one voucher; answers its code and id. */
  async issue(terms: Record<string, unknown> = {}): Promise<{ code: string; id: string }> {
    const { body } = await this.world.ask<{ items: { code: string; id: string }[] }>(
      { role: 'vendor' }, 'POST', '/v1/vendor/vouchers', { count: 1, days: 365, ...terms })
    return body.items[0] ?? { code: '', id: '' }
  }

  async revoke(id: string): Promise<number> {
    return (await this.world.ask({ role: 'vendor' }, 'POST', `/v1/vendor/vouchers/${id}/revoke`)).status
  }

  /** Imports vouchers with codes of somebody else's; answers the status. */
  async bring(...rows: { code: string; days?: number }[]): Promise<number> {
    const csv = ['code,days', ...rows.map(({ code, days = 30 }) => `${code},${days}`)].join('\n')
    return (await this.world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/vouchers/import', csv)).status
  }

  /** Moves the clock to an instant. */
  set now(at: string) {
    this.world.now = Date.parse(at)
  }
}

/** Status and code of an answer, or its outcome: `409 voucher-used`, `200 renewed`. */
export function verdict({ status, body }: Answered<Told>): string {
  return `${status} ${status < 400 ? body.outcome ?? 'ok' : body.code}`
}

/** A code of our shape with right check signs that nobody issued. */
export const UNKNOWN = '7KDRQ4MXT9E8KQF23WRH'

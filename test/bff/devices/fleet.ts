import type { DeviceView, GrantView, LicenseView } from '../../../bff/ledger/view.ts'
import type { Answered, As, World } from '../engines.ts'

/** Any answer about a device: its members, or those of a problem. */
export type Told = DeviceView & {
  code: string
  detail: string
  reason: string
  remedy: string | null
  deviceId: string
  errors: { pointer?: string; line?: number; column?: string; detail?: string; reason?: string }[]
}

let count = 0

/** A word that no other test has. */
export function fresh(word: string): string {
  count += 1
  return `${word}-${count}`
}

/** A workspace of its own on a database that tests share, with what can be done to its devices. */
export class Fleet {
  readonly world: World
  readonly workspace: string

  private constructor(world: World, workspace: string) {
    this.world = world
    this.workspace = workspace
  }

  static async open(world: World, timeZone = 'Europe/Berlin'): Promise<Fleet> {
    const fleet = new Fleet(world, fresh('fleet'))
    await world.ask({ role: 'host' }, 'PUT', `/v1/host/workspaces/${fleet.workspace}`, { name: fleet.workspace, timeZone })
    return fleet
  }

  as(role: 'viewer' | 'member' | 'admin'): As {
    return { role, workspace: this.workspace, subject: `${role} of ${this.workspace}` }
  }

  /** A portal's person adds a device. */
  add(device: object, role: 'viewer' | 'member' | 'admin' = 'admin'): Promise<Answered<Told>> {
    return this.world.ask<Told>(this.as(role), 'POST', '/v1/devices', { model: 'P100', name: 'Pump', ...device })
  }

  get(id: string, role: 'viewer' | 'member' | 'admin' = 'viewer'): Promise<Answered<Told>> {
    return this.world.ask<Told>(this.as(role), 'GET', `/v1/devices/${id}`)
  }

  remove(id: string, role: 'viewer' | 'member' | 'admin' = 'admin'): Promise<Answered<Told>> {
    return this.world.ask<Told>(this.as(role), 'DELETE', `/v1/devices/${id}`)
  }

  /** The host's server creates or changes a device. */
  put(id: string, device: object): Promise<Answered<Told>> {
    return this.world.ask<Told>({ role: 'host' }, 'PUT', `/v1/host/devices/${id}`, { workspace: this.workspace, model: 'P100', name: 'Pump', ...device })
  }

  async ledger(id: string): Promise<(LicenseView & { ledger: GrantView[] })> {
    return (await this.world.ask<LicenseView & { ledger: GrantView[] }>(this.as('admin'), 'GET', `/v1/devices/${id}/license`)).body
  }

  /** Redeems a new voucher; answers its id in the ledger. */
  async license(id: string, terms: object = {}): Promise<string> {
    const [code] = await this.world.codes(1, { ...terms })
    const { body } = await this.world.ask<{ grant: GrantView }>(this.as('member'), 'POST', `/v1/devices/${id}/voucher`, { code })
    return body.grant.id
  }

  /** Licences sold before, one a row: device's serial, kind, first and last day. */
  async sell(...rows: [serial: string, kind: string, firstDay: string, lastDay: string][]): Promise<number> {
    const lines = rows.map((row) => [this.workspace, ...row, fresh('order')].join(','))
    return (await this.world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', ['workspace,serial,kind,firstDay,lastDay,reference', ...lines].join('\n'))).status
  }

  /** What the audit says of a device, oldest first. */
  async audit(id: string): Promise<{ action: string; before: unknown; after: unknown }[]> {
    const { body } = await this.world.ask<{ items: { action: string; before: unknown; after: unknown }[] }>(
      { role: 'vendor' }, 'GET', `/v1/vendor/audit?workspace=${this.workspace}&device=${id}`)
    return body.items.map(({ action, before, after }) => ({ action, before, after })).reverse()
  }
}

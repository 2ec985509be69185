import type { LitElement } from 'lit'
import { problemOf, ProblemError } from '../shared/client.ts'
import { LicenseDeviceAddEvent } from '../shared/events.ts'
import { Keys } from '../shared/keys.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { NewDevice, ProblemBody } from '../shared/wire.ts'
import type { WizardText } from './welcome-wizard.texts.ts'

/** The fields of the form, in order. */
export const FIELDS = ['serial', 'model', 'name'] as const
export type Field = (typeof FIELDS)[number]

/** What is wrong. */
export interface Fault {
  /** The field that is wrong; null where it is none of them. */
  field: Field | null
  text: WizardText
  /** What the host says of it, in place of the text. */
  said: string | null
  /** The device that is there already. */
  deviceId: string | null
  /** Whether support can help. */
  support: boolean
}

function fault(field: Field | null, text: WizardText, more: Partial<Fault> = {}): Fault {
  return { field, text, said: null, deviceId: null, support: false, ...more }
}

/** What is missing before a device can be added. */
export function missing(device: NewDevice): Fault[] {
  return FIELDS.filter((field) => device[field].trim() === '').map((field) => fault(field, `wizard.${field}-empty`))
}

/** Adds devices: by the host where it does so, else by the BFF. */
export class Adding {
  running = false
  faults: readonly Fault[] = []
  readonly #host: LitElement
  readonly #keys = new Keys()

  constructor(host: LitElement) {
    this.#host = host
  }

  /** Adds a device; answers its id, or null where it was not added. */
  async add(store: LicenseStore, device: NewDevice): Promise<string | null> {
    if (this.running) return null
    this.faults = missing(device)
    this.#host.requestUpdate()
    if (this.faults.length > 0) return null
    const request = new LicenseDeviceAddEvent(device)
    const own = this.#host.dispatchEvent(request)
    if (!own && request.response === null) return null
    this.running = true
    this.#host.requestUpdate()
    let id: string | null = null
    try {
      id = request.response === null ? (await this.#keys.use(JSON.stringify(device), (key) => store.addDevice(device, key))).id : String(await request.response)
    } catch (error) {
      this.faults = [error instanceof ProblemError ? faultOf(problemOf(error)) : fault(null, 'wizard.failed', { said: saidBy(error) })]
    }
    this.running = false
    this.#host.requestUpdate()
    return id
  }

  /** A field was changed: what was told of it may not hold any more. */
  changed(field: Field): void {
    this.faults = this.faults.filter((one) => one.field !== field && one.field !== null)
  }
}

/** What a host says of its own failure. */
function saidBy(error: unknown): string | null {
  return error instanceof Error && error.message !== '' ? error.message : null
}

function faultOf({ code, status, errors = [], deviceId }: ProblemBody): Fault {
  if (code === 'device-exists') return fault('serial', 'wizard.exists', { deviceId: deviceId ?? null })
  if (code === 'device-claimed') return fault('serial', 'wizard.claimed', { support: true })
  if (code === 'unreachable') return fault(null, 'wizard.unanswered')
  const field = FIELDS.find((one) => errors.some(({ pointer }) => pointer === `/${one}`))
  if (field !== undefined) return fault(field, 'wizard.invalid', { support: field === 'serial' })
  if (status === 401) return fault(null, 'start.signed-out')
  return fault(null, status === 403 ? 'wizard.role' : 'wizard.failed')
}

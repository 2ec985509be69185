import type { LicenseNavigateEvent } from './navigate.ts'
import type { Alert, LicenseView, NewDevice, ProblemBody } from './wire.ts'

export { LicenseNavigateEvent } from './navigate.ts'

const REQUEST = { bubbles: true, composed: true, cancelable: true } as const
const FACT = { bubbles: true, composed: true } as const

/** Somebody asks for something about one device. A host that has a way of its own for it cancels the event. */
class DeviceRequestEvent extends Event {
  readonly deviceId: string

  constructor(type: string, deviceId: string) {
    super(type, REQUEST)
    this.deviceId = deviceId
  }
}

/** Somebody wants to enter a voucher code for a device without a licence. */
export class LicenseActivateRequestEvent extends DeviceRequestEvent {
  static readonly type = 'license-activate-request'

  constructor(deviceId: string) {
    super(LicenseActivateRequestEvent.type, deviceId)
  }
}

/** Somebody wants to enter a voucher code for a device that has or had a licence. */
export class LicenseRenewRequestEvent extends DeviceRequestEvent {
  static readonly type = 'license-renew-request'

  constructor(deviceId: string) {
    super(LicenseRenewRequestEvent.type, deviceId)
  }
}

/** Somebody wants the latest redemption on a device to be undone. */
export class LicenseUndoRequestEvent extends DeviceRequestEvent {
  static readonly type = 'license-undo-request'

  constructor(deviceId: string) {
    super(LicenseUndoRequestEvent.type, deviceId)
  }
}

/** Somebody wants to reach sales, for some devices or for none in particular. */
export class LicenseContactRequestEvent extends Event {
  static readonly type = 'license-contact-request'
  readonly deviceIds: readonly string[]

  constructor(deviceIds: readonly string[]) {
    super(LicenseContactRequestEvent.type, REQUEST)
    this.deviceIds = deviceIds
  }
}

/** Somebody wants to reach support. */
export class LicenseSupportRequestEvent extends Event {
  static readonly type = 'license-support-request'
  readonly deviceIds: readonly string[]

  constructor(deviceIds: readonly string[]) {
    super(LicenseSupportRequestEvent.type, REQUEST)
    this.deviceIds = deviceIds
  }
}

/** Somebody wants to start the trial of a device. */
export class LicenseTrialRequestEvent extends DeviceRequestEvent {
  static readonly type = 'license-trial-request'

  constructor(deviceId: string) {
    super(LicenseTrialRequestEvent.type, deviceId)
  }
}

/** Somebody wants to start the grace period of some devices; none are named where it is every device that can have it. */
export class LicenseGraceRequestEvent extends Event {
  static readonly type = 'license-grace-request'
  readonly deviceIds: readonly string[]

  constructor(deviceIds: readonly string[]) {
    super(LicenseGraceRequestEvent.type, REQUEST)
    this.deviceIds = deviceIds
  }
}

/** Somebody wants to add a device. A host that adds it itself says so by `respondWith`; one that leads elsewhere cancels the
 * event; otherwise it is added by the BFF. */
export class LicenseDeviceAddEvent extends Event {
  static readonly type = 'license-device-add'
  readonly device: Readonly<NewDevice>
  /** The id of the device that the host adds; null where it does not. */
  response: Promise<string> | null = null

  constructor(device: NewDevice) {
    super(LicenseDeviceAddEvent.type, REQUEST)
    this.device = device
  }

  get serial(): string {
    return this.device.serial
  }

  get model(): string {
    return this.device.model
  }

  /** What the device is called. */
  get name(): string {
    return this.device.name
  }

  /** Takes the id of the device, once it is added. What it fails with is told if it is an Error with a message. */
  respondWith(id: Promise<string> | string): void {
    this.response = Promise.resolve(id)
    this.preventDefault()
  }
}

/** The counts of the warnings that a person is shown are others than they were; those that are snoozed count 0. */
export class LicenseAlertsChangedEvent extends Event implements Record<Alert, number> {
  static readonly type = 'license-alerts-changed'
  readonly expired: number
  readonly expiring: number
  readonly grace: number

  constructor({ expired, expiring, grace }: Record<Alert, number>) {
    super(LicenseAlertsChangedEvent.type, FACT)
    this.expired = expired
    this.expiring = expiring
    this.grace = grace
  }
}

/** A licence is another than it was: it was redeemed, undone, changed by somebody else, or by time. */
export class LicenseChangedEvent extends Event {
  static readonly type = 'license-changed'
  readonly deviceId: string
  readonly license: LicenseView

  constructor(license: LicenseView) {
    super(LicenseChangedEvent.type, FACT)
    this.deviceId = license.deviceId
    this.license = license
  }
}

/** The BFF refused something, or could not be reached. */
export class LicenseErrorEvent extends Event {
  static readonly type = 'license-error'
  readonly problem: ProblemBody

  constructor(problem: ProblemBody) {
    super(LicenseErrorEvent.type, FACT)
    this.problem = problem
  }
}

/** Nobody is signed in any more, and asking for another token did not help. */
export class LicenseAuthRequiredEvent extends Event {
  static readonly type = 'license-auth-required'

  constructor() {
    super(LicenseAuthRequiredEvent.type, FACT)
  }
}

/** What is heard on elements and, as all of it bubbles, on the document and the window. */
export interface LicenseEventMap {
  'license-activate-request': LicenseActivateRequestEvent
  'license-renew-request': LicenseRenewRequestEvent
  'license-undo-request': LicenseUndoRequestEvent
  'license-contact-request': LicenseContactRequestEvent
  'license-support-request': LicenseSupportRequestEvent
  'license-trial-request': LicenseTrialRequestEvent
  'license-grace-request': LicenseGraceRequestEvent
  'license-device-add': LicenseDeviceAddEvent
  'license-alerts-changed': LicenseAlertsChangedEvent
  'license-navigate': LicenseNavigateEvent
  'license-changed': LicenseChangedEvent
  'license-error': LicenseErrorEvent
  'license-auth-required': LicenseAuthRequiredEvent
}

declare global {
  interface HTMLElementEventMap extends LicenseEventMap {}
  interface DocumentEventMap extends LicenseEventMap {}
  interface WindowEventMap extends LicenseEventMap {}
}

import type { LicenseNavigateEvent } from './navigate.ts'
import type { LicenseView, ProblemBody } from './wire.ts'

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

declare global {
  interface HTMLElementEventMap {
    'license-activate-request': LicenseActivateRequestEvent
    'license-renew-request': LicenseRenewRequestEvent
    'license-undo-request': LicenseUndoRequestEvent
    'license-contact-request': LicenseContactRequestEvent
    'license-support-request': LicenseSupportRequestEvent
    'license-navigate': LicenseNavigateEvent
    'license-changed': LicenseChangedEvent
    'license-error': LicenseErrorEvent
    'license-auth-required': LicenseAuthRequiredEvent
  }
}

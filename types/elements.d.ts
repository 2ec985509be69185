/** What a page can give to every element and hear from it. Made by `npm run manifest` from the elements' docblocks. */
import type {
  ContactSalesModal,
  GraceBanner,
  LicenseActivateRequestEvent,
  LicenseAlerts,
  LicenseAlertsChangedEvent,
  LicenseAuthRequiredEvent,
  LicenseBadge,
  LicenseChangedEvent,
  LicenseContactRequestEvent,
  LicenseDeviceAddEvent,
  LicenseErrorEvent,
  LicenseFeatures,
  LicenseGate,
  LicenseGraceRequestEvent,
  LicenseNavigateEvent,
  LicenseNotifications,
  LicenseProvider,
  LicenseRenewRequestEvent,
  LicenseSupportButton,
  LicenseSupportRequestEvent,
  LicenseTab,
  LicenseTrialRequestEvent,
  LicenseUndoRequestEvent,
  TrialOffer,
  VoucherModal,
  WelcomeWizard,
} from 'license-elements'

/** What bubbles out of the elements that stand in another. */
type Bubbling = Pick<HTMLElementEventMap, Extract<keyof HTMLElementEventMap, `license-${string}`>>

/** The elements by their tags. */
export interface LicenseElements {
  /** The dialog by which sales are asked for voucher codes. */
  'contact-sales-modal': {
    element: ContactSalesModal
    properties: Pick<ContactSalesModal, 'deviceId' | 'deviceIds' | 'wantedDate' | 'open'>
    attributes: {
      /** A device for which codes are wanted. */
      'device-id': ContactSalesModal['deviceId']
      /** The date by which codes are needed, such as `2026-11-25`; left out, the earliest last day of the devices that is still ahead. */
      'wanted-date': ContactSalesModal['wantedDate']
    }
    events: {
      /** The link to the website of sales is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
      /** The dialog was closed. It does not bubble. */
      'close': Event
    }
  }
  /** Starts the grace period on every device that can have it. */
  'grace-banner': {
    element: GraceBanner
    properties: Pick<GraceBanner, 'row'>
    attributes: {}
    events: {
      /** Somebody wants to start the grace period on every device that can have it; `deviceIds` is empty. Cancel it to start it yourself. */
      'license-grace-request': LicenseGraceRequestEvent
      /** Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown. */
      'license-support-request': LicenseSupportRequestEvent
      /** Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens. */
      'license-contact-request': LicenseContactRequestEvent
      /** A link to a device is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
    }
  }
  /** The warnings of a workspace, for the page that lists its devices. */
  'license-alerts': {
    element: LicenseAlerts
    properties: Pick<LicenseAlerts, never>
    attributes: {}
    events: {
      /** The counts are others than they were, and once at first: `expired`, `expiring` and `grace`; of what the person has put off 0. Not cancelable. */
      'license-alerts-changed': LicenseAlertsChangedEvent
      /** The link to the list of devices is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
      /** Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown. */
      'license-support-request': LicenseSupportRequestEvent
      /** Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens. */
      'license-contact-request': LicenseContactRequestEvent
      /** Somebody wants to start the grace period on every device that can have it. Cancel it to start it yourself. */
      'license-grace-request': LicenseGraceRequestEvent
    }
  }
  /** The state of a device's licence, for rows, cards and headings. */
  'license-badge': {
    element: LicenseBadge
    properties: Pick<LicenseBadge, 'deviceId' | 'license' | 'compact' | 'linked'>
    attributes: {
      /** The device whose licence is shown, as the provider knows it. */
      'device-id': LicenseBadge['deviceId']
    }
    events: {
      /** The link of a linked badge is about to be followed: `href` and `deviceId`. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
    }
  }
  /** What a licence opens, by its status. */
  'license-features': {
    element: LicenseFeatures
    properties: Pick<LicenseFeatures, 'deviceId'>
    attributes: {
      /** The device whose present status is marked; may be left out. */
      'device-id': LicenseFeatures['deviceId']
    }
    events: {}
  }
  /** Shows its content only where the licence opens a feature. */
  'license-gate': {
    element: LicenseGate
    properties: Pick<LicenseGate, 'deviceId' | 'feature'>
    attributes: {
      /** The device whose licence counts. */
      'device-id': LicenseGate['deviceId']
    }
    events: Bubbling & {
      /** Somebody wants to enter a voucher code for a device without a license. Cancel it to show a flow of your own; otherwise the voucher dialog opens. */
      'license-activate-request': LicenseActivateRequestEvent
      /** The same for a device that has or had a license. */
      'license-renew-request': LicenseRenewRequestEvent
      /** Somebody wants to reach sales; `deviceIds` names the device. Cancel it to show a form of your own. */
      'license-contact-request': LicenseContactRequestEvent
      /** The link to the License tab is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
    }
  }
  /** Reminders about licences that end, behind a bell. */
  'license-notifications': {
    element: LicenseNotifications
    properties: Pick<LicenseNotifications, never>
    attributes: {}
    events: {
      /** The link to a device's License tab is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
    }
  }
  /** Connects the elements inside it to a BFF. */
  'license-provider': {
    element: LicenseProvider
    properties: Pick<LicenseProvider, 'baseUrl' | 'locale' | 'getToken' | 'fetch' | 'texts'>
    attributes: {
      /** Where the BFF is, such as `https://licenses.example`; empty for the page's own origin. */
      'base-url': LicenseProvider['baseUrl']
    }
    events: Bubbling & {
      /** It is there, for elements that look for it. Not cancelable. */
      'context-provider': Event
      /** A licence is another than it was. Not cancelable. */
      'license-changed': LicenseChangedEvent
      /** The BFF refused something or could not be reached; `problem` says what. Not cancelable. */
      'license-error': LicenseErrorEvent
      /** Nobody is signed in, and a fresh token did not help. Not cancelable. */
      'license-auth-required': LicenseAuthRequiredEvent
    }
  }
  /** The way to support, on every page. */
  'license-support-button': {
    element: LicenseSupportButton
    properties: Pick<LicenseSupportButton, never>
    attributes: {}
    events: {
      /** Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown. */
      'license-support-request': LicenseSupportRequestEvent
      /** Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens. */
      'license-contact-request': LicenseContactRequestEvent
      /** The link to the website of support is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
    }
  }
  /** The License tab of a device. */
  'license-tab': {
    element: LicenseTab
    properties: Pick<LicenseTab, 'deviceId'>
    attributes: {
      /** The device whose licence is shown. */
      'device-id': LicenseTab['deviceId']
    }
    events: {
      /** Somebody wants to enter a voucher code for a device without a license. Cancel it to show a flow of your own; otherwise the voucher dialog opens. */
      'license-activate-request': LicenseActivateRequestEvent
      /** The same for a device that has or had a license. */
      'license-renew-request': LicenseRenewRequestEvent
      /** Somebody wants to reach sales; `deviceIds` names the device. Cancel it to show a form of your own. */
      'license-contact-request': LicenseContactRequestEvent
      /** Somebody wants the latest redemption to be undone. Cancel it to ask in a way of your own. */
      'license-undo-request': LicenseUndoRequestEvent
      /** Somebody wants to start the trial. Cancel it to ask in a way of your own. */
      'license-trial-request': LicenseTrialRequestEvent
      /** Somebody wants to start the grace period; `deviceIds` names the device. Cancel it to ask in a way of your own. */
      'license-grace-request': LicenseGraceRequestEvent
      /** Somebody wants to reach support; `deviceIds` names the device. Cancel it to show a way of your own. */
      'license-support-request': LicenseSupportRequestEvent
      /** A link to the website of sales or support is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
    }
  }
  /** Offers the first-device trial. */
  'trial-offer': {
    element: TrialOffer
    properties: Pick<TrialOffer, 'deviceId'>
    attributes: {
      /** The device. */
      'device-id': TrialOffer['deviceId']
    }
    events: {
      /** Somebody wants to start the trial. Cancel it to start it yourself. */
      'license-trial-request': LicenseTrialRequestEvent
    }
  }
  /** The dialog in which a voucher code is redeemed for a device. */
  'voucher-modal': {
    element: VoucherModal
    properties: Pick<VoucherModal, 'deviceId' | 'open'>
    attributes: {
      /** The device on which a code is redeemed. */
      'device-id': VoucherModal['deviceId']
    }
    events: {
      /** Somebody wants to reach sales; `deviceIds` names the device. Cancel it to show a form of your own; otherwise the dialog of sales opens. */
      'license-contact-request': LicenseContactRequestEvent
      /** The dialog was closed. It does not bubble. */
      'close': Event
    }
  }
  /** Adds a device: serial number, model and name, then the trial. */
  'welcome-wizard': {
    element: WelcomeWizard
    properties: Pick<WelcomeWizard, 'deviceId' | 'models' | 'siteId' | 'open'>
    attributes: {
      /** A device that is there already: the trial of it is offered at once. */
      'device-id': WelcomeWizard['deviceId']
      /** The site to which devices are added. */
      'site-id': WelcomeWizard['siteId']
    }
    events: {
      /** Somebody wants to add a device: `serial`, `model`, `name`. A host that adds it itself calls `respondWith` with a promise of its id; cancel it to lead elsewhere; otherwise the BFF adds it. */
      'license-device-add': LicenseDeviceAddEvent
      /** Somebody wants to start the trial. Cancel it to start it yourself. */
      'license-trial-request': LicenseTrialRequestEvent
      /** Somebody wants to enter a voucher code. Cancel it to show a flow of your own; otherwise the voucher dialog opens. */
      'license-activate-request': LicenseActivateRequestEvent
      /** The same for a device that had a license before. */
      'license-renew-request': LicenseRenewRequestEvent
      /** Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown. */
      'license-support-request': LicenseSupportRequestEvent
      /** Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens. */
      'license-contact-request': LicenseContactRequestEvent
      /** The link to the device is about to be followed. Cancel it to go there yourself. */
      'license-navigate': LicenseNavigateEvent
      /** The dialog was closed. It does not bubble. */
      'close': Event
    }
  }
}

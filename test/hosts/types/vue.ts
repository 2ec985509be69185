// What a template in Vue would be checked against, right and wrong: the compiler reads it, and nothing runs it.
import type { LicenseNavigateEvent } from 'license-elements'
import type {} from 'license-elements/vue'
import type { GlobalComponents } from 'vue'

type Component<Tag extends keyof GlobalComponents> = InstanceType<GlobalComponents[Tag]>
type Props<Tag extends keyof GlobalComponents> = Component<Tag>['$props']

export const badge: Props<'license-badge'> = { deviceId: 'pump-north', linked: true, class: ['wide'], key: 'pump' }
export const provider: Props<'license-provider'> = { 'base-url': 'https://licenses.example', getToken: () => 'token' }
export const emits = (badgeOf: Component<'license-badge'>, event: LicenseNavigateEvent): void => { badgeOf.$emit('license-navigate', event) }
export const bubbles = (providerOf: Component<'license-provider'>, event: LicenseNavigateEvent): void => { providerOf.$emit('license-navigate', event) }
export const methods = (modal: Component<'voucher-modal'>): void => { modal.show() }

// @ts-expect-error There is no such property.
export const noProperty: Props<'license-badge'> = { linkt: true }
// @ts-expect-error Not text.
export const noText: Props<'license-badge'> = { deviceId: 7 }
// @ts-expect-error The gate says that itself.
export const noState: Props<'license-gate'> = { state: 'open' }
// @ts-expect-error A badge has no such event.
export const noEvent = (badgeOf: Component<'license-badge'>): void => { badgeOf.$emit('license-changed', new Event('license-changed')) }
// @ts-expect-error Not the event of a click.
export const noClick = (badgeOf: Component<'license-badge'>): void => { badgeOf.$emit('license-navigate', new MouseEvent('click')) }
// @ts-expect-error Not so registered.
export type Misspelt = Component<'license-bagde'>

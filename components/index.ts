import { LicenseBadge } from './license-badge/license-badge.ts'
import { LicenseProvider } from './license-provider/license-provider.ts'
import { define } from './shared/define.ts'

export { LicenseBadge, LicenseProvider }
export * from './shared/events.ts'
export type { Text, TextOverrides } from './shared/localize.ts'
export type * from './shared/wire.ts'

// The provider first: the elements inside it then find it as soon as they are there.
define('license-provider', LicenseProvider)
define('license-badge', LicenseBadge)

declare global {
  interface HTMLElementTagNameMap {
    'license-provider': LicenseProvider
    'license-badge': LicenseBadge
  }
}

import { ContactSalesModal } from './contact-sales-modal/contact-sales-modal.ts'
import { LicenseBadge } from './license-badge/license-badge.ts'
import { LicenseProvider } from './license-provider/license-provider.ts'
import { LicenseTab } from './license-tab/license-tab.ts'
import { define } from './shared/define.ts'
import { VoucherModal } from './voucher-modal/voucher-modal.ts'

export { ContactSalesModal, LicenseBadge, LicenseProvider, LicenseTab, VoucherModal }
export * from './shared/events.ts'
export type { Text, TextOverrides } from './shared/texts.ts'
export type * from './shared/wire.ts'

// The provider first: the elements inside it then find it as soon as they are there.
define('license-provider', LicenseProvider)
define('license-badge', LicenseBadge)
define('license-tab', LicenseTab)
define('contact-sales-modal', ContactSalesModal)
define('voucher-modal', VoucherModal)

declare global {
  interface HTMLElementTagNameMap {
    'license-provider': LicenseProvider
    'license-badge': LicenseBadge
    'license-tab': LicenseTab
    'contact-sales-modal': ContactSalesModal
    'voucher-modal': VoucherModal
  }
}

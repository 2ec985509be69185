import { ContactSalesModal } from './contact-sales-modal/contact-sales-modal.ts'
import { GraceBanner } from './grace-banner/grace-banner.ts'
import { LicenseAlerts } from './license-alerts/license-alerts.ts'
import { LicenseBadge } from './license-badge/license-badge.ts'
import { LicenseFeatures } from './license-features/license-features.ts'
import { LicenseGate } from './license-gate/license-gate.ts'
import { LicenseNotifications } from './license-notifications/license-notifications.ts'
import { LicenseProvider } from './license-provider/license-provider.ts'
import { LicenseSupportButton } from './license-support-button/license-support-button.ts'
import { LicenseTab } from './license-tab/license-tab.ts'
import { define } from './shared/define.ts'
import { TrialOffer } from './trial-offer/trial-offer.ts'
import { VoucherModal } from './voucher-modal/voucher-modal.ts'
import { WelcomeWizard } from './welcome-wizard/welcome-wizard.ts'

export {
  ContactSalesModal, GraceBanner, LicenseAlerts, LicenseBadge, LicenseFeatures, LicenseGate, LicenseNotifications, LicenseProvider, LicenseSupportButton,
  LicenseTab, TrialOffer, VoucherModal, WelcomeWizard,
}
export type { Language, TextKey } from './languages/keys.ts'
export * from './shared/events.ts'
export { registerTexts } from './shared/languages.ts'
export type { Text, TextOverrides } from './shared/texts.ts'
export type * from './shared/wire.ts'

// The provider first: the elements inside it then find it as soon as they are there.
define('license-provider', LicenseProvider)
define('license-badge', LicenseBadge)
define('license-tab', LicenseTab)
define('license-gate', LicenseGate)
define('license-features', LicenseFeatures)
define('contact-sales-modal', ContactSalesModal)
define('voucher-modal', VoucherModal)
define('grace-banner', GraceBanner)
define('license-alerts', LicenseAlerts)
define('trial-offer', TrialOffer)
define('welcome-wizard', WelcomeWizard)
define('license-support-button', LicenseSupportButton)
define('license-notifications', LicenseNotifications)

declare global {
  interface HTMLElementTagNameMap {
    'license-provider': LicenseProvider
    'license-badge': LicenseBadge
    'license-tab': LicenseTab
    'license-gate': LicenseGate
    'license-features': LicenseFeatures
    'contact-sales-modal': ContactSalesModal
    'voucher-modal': VoucherModal
    'grace-banner': GraceBanner
    'license-alerts': LicenseAlerts
    'trial-offer': TrialOffer
    'welcome-wizard': WelcomeWizard
    'license-support-button': LicenseSupportButton
    'license-notifications': LicenseNotifications
  }
}

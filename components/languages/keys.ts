import type { ContactText } from '../contact-sales-modal/contact-sales-modal.texts.ts'
import type { BannerText } from '../grace-banner/grace-banner.texts.ts'
import type { AlertsText } from '../license-alerts/license-alerts.texts.ts'
import type { FeaturesText } from '../license-features/license-features.texts.ts'
import type { GateText } from '../license-gate/license-gate.texts.ts'
import type { NotificationsText } from '../license-notifications/license-notifications.texts.ts'
import type { Texts } from '../shared/texts.ts'
import type { VoucherText } from '../voucher-modal/voucher-modal.texts.ts'
import type { WizardText } from '../welcome-wizard/welcome-wizard.texts.ts'

/** The key of a text of any element. */
export type TextKey = AlertsText | BannerText | ContactText | FeaturesText | GateText | NotificationsText | VoucherText | WizardText

/** Every text of every element, in one language. */
export type Language = Texts<TextKey>

/** Those of its texts whose keys begin so. */
export type Part<P extends string> = Texts<Extract<TextKey, `${P}.${string}`>>

import { snoozeTexts, type SnoozeText } from '../shared/snooze.texts.ts'
import { startTexts, type StartText } from '../shared/start.texts.ts'
import { supportTexts, type SupportText } from '../shared/support.texts.ts'
import type { Texts } from '../shared/texts.ts'

const en = {
  'banner.eligible': { one: '{count} device can have a grace period of {days}.', other: '{count} devices can have a grace period of {days}.' },
  'banner.eligible-any': { one: '{count} device can have a grace period.', other: '{count} devices can have a grace period.' },
  'banner.until': 'From today until {day}.',
  'banner.others': { one: '{count} other is not eligible.', other: '{count} others are not eligible.' },
  'banner.role': 'A member or an administrator can start it.',
  'banner.activate': 'Activate for all ({count})',
  'banner.running': 'Activating…',
  'banner.details': 'Details',
  'banner.close': 'Close',
  'banner.started': { one: 'The grace period of {count} device has started.', other: 'The grace period of {count} devices has started.' },
  'banner.open-until': 'Everything is open until {day}, end of day.',
  'banner.not-started': { one: '{count} has not started.', other: '{count} have not started.' },
  'banner.none-started': 'Nothing was left to start.',
  'banner.loading': 'Loading devices…',
  'banner.loading-failed': 'The devices could not be loaded.',
  'banner.more': { one: 'Show {count} more', other: 'Show {count} more' },
  'banner.help': 'If a device should be eligible, support can look into it.',
  'banner.group-started': 'Started',
  'banner.group-not-legacy': 'Not from the old platform',
  'banner.group-claimed-by-other': 'Claimed by another account',
  'banner.group-in-several-workspaces': 'In several workspaces',
  'banner.group-in-several-sites': 'In several sites',
  'banner.group-already-used': 'Used already',
  'banner.group-already-licensed': 'Licensed already',
  'banner.group-window-closed': 'Too late',
} satisfies Texts

/** Keys of the banner's texts. */
export type BannerText = keyof typeof en | SnoozeText | StartText | SupportText

const de: Texts<keyof typeof en> = {
  'banner.eligible': { one: '{count} Gerät kann eine Übergangsfrist von {days} haben.', other: '{count} Geräte können eine Übergangsfrist von {days} haben.' },
  'banner.eligible-any': { one: '{count} Gerät kann eine Übergangsfrist haben.', other: '{count} Geräte können eine Übergangsfrist haben.' },
  'banner.until': 'Ab heute bis {day}.',
  'banner.others': { one: '{count} anderes ist nicht berechtigt.', other: '{count} andere sind nicht berechtigt.' },
  'banner.role': 'Ein Mitglied oder die Administration kann sie beginnen.',
  'banner.activate': 'Für alle aktivieren ({count})',
  'banner.running': 'Wird aktiviert…',
  'banner.details': 'Details',
  'banner.close': 'Schließen',
  'banner.started': { one: 'Die Übergangsfrist von {count} Gerät hat begonnen.', other: 'Die Übergangsfrist von {count} Geräten hat begonnen.' },
  'banner.open-until': 'Bis zum {day}, Tagesende, ist alles freigeschaltet.',
  'banner.not-started': { one: '{count} hat nicht begonnen.', other: '{count} haben nicht begonnen.' },
  'banner.none-started': 'Es war nichts mehr zu starten.',
  'banner.loading': 'Geräte werden geladen…',
  'banner.loading-failed': 'Die Geräte konnten nicht geladen werden.',
  'banner.more': { one: '{count} weiteres zeigen', other: '{count} weitere zeigen' },
  'banner.help': 'Sollte ein Gerät berechtigt sein, kann der Support das prüfen.',
  'banner.group-started': 'Begonnen',
  'banner.group-not-legacy': 'Nicht von der alten Plattform',
  'banner.group-claimed-by-other': 'Gehört zu einem anderen Konto',
  'banner.group-in-several-workspaces': 'In mehreren Arbeitsbereichen',
  'banner.group-in-several-sites': 'An mehreren Standorten',
  'banner.group-already-used': 'Schon verbraucht',
  'banner.group-already-licensed': 'Schon lizenziert',
  'banner.group-window-closed': 'Zu spät',
}

/** The texts of `<grace-banner>`. */
export const bannerTexts = {
  en: { ...en, ...snoozeTexts.en, ...startTexts.en, ...supportTexts.en },
  de: { ...de, ...snoozeTexts.de, ...startTexts.de, ...supportTexts.de },
} as const

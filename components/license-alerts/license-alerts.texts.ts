import { snoozeTexts, type SnoozeText } from '../shared/snooze.texts.ts'
import { supportTexts, type SupportText } from '../shared/support.texts.ts'
import type { Texts } from '../shared/texts.ts'

const en = {
  'alerts.label': 'License warnings',
  'alerts.expired': { one: '{count} license has expired.', other: '{count} licenses have expired.' },
  'alerts.expired-more': 'Dashboards, history and functions are off.',
  'alerts.expiring': { one: '{count} license expires within {days}.', other: '{count} licenses expire within {days}.' },
  'alerts.days': { one: '{count} day', other: '{count} days' },
  'alerts.first': 'The first is {name}, {when}.',
  'alerts.only': 'It is that of {name}, {when}.',
  'alerts.renew': 'Renewing early loses no day.',
  'alerts.show': { one: 'Show {count} device', other: 'Show {count} devices' },
} satisfies Texts

/** Keys of the texts of the warnings. */
export type AlertsText = keyof typeof en | SnoozeText | SupportText

const de: Texts<keyof typeof en> = {
  'alerts.label': 'Lizenzwarnungen',
  'alerts.expired': { one: '{count} Lizenz ist abgelaufen.', other: '{count} Lizenzen sind abgelaufen.' },
  'alerts.expired-more': 'Dashboards, Verlauf und Funktionen sind aus.',
  'alerts.expiring': { one: '{count} Lizenz läuft innerhalb von {days} ab.', other: '{count} Lizenzen laufen innerhalb von {days} ab.' },
  'alerts.days': { one: '{count} Tag', other: '{count} Tagen' },
  'alerts.first': 'Die erste: {name}, {when}.',
  'alerts.only': 'Es ist die von {name}, {when}.',
  'alerts.renew': 'Früh zu verlängern kostet keinen Tag.',
  'alerts.show': { one: '{count} Gerät zeigen', other: '{count} Geräte zeigen' },
}

/** The texts of `<license-alerts>`. */
export const alertsTexts = {
  en: { ...en, ...snoozeTexts.en, ...supportTexts.en },
  de: { ...de, ...snoozeTexts.de, ...supportTexts.de },
} as const

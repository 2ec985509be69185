import type { Texts } from '../shared/texts.ts'

const en = {
  'badge.active': 'Active',
  'badge.expiring': 'Expiring',
  'badge.trial': 'Trial',
  'badge.trial-expiring': 'Trial expiring',
  'badge.grace': 'Grace period',
  'badge.grace-expiring': 'Grace period ends',
  'badge.expired': 'Expired',
  'badge.none': 'No license',
  'badge.today-expiring': 'Expires today',
  'badge.today-trial': 'Trial ends today',
  'badge.today-grace': 'Grace period ends today',
  'badge.loading': 'Loading license',
  'badge.unavailable': 'License unavailable',
  'badge.unknown': 'Unknown device',
  'badge.stale': 'as last known',
} satisfies Texts

/** Keys of the badge's texts. */
export type BadgeText = keyof typeof en

const de: Texts<BadgeText> = {
  'badge.active': 'Aktiv',
  'badge.expiring': 'Läuft ab',
  'badge.trial': 'Testphase',
  'badge.trial-expiring': 'Testphase läuft ab',
  'badge.grace': 'Übergangsfrist',
  'badge.grace-expiring': 'Übergangsfrist endet',
  'badge.expired': 'Abgelaufen',
  'badge.none': 'Keine Lizenz',
  'badge.today-expiring': 'Läuft heute ab',
  'badge.today-trial': 'Testphase endet heute',
  'badge.today-grace': 'Übergangsfrist endet heute',
  'badge.loading': 'Lizenz wird geladen',
  'badge.unavailable': 'Lizenz nicht verfügbar',
  'badge.unknown': 'Unbekanntes Gerät',
  'badge.stale': 'letzter bekannter Stand',
}

/** The texts of `<license-badge>`. */
export const badgeTexts = { en, de } as const

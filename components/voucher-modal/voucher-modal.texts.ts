import { featureTexts, type FeatureText } from '../shared/features.texts.ts'
import type { Texts } from '../shared/texts.ts'
import { refusalTexts, type RefusalText } from './refusals.texts.ts'

const en = {
  'voucher.title-activate': 'Activate a license',
  'voucher.title-renew': 'Renew the license',
  'voucher.loading': 'Loading the device…',
  'voucher.loading-failed': 'The device could not be loaded. Check your connection, then try again.',
  'voucher.code': 'Voucher code',
  'voucher.hint': 'Spaces and hyphens do not matter.',
  'voucher.checking': 'Checking the code…',
  'voucher.redeeming': 'Redeeming the code…',
  'voucher.adds': 'Adds',
  'voucher.kept': 'Kept from today’s license',
  'voucher.kept-today': 'rest of today',
  'voucher.expiration': 'New expiration',
  'voucher.until': '{day}, end of day',
  'voucher.opens': 'Opens',
  'voucher.activate': 'Activate',
  'voucher.activate-until': 'Activate until {day}',
  'voucher.renew': 'Renew',
  'voucher.renew-until': 'Renew until {day}',
  'voucher.cancel': 'Cancel',
  'voucher.close': 'Close',
  'voucher.retry': 'Try again',
  'voucher.no-code': 'No code? Contact sales',
  'voucher.contact': 'Contact sales',
  'voucher.read-only': 'Your role can look, but not redeem codes. Ask a member or an administrator of the workspace.',
  'voucher.done-activate': 'The license is active. The code added {days}. The license is valid until {day}, end of day.',
  'voucher.done-renew': 'The license is renewed. The code added {days}. The license is valid until {day}, end of day.',
  'voucher.already': 'This code is already active on this device. The license is valid until {day}, end of day. Nothing was used up.',
  'voucher.already-over': 'This code was already redeemed on this device. That license has expired. Nothing was used up.',
  'voucher.copy': 'Copy details for support',
  'voucher.copied': 'Copied',
  'voucher.copy-failed': 'Could not be copied',
  'voucher.details': 'Device: {name}\nDevice id: {id}\nSerial number: {serial}\nOutcome: {outcome}\nCode ends in: {last4}\nTime: {time}',
  'voucher.details-instance': 'Instance: {instance}',
} satisfies Texts

/** Keys of the texts of the voucher's dialog. */
export type VoucherText = keyof typeof en | RefusalText | FeatureText

const de: Texts<keyof typeof en> = {
  'voucher.title-activate': 'Lizenz aktivieren',
  'voucher.title-renew': 'Lizenz verlängern',
  'voucher.loading': 'Das Gerät wird geladen…',
  'voucher.loading-failed': 'Das Gerät konnte nicht geladen werden. Prüfen Sie Ihre Verbindung, und versuchen Sie es dann noch einmal.',
  'voucher.code': 'Gutscheincode',
  'voucher.hint': 'Leerzeichen und Bindestriche spielen keine Rolle.',
  'voucher.checking': 'Der Code wird geprüft…',
  'voucher.redeeming': 'Der Code wird eingelöst…',
  'voucher.adds': 'Zusätzlich',
  'voucher.kept': 'Bleibt von der heutigen Lizenz',
  'voucher.kept-today': 'der Rest von heute',
  'voucher.expiration': 'Neuer Ablauf',
  'voucher.until': '{day}, Tagesende',
  'voucher.opens': 'Schaltet frei',
  'voucher.activate': 'Aktivieren',
  'voucher.activate-until': 'Bis {day} aktivieren',
  'voucher.renew': 'Verlängern',
  'voucher.renew-until': 'Bis {day} verlängern',
  'voucher.cancel': 'Abbrechen',
  'voucher.close': 'Schließen',
  'voucher.retry': 'Noch einmal versuchen',
  'voucher.no-code': 'Kein Code? Vertrieb fragen',
  'voucher.contact': 'Vertrieb fragen',
  'voucher.read-only': 'Mit Ihrer Rolle können Sie lesen, aber keine Codes einlösen. Fragen Sie ein Mitglied oder die Administration des Arbeitsbereichs.',
  'voucher.done-activate': 'Die Lizenz ist aktiv. Der Code brachte {days}. Die Lizenz gilt bis {day}, Tagesende.',
  'voucher.done-renew': 'Die Lizenz ist verlängert. Der Code brachte {days}. Die Lizenz gilt bis {day}, Tagesende.',
  'voucher.already': 'Dieser Code ist auf diesem Gerät schon aktiv. Die Lizenz gilt bis {day}, Tagesende. Es wurde nichts verbraucht.',
  'voucher.already-over': 'Dieser Code wurde auf diesem Gerät schon eingelöst. Diese Lizenz ist abgelaufen. Es wurde nichts verbraucht.',
  'voucher.copy': 'Angaben für den Support kopieren',
  'voucher.copied': 'Kopiert',
  'voucher.copy-failed': 'Konnte nicht kopiert werden',
  'voucher.details': 'Gerät: {name}\nGeräte-ID: {id}\nSeriennummer: {serial}\nErgebnis: {outcome}\nCode endet auf: {last4}\nZeit: {time}',
  'voucher.details-instance': 'Vorgang: {instance}',
}

/** The texts of `<voucher-modal>`. */
export const voucherTexts = {
  en: { ...en, ...refusalTexts.en, ...featureTexts.en },
  de: { ...de, ...refusalTexts.de, ...featureTexts.de },
} as const

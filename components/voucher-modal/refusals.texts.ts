import type { Texts } from '../shared/texts.ts'

/** Of every text the first sentence says what happened. */
const en = {
  'voucher.fault.empty': 'Enter a voucher code. It has letters and digits, usually five groups of four.',
  'voucher.fault.length': 'This is not a whole voucher code. A code has 10 to 64 letters and digits. Nothing was used up.',
  'voucher.fault.signs': 'This code has signs that no code has. Codes have only the letters A to Z and digits. Nothing was used up.',
  'voucher.fault.lower-case': 'Use capital letters. The code is right otherwise. Nothing was used up.',
  'voucher.fault.check': 'This code has a typing mistake. Two signs may be swapped. Nothing was used up.',
  'voucher.refused.voucher-not-found': 'There is no such code. Check it sign by sign. Nothing was used up.',
  'voucher.refused.voucher-not-yet-valid': 'This code cannot be redeemed yet. It can be redeemed from {time}. Nothing was used up.',
  'voucher.refused.voucher-expired': 'This code is too old to be redeemed. Ask sales for a new one.',
  'voucher.refused.voucher-wrong-model': 'This code is for another model. Use it on a device of its model, or ask sales for another code. Nothing was used up.',
  'voucher.refused.voucher-used': 'This code is used up. It is active on as many devices as it may be. Ask sales for another one.',
  'voucher.refused.too-many-attempts': 'Redeeming is paused. Too many codes were refused. Try again after {time}. Nothing was used up.',
  'voucher.refused.device-not-found': 'This device is not here any more. It may have been removed. Nothing was used up.',
  'voucher.refused.role-required': 'Your role cannot redeem codes. Ask a member or an administrator of the workspace. Nothing was used up.',
  'voucher.refused.unauthenticated': 'You are no longer signed in. Sign in again, then enter the code once more. Nothing was used up.',
  'voucher.refused.unreachable': 'The license server cannot be reached. Check your connection, then try again. Nothing was used up.',
  'voucher.refused.unanswered': 'No answer came. The code may have been redeemed already. Try again: it is never used twice.',
  'voucher.refused.failed': 'Something went wrong on the server. Try again in a moment: a code is never used twice.',
  'voucher.refused.other': 'This did not work. Nothing was used up. Support can help.',
  'voucher.tries-left': { one: '{count} try is left.', other: '{count} tries are left.' },
  'voucher.time': '{time} ({city} time)',
} satisfies Texts

/** Keys of the texts of what is wrong. */
export type RefusalText = keyof typeof en

const de: Texts<RefusalText> = {
  'voucher.fault.empty': 'Geben Sie einen Gutscheincode ein. Er hat Buchstaben und Ziffern, meist fünf Vierergruppen.',
  'voucher.fault.length': 'Das ist kein vollständiger Gutscheincode. Ein Code hat 10 bis 64 Buchstaben und Ziffern. Es wurde nichts verbraucht.',
  'voucher.fault.signs':
    'Dieser Code enthält Zeichen, die es in keinem Code gibt. Codes haben nur die Buchstaben A bis Z und Ziffern. Es wurde nichts verbraucht.',
  'voucher.fault.lower-case': 'Verwenden Sie Großbuchstaben. Sonst stimmt der Code. Es wurde nichts verbraucht.',
  'voucher.fault.check': 'Dieser Code enthält einen Tippfehler. Vielleicht sind zwei Zeichen vertauscht. Es wurde nichts verbraucht.',
  'voucher.refused.voucher-not-found': 'Diesen Code gibt es nicht. Prüfen Sie ihn Zeichen für Zeichen. Es wurde nichts verbraucht.',
  'voucher.refused.voucher-not-yet-valid': 'Dieser Code kann noch nicht eingelöst werden. Er kann ab {time} eingelöst werden. Es wurde nichts verbraucht.',
  'voucher.refused.voucher-expired': 'Dieser Code ist zu alt, um eingelöst zu werden. Bitten Sie den Vertrieb um einen neuen.',
  'voucher.refused.voucher-wrong-model':
    'Dieser Code gilt für ein anderes Modell. Lösen Sie ihn für ein Gerät seines Modells ein, oder bitten Sie den Vertrieb um einen anderen Code. Es wurde nichts verbraucht.',
  'voucher.refused.voucher-used': 'Dieser Code ist verbraucht. Er gilt schon für so viele Geräte, wie er darf. Bitten Sie den Vertrieb um einen anderen.',
  'voucher.refused.too-many-attempts':
    'Das Einlösen ist unterbrochen. Zu viele Codes wurden abgelehnt. Versuchen Sie es ab {time} wieder. Es wurde nichts verbraucht.',
  'voucher.refused.device-not-found': 'Dieses Gerät gibt es hier nicht mehr. Vielleicht wurde es entfernt. Es wurde nichts verbraucht.',
  'voucher.refused.role-required':
    'Mit Ihrer Rolle können Sie keine Codes einlösen. Fragen Sie ein Mitglied oder die Administration des Arbeitsbereichs. Es wurde nichts verbraucht.',
  'voucher.refused.unauthenticated':
    'Sie sind nicht mehr angemeldet. Melden Sie sich wieder an, und geben Sie den Code dann noch einmal ein. Es wurde nichts verbraucht.',
  'voucher.refused.unreachable':
    'Der Lizenzserver ist nicht erreichbar. Prüfen Sie Ihre Verbindung, und versuchen Sie es dann noch einmal. Es wurde nichts verbraucht.',
  'voucher.refused.unanswered': 'Es kam keine Antwort. Vielleicht ist der Code schon eingelöst. Versuchen Sie es noch einmal: Er wird nie doppelt verbraucht.',
  'voucher.refused.failed': 'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal: Ein Code wird nie doppelt verbraucht.',
  'voucher.refused.other': 'Das hat nicht geklappt. Es wurde nichts verbraucht. Der Support kann helfen.',
  'voucher.tries-left': { one: 'Noch {count} Versuch.', other: 'Noch {count} Versuche.' },
  'voucher.time': '{time} Uhr (Ortszeit {city})',
}

/** Every text of what is wrong with a code, and of every refusal. */
export const refusalTexts = { en, de } as const

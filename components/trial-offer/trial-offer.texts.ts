import { startTexts, type StartText } from '../shared/start.texts.ts'
import type { Texts } from '../shared/texts.ts'
import { troubleTexts, type TroubleText } from '../shared/trouble.texts.ts'

const en = {
  'offer.title': 'A free trial of {days} is on offer.',
  'offer.more': 'Everything is open until {day}, end of day. No voucher is needed. A device can have one trial.',
  'offer.start': 'Start trial until {day}',
  'offer.role': 'A member or an administrator of the workspace can start it.',
  'offer.started': 'The trial has started.',
  'offer.open-until': 'Everything is open until {day}, end of day.',
} satisfies Texts

/** Keys of the texts of the offer. */
export type OfferText = keyof typeof en | StartText | TroubleText

const de: Texts<keyof typeof en> = {
  'offer.title': 'Eine kostenlose Testphase von {days} ist möglich.',
  'offer.more': 'Bis zum {day}, Tagesende, ist alles freigeschaltet. Ein Gutschein ist nicht nötig. Ein Gerät kann eine Testphase haben.',
  'offer.start': 'Testphase bis {day} beginnen',
  'offer.role': 'Ein Mitglied oder die Administration des Arbeitsbereichs kann sie beginnen.',
  'offer.started': 'Die Testphase hat begonnen.',
  'offer.open-until': 'Bis zum {day}, Tagesende, ist alles freigeschaltet.',
}

/** The texts of `<trial-offer>`. */
export const offerTexts = {
  en: { ...en, ...startTexts.en, ...troubleTexts.en },
  de: { ...de, ...startTexts.de, ...troubleTexts.de },
} as const

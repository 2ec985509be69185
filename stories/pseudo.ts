import { contactTexts } from '../components/contact-sales-modal/contact-sales-modal.texts.ts'
import { bannerTexts } from '../components/grace-banner/grace-banner.texts.ts'
import type { Language } from '../components/languages/keys.ts'
import { alertsTexts } from '../components/license-alerts/license-alerts.texts.ts'
import { featuresTexts } from '../components/license-features/license-features.texts.ts'
import { gateTexts } from '../components/license-gate/license-gate.texts.ts'
import { notificationsTexts } from '../components/license-notifications/license-notifications.texts.ts'
import { registerTexts } from '../components/shared/languages.ts'
import type { Text } from '../components/shared/texts.ts'
import { voucherTexts } from '../components/voucher-modal/voucher-modal.texts.ts'
import { wizardTexts } from '../components/welcome-wizard/welcome-wizard.texts.ts'

/** The language that shows whether longer texts find room, and which text is none of a catalogue. */
export const PSEUDO_LOCALE = 'en-XA'

/** Every text of every element, in the languages that the elements bring. */
export const BUNDLED: Readonly<Record<'en' | 'de', Language>> = {
  en: { ...alertsTexts.en, ...bannerTexts.en, ...contactTexts.en, ...featuresTexts.en, ...gateTexts.en, ...notificationsTexts.en, ...voucherTexts.en, ...wizardTexts.en },
  de: { ...alertsTexts.de, ...bannerTexts.de, ...contactTexts.de, ...featuresTexts.de, ...gateTexts.de, ...notificationsTexts.de, ...voucherTexts.de, ...wizardTexts.de },
}

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ACCENTED = [...'áƀçđéƒĝĥíĵķĺɱñóþǫŕšťúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĹṀÑÓÞǪŔŠŤÚṼŴẊÝŽ']

/** A text with an accent on each letter and every small vowel doubled, which makes it about 40 % longer; gaps stay. */
export function pseudo(text: string): string {
  return text.split(/(\{\w+\})/).map((part, index) => index % 2 === 1 ? part : longer(part)).join('')
}

function longer(part: string): string {
  return part.replaceAll(/[A-Za-z]/g, (letter) => {
    const accented = ACCENTED[PLAIN.indexOf(letter)] ?? letter
    return /[aeiou]/.test(letter) ? accented + accented : accented
  })
}

/** Registers the pseudo-locale, made of the English texts. */
export function registerPseudo(): void {
  registerTexts(PSEUDO_LOCALE, Object.fromEntries(Object.entries(BUNDLED.en).map(([key, text]) => [key, pseudoText(text)])))
}

function pseudoText(text: Text): Text {
  if (typeof text === 'string') return pseudo(text)
  return { ...Object.fromEntries(Object.entries(text).map(([form, words]) => [form, pseudo(words)])), other: pseudo(text.other) }
}

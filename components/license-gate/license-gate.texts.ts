import { tabTexts, type TabText } from '../license-tab/license-tab.texts.ts'
import type { Texts } from '../shared/texts.ts'

const en = {
  'gate.title': '{feature} closed',
  'gate.none': 'This device has no license yet. What stands here opens as soon as one is activated.',
  'gate.standard': 'The license of this device expired on {day}.',
  'gate.trial': 'The trial of this device ended on {day}.',
  'gate.grace': 'The grace period of this device ended on {day}.',
  'gate.again': 'Everything here is kept, and opens again as soon as the license is renewed.',
  'gate.status': 'The license of this device does not open this at the moment.',
  'gate.unchecked': 'The license cannot be checked right now. This opens again by itself as soon as it can.',
  'gate.feature': 'The license service does not know this feature. Tell those who run this page.',
  'gate.license': 'Show license',
  'gate.soon': '{feature} closes at {time} ({city} time): the license ends then.',
} satisfies Texts

/** Keys of the texts of a gate. */
export type GateText = keyof typeof en | TabText

const de: Texts<keyof typeof en> = {
  'gate.title': '{feature} gesperrt',
  'gate.none': 'Dieses Gerät hat noch keine Lizenz. Was hier steht, wird frei, sobald eine aktiviert ist.',
  'gate.standard': 'Die Lizenz dieses Geräts ist am {day} abgelaufen.',
  'gate.trial': 'Die Testphase dieses Geräts ist am {day} abgelaufen.',
  'gate.grace': 'Die Übergangsfrist dieses Geräts ist am {day} abgelaufen.',
  'gate.again': 'Alles hier bleibt erhalten und wird wieder frei, sobald die Lizenz verlängert ist.',
  'gate.status': 'Die Lizenz dieses Geräts schaltet das zurzeit nicht frei.',
  'gate.unchecked': 'Die Lizenz lässt sich gerade nicht prüfen. Sobald das wieder geht, wird hier von selbst alles frei.',
  'gate.feature': 'Der Lizenzdienst kennt diese Funktion nicht. Sagen Sie es denen, die diese Seite betreiben.',
  'gate.license': 'Lizenz zeigen',
  'gate.soon': '{feature} wird um {time} gesperrt (Zeit in {city}): Dann endet die Lizenz.',
}

/** The texts of `<license-gate>`; what the License tab says too has its keys. */
export const gateTexts = { en: { ...tabTexts.en, ...en }, de: { ...tabTexts.de, ...de } } as const

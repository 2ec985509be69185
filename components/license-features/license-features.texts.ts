import { tabTexts, type TabText } from '../license-tab/license-tab.texts.ts'
import type { Texts } from '../shared/texts.ts'

const en = {
  'features.caption': 'What a license opens, by its status',
  'features.feature': 'Feature',
  'features.now': 'now',
} satisfies Texts

/** Keys of the texts of the matrix. */
export type FeaturesText = keyof typeof en | TabText

const de: Texts<keyof typeof en> = {
  'features.caption': 'Was eine Lizenz freischaltet, nach ihrem Stand',
  'features.feature': 'Funktion',
  'features.now': 'jetzt',
}

/** The texts of `<license-features>`; what the License tab says too has its keys. */
export const featuresTexts = { en: { ...tabTexts.en, ...en }, de: { ...tabTexts.de, ...de } } as const

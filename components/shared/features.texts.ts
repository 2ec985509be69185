import type { Localize } from './localize.ts'
import type { Texts } from './texts.ts'

const en = {
  'feature.listing': 'Listing',
  'feature.dashboard': 'Dashboard',
  'feature.history': 'History',
  'feature.functions': 'Functions',
  'feature.automation': 'Automation',
  'feature.integrations': 'Integrations',
  'feature.site-analytics': 'Site analytics',
  'feature.reports': 'Reports',
} satisfies Texts

/** Keys of the names of features. */
export type FeatureText = keyof typeof en

const de: Texts<FeatureText> = {
  'feature.listing': 'Geräteliste',
  'feature.dashboard': 'Dashboard',
  'feature.history': 'Verlauf',
  'feature.functions': 'Funktionen',
  'feature.automation': 'Automatisierung',
  'feature.integrations': 'Integrationen',
  'feature.site-analytics': 'Standortanalyse',
  'feature.reports': 'Berichte',
}

/** What our features are called; a host names its own by texts of the key `feature.<id>`. */
export const featureTexts = { en, de } as const

/** A feature's name; its id where it has none. */
export function featureName(words: Localize<FeatureText>, id: string): string {
  const key = `feature.${id}`
  const name = words.text(key as FeatureText)
  return name === key ? id : name
}

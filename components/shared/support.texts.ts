import { cardTexts } from './contact-card.texts.ts'
import type { Texts } from './texts.ts'
import { troubleTexts } from './trouble.texts.ts'

const en = {
  ...cardTexts.en,
  ...troubleTexts.en,
  'support.contact': 'Contact support',
  'support.intro': 'Support helps when a license is not what it should be.',
  'support.loading': 'Loading the contact…',
  'support.none': 'No support contact is stored for this workspace. Ask an administrator of the workspace, or whoever sold you the devices.',
  'support.sales': 'Contact sales',
  'support.close': 'Close',
  'support.write': 'Write e-mail',
  'support.subject': 'Licenses of {workspace}',
  'support.greeting': 'Hello,',
  'support.workspace': 'Workspace: {workspace}',
} satisfies Texts

/** Keys of the texts of support. */
export type SupportText = keyof typeof en

const de: Texts<SupportText> = {
  ...cardTexts.de,
  ...troubleTexts.de,
  'support.contact': 'Support kontaktieren',
  'support.intro': 'Der Support hilft, wenn eine Lizenz nicht ist, wie sie sein sollte.',
  'support.loading': 'Der Kontakt wird geladen…',
  'support.none':
    'Für diesen Arbeitsbereich ist kein Support hinterlegt. Fragen Sie die Administration des Arbeitsbereichs, oder dort, wo Sie die Geräte gekauft haben.',
  'support.sales': 'Vertrieb fragen',
  'support.close': 'Schließen',
  'support.write': 'E-Mail schreiben',
  'support.subject': 'Lizenzen von {workspace}',
  'support.greeting': 'Guten Tag,',
  'support.workspace': 'Arbeitsbereich: {workspace}',
}

/** The texts of the way to support. */
export const supportTexts = { en, de } as const

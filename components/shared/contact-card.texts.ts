import type { Texts } from './texts.ts'

const en = {
  'contact.name': 'Name',
  'contact.email': 'E-mail',
  'contact.phone': 'Phone',
  'contact.hours': 'Hours',
  'contact.url': 'Website',
  'contact.copy-this': 'Copy {name}',
  'contact.copied': 'Copied',
  'contact.copy-failed': 'Not copied',
} satisfies Texts

/** Keys of the texts of a contact. */
export type CardText = keyof typeof en

const de: Texts<CardText> = {
  'contact.name': 'Name',
  'contact.email': 'E-Mail',
  'contact.phone': 'Telefon',
  'contact.hours': 'Zeiten',
  'contact.url': 'Website',
  'contact.copy-this': '{name} kopieren',
  'contact.copied': 'Kopiert',
  'contact.copy-failed': 'Nicht kopiert',
}

/** What stands on a card that says whom to ask, and how. */
export const cardTexts = { en, de } as const

import { registerTexts } from '../shared/languages.ts'
import type { Language } from './keys.ts'
import { contact } from './fr/contact.ts'
import { starting } from './fr/starting.ts'
import { tab } from './fr/tab.ts'
import { voucher } from './fr/voucher.ts'
import { warnings } from './fr/warnings.ts'

/** Every text of every element, in French; importing the file registers them. */
export const fr: Language = { ...contact, ...starting, ...tab, ...voucher, ...warnings }

registerTexts('fr', fr)

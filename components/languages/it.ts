import { registerTexts } from '../shared/languages.ts'
import type { Language } from './keys.ts'
import { contact } from './it/contact.ts'
import { starting } from './it/starting.ts'
import { tab } from './it/tab.ts'
import { voucher } from './it/voucher.ts'
import { warnings } from './it/warnings.ts'

/** Every text of every element, in Italian; importing the file registers them. */
export const it: Language = { ...contact, ...starting, ...tab, ...voucher, ...warnings }

registerTexts('it', it)

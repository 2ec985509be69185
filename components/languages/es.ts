import { registerTexts } from '../shared/languages.ts'
import type { Language } from './keys.ts'
import { contact } from './es/contact.ts'
import { starting } from './es/starting.ts'
import { tab } from './es/tab.ts'
import { voucher } from './es/voucher.ts'
import { warnings } from './es/warnings.ts'

/** Every text of every element, in Spanish; importing the file registers them. */
export const es: Language = { ...contact, ...starting, ...tab, ...voucher, ...warnings }

registerTexts('es', es)

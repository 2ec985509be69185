import type { Texts } from './texts.ts'

const en = {
  'snooze.later': 'Remind me later, {when}',
  'snooze.until': 'You will be reminded on {day}.',
  'snooze.failed': 'This could not be put off. Try again in a moment.',
} satisfies Texts

/** Keys of the texts of putting a warning off. */
export type SnoozeText = keyof typeof en

const de: Texts<SnoozeText> = {
  'snooze.later': 'Später erinnern, {when}',
  'snooze.until': 'Sie werden am {day} erinnert.',
  'snooze.failed': 'Das ließ sich nicht aufschieben. Versuchen Sie es gleich noch einmal.',
}

/** The texts of putting a warning off. */
export const snoozeTexts = { en, de } as const

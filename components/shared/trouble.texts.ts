import type { Texts } from './texts.ts'

const en = {
  'trouble.retry': 'Try again',
  'trouble.unreachable': 'Connection lost.',
  'trouble.unreachable-more': 'Check the network and try again.',
  'trouble.signed-out': 'You are signed out.',
  'trouble.signed-out-more': 'Sign in again.',
  'trouble.forbidden': 'You have no access to this.',
  'trouble.forbidden-more': 'Ask an administrator of the workspace.',
  'trouble.failed': 'The license service has a problem.',
  'trouble.failed-more': 'Try again in a moment.',
  'trouble.as-known': 'This is what was known at {time}.',
} satisfies Texts

/** Keys of the texts of what went wrong. */
export type TroubleText = keyof typeof en

const de: Texts<TroubleText> = {
  'trouble.retry': 'Erneut versuchen',
  'trouble.unreachable': 'Verbindung unterbrochen.',
  'trouble.unreachable-more': 'Prüfen Sie das Netz und versuchen Sie es erneut.',
  'trouble.signed-out': 'Sie sind abgemeldet.',
  'trouble.signed-out-more': 'Melden Sie sich wieder an.',
  'trouble.forbidden': 'Sie haben darauf keinen Zugriff.',
  'trouble.forbidden-more': 'Fragen Sie die Administration des Arbeitsbereichs.',
  'trouble.failed': 'Der Lizenzdienst hat eine Störung.',
  'trouble.failed-more': 'Versuchen Sie es gleich noch einmal.',
  'trouble.as-known': 'Das ist der Stand von {time}.',
}

/** What is told where the BFF cannot be asked. */
export const troubleTexts = { en, de } as const

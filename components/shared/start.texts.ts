import type { Texts } from './texts.ts'

const en = {
  'start.trial-title': 'Start the trial?',
  'start.trial-more': 'Everything is open until {day}, end of day. A device can have one trial. It begins now.',
  'start.grace-title': 'Start the grace period?',
  'start.grace-more': 'Everything is open until {day}, end of day. A device can have one grace period. It begins now.',
  'start.until': 'Start until {day}',
  'start.of-days': { one: '{count} day', other: '{count} days' },
  'start.running': 'Starting…',
  'start.cancel': 'Cancel',
  'start.no-trial': 'No trial.',
  'start.no-grace': 'No grace period.',
  'start.role': 'Your role cannot start it. Ask a member or an administrator of the workspace.',
  'start.unanswered': 'No answer came. It may have started already. Try again: nothing starts twice.',
  'start.failed': 'Something went wrong on the server. Try again in a moment: nothing starts twice.',
  'start.signed-out': 'You are signed out. Sign in again, then start it.',
  'start.gone': 'This device is not here any more. It may have been removed.',
  'trial.already-used': 'This serial number has had its trial.',
  'trial.already-licensed': 'The device is licensed already.',
  'trial.model-excluded': 'This model has none.',
  'trial.seen-before': 'It is for new devices, and this serial number was known before.',
  'trial.workspace-limit': 'The workspace has used up its trials.',
  'grace.not-legacy': 'The old platform does not know the serial number.',
  'grace.claimed-by-other': 'On the old platform the serial number belongs to an account of nobody in this workspace.',
  'grace.in-several-workspaces': 'The old platform has the serial number in more than one workspace.',
  'grace.in-several-sites': 'The old platform has the serial number at more than one site.',
  'grace.already-used': 'This serial number has had its grace period.',
  'grace.already-licensed': 'The device is licensed already.',
  'grace.window-closed': 'The time in which it can be started is over.',
} satisfies Texts

/** Keys of the texts of starting a trial or grace. */
export type StartText = keyof typeof en

const de: Texts<StartText> = {
  'start.trial-title': 'Testphase beginnen?',
  'start.trial-more': 'Bis zum {day}, Tagesende, ist alles freigeschaltet. Ein Gerät kann eine Testphase haben. Sie beginnt jetzt.',
  'start.grace-title': 'Übergangsfrist beginnen?',
  'start.grace-more': 'Bis zum {day}, Tagesende, ist alles freigeschaltet. Ein Gerät kann eine Übergangsfrist haben. Sie beginnt jetzt.',
  'start.until': 'Bis {day} beginnen',
  'start.of-days': { one: '{count} Tag', other: '{count} Tagen' },
  'start.running': 'Beginnt…',
  'start.cancel': 'Abbrechen',
  'start.no-trial': 'Keine Testphase.',
  'start.no-grace': 'Keine Übergangsfrist.',
  'start.role': 'Mit Ihrer Rolle können Sie sie nicht beginnen. Fragen Sie ein Mitglied oder die Administration des Arbeitsbereichs.',
  'start.unanswered': 'Es kam keine Antwort. Vielleicht hat sie schon begonnen. Versuchen Sie es noch einmal: Nichts beginnt doppelt.',
  'start.failed': 'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal: Nichts beginnt doppelt.',
  'start.signed-out': 'Sie sind abgemeldet. Melden Sie sich wieder an, und beginnen Sie sie dann.',
  'start.gone': 'Dieses Gerät gibt es hier nicht mehr. Vielleicht wurde es entfernt.',
  'trial.already-used': 'Diese Seriennummer hatte ihre Testphase schon.',
  'trial.already-licensed': 'Das Gerät hat schon eine Lizenz.',
  'trial.model-excluded': 'Für dieses Modell gibt es keine.',
  'trial.seen-before': 'Sie ist für neue Geräte, und diese Seriennummer war schon bekannt.',
  'trial.workspace-limit': 'Der Arbeitsbereich hat seine Testphasen aufgebraucht.',
  'grace.not-legacy': 'Die alte Plattform kennt die Seriennummer nicht.',
  'grace.claimed-by-other': 'Auf der alten Plattform gehört die Seriennummer zu einem Konto, das niemand in diesem Arbeitsbereich hat.',
  'grace.in-several-workspaces': 'Auf der alten Plattform steht die Seriennummer in mehreren Arbeitsbereichen.',
  'grace.in-several-sites': 'Auf der alten Plattform steht die Seriennummer an mehreren Standorten.',
  'grace.already-used': 'Diese Seriennummer hatte ihre Übergangsfrist schon.',
  'grace.already-licensed': 'Das Gerät hat schon eine Lizenz.',
  'grace.window-closed': 'Die Zeit, in der sie beginnen kann, ist vorbei.',
}

/** The texts of trials and grace periods, and of why there is none. */
export const startTexts = { en, de } as const

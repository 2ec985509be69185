import type { Texts } from '../shared/texts.ts'

const en = {
  'calendar.add': 'Add to calendar',
  'calendar.intro': 'The last day, {day}, as an entry in your calendar.',
  'calendar.file': 'A file holds the date as it is today.',
  'calendar.download': 'Download file (.ics)',
  'calendar.link': 'A link moves the entry when the license is renewed.',
  'calendar.create': 'Create a link that keeps up to date',
  'calendar.creating': 'The link is being made …',
  'calendar.created': 'Your link is ready. It is shown only now.',
  'calendar.address': 'Link for calendars',
  'calendar.copy': 'Copy link',
  'calendar.how': 'Paste it in Outlook under “Subscribe from web”, in Google Calendar under “From URL”, or in Apple Calendar under “New Calendar Subscription”.',
  'calendar.secret': 'Whoever has the link can read this date. An administrator can revoke it.',
  'calendar.revoke': 'Revoke link',
  'calendar.revoked': 'The link is revoked.',
  'calendar.close': 'Close',
  'calendar.role': 'This was not possible. Only administrators make and revoke links.',
  'calendar.limit': 'There are too many links. Revoke one first.',
  'calendar.failed': 'This did not work. Try again in a moment.',
} satisfies Texts

/** Keys of the texts of the calendar. */
export type CalendarText = keyof typeof en

const de: Texts<CalendarText> = {
  'calendar.add': 'In den Kalender',
  'calendar.intro': 'Der letzte Tag, der {day}, als Eintrag in Ihrem Kalender.',
  'calendar.file': 'Eine Datei enthält das Datum, wie es heute ist.',
  'calendar.download': 'Datei herunterladen (.ics)',
  'calendar.link': 'Ein Link verschiebt den Eintrag, wenn die Lizenz verlängert wird.',
  'calendar.create': 'Link erstellen, der aktuell bleibt',
  'calendar.creating': 'Der Link wird erstellt …',
  'calendar.created': 'Ihr Link ist bereit. Er wird nur jetzt gezeigt.',
  'calendar.address': 'Link für Kalender',
  'calendar.copy': 'Link kopieren',
  'calendar.how': 'Fügen Sie ihn in Outlook unter „Aus dem Internet abonnieren“, in Google Kalender unter „Per URL“ oder in Apple Kalender unter „Neues Kalenderabonnement“ ein.',
  'calendar.secret': 'Wer den Link hat, kann dieses Datum lesen. Die Administration kann ihn widerrufen.',
  'calendar.revoke': 'Link widerrufen',
  'calendar.revoked': 'Der Link ist widerrufen.',
  'calendar.close': 'Schließen',
  'calendar.role': 'Das war nicht möglich. Nur die Administration erstellt und widerruft Links.',
  'calendar.limit': 'Es gibt zu viele Links. Widerrufen Sie zuerst einen.',
  'calendar.failed': 'Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.',
}

/** The texts of putting a last day into a calendar. */
export const calendarTexts = { en, de } as const

import { snoozeTexts, type SnoozeText } from '../shared/snooze.texts.ts'
import { troubleTexts, type TroubleText } from '../shared/trouble.texts.ts'
import type { Texts } from '../shared/texts.ts'

const en = {
  'notifications.title': 'Notifications',
  'notifications.bell': { one: 'Notifications, {count} unread', other: 'Notifications, {count} unread' },
  'notifications.news': { one: '{count} unread notification', other: '{count} unread notifications' },
  'notifications.read-all': 'Mark all as read',
  'notifications.all-read': 'All are read.',
  'notifications.not-read': 'This did not work. Try again in a moment.',
  'notifications.unread': 'Unread',
  'notifications.put-off': 'Snoozed',
  'notifications.more': 'Show more',
  'notifications.loading': 'Loading …',
  'notifications.empty': 'Nothing to do',
  'notifications.empty-more': 'Licenses that are about to end are listed here.',
  'notifications.ends-standard': 'Expires {when}, on {day}',
  'notifications.ends-trial': 'Trial ends {when}, on {day}',
  'notifications.ends-grace': 'Grace period ends {when}, on {day}',
  'notifications.today-standard': 'Expires today',
  'notifications.today-trial': 'Trial ends today',
  'notifications.today-grace': 'Grace period ends today',
  'notifications.yesterday-standard': 'Expired {when}',
  'notifications.yesterday-trial': 'Trial ended {when}',
  'notifications.yesterday-grace': 'Grace period ended {when}',
  'notifications.ended-standard': 'Expired {when}, on {day}',
  'notifications.ended-trial': 'Trial ended {when}, on {day}',
  'notifications.ended-grace': 'Grace period ended {when}, on {day}',
  'notifications.snooze-expired': 'Snooze expired for {days}',
  'notifications.snooze-expiring': 'Snooze expiring for {days}',
  'notifications.snoozed-expired': 'Expired licenses are snoozed until {day}.',
  'notifications.snoozed-expiring': 'Expiring licenses are snoozed until {day}.',
  'notifications.late': 'Reminders have not run since {time}.',
  'notifications.never': 'Reminders have never run.',
  'notifications.late-more': 'Tell whoever runs the license service.',
  'notifications.no-recipient': 'Nobody gets reminders by e-mail.',
  'notifications.no-recipient-more': 'Add an address to the workspace.',
} satisfies Texts

/** Keys of the texts of the notifications. */
export type NotificationsText = keyof typeof en | SnoozeText | TroubleText

const de: Texts<keyof typeof en> = {
  'notifications.title': 'Mitteilungen',
  'notifications.bell': { one: 'Mitteilungen, {count} ungelesen', other: 'Mitteilungen, {count} ungelesen' },
  'notifications.news': { one: '{count} ungelesene Mitteilung', other: '{count} ungelesene Mitteilungen' },
  'notifications.read-all': 'Alle als gelesen markieren',
  'notifications.all-read': 'Alle sind gelesen.',
  'notifications.not-read': 'Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.',
  'notifications.unread': 'Ungelesen',
  'notifications.put-off': 'Zurückgestellt',
  'notifications.more': 'Mehr zeigen',
  'notifications.loading': 'Wird geladen …',
  'notifications.empty': 'Nichts zu tun',
  'notifications.empty-more': 'Lizenzen, die bald enden, stehen hier.',
  'notifications.ends-standard': 'Läuft {when} ab, am {day}',
  'notifications.ends-trial': 'Testphase endet {when}, am {day}',
  'notifications.ends-grace': 'Übergangsfrist endet {when}, am {day}',
  'notifications.today-standard': 'Läuft heute ab',
  'notifications.today-trial': 'Testphase endet heute',
  'notifications.today-grace': 'Übergangsfrist endet heute',
  'notifications.yesterday-standard': 'Ist {when} abgelaufen',
  'notifications.yesterday-trial': 'Testphase endete {when}',
  'notifications.yesterday-grace': 'Übergangsfrist endete {when}',
  'notifications.ended-standard': 'Ist {when} abgelaufen, am {day}',
  'notifications.ended-trial': 'Testphase endete {when}, am {day}',
  'notifications.ended-grace': 'Übergangsfrist endete {when}, am {day}',
  'notifications.snooze-expired': 'Abgelaufene {days} zurückstellen',
  'notifications.snooze-expiring': 'Ablaufende {days} zurückstellen',
  'notifications.snoozed-expired': 'Abgelaufene Lizenzen sind bis {day} zurückgestellt.',
  'notifications.snoozed-expiring': 'Ablaufende Lizenzen sind bis {day} zurückgestellt.',
  'notifications.late': 'Die Erinnerungen laufen seit {time} nicht mehr.',
  'notifications.never': 'Die Erinnerungen sind noch nie gelaufen.',
  'notifications.late-more': 'Sagen Sie denen Bescheid, die den Lizenzdienst betreiben.',
  'notifications.no-recipient': 'Niemand bekommt Erinnerungen per E‑Mail.',
  'notifications.no-recipient-more': 'Tragen Sie im Arbeitsbereich eine Adresse ein.',
}

/** The texts of `<license-notifications>`. */
export const notificationsTexts = {
  en: { ...en, ...snoozeTexts.en, ...troubleTexts.en },
  de: { ...de, ...snoozeTexts.de, ...troubleTexts.de },
} as const

import type { Kind } from '../rules/lists.ts'

/** Languages that calendars are written in (BCP 47). */
export const CALENDAR_LANGUAGES = ['en', 'de'] as const
export type CalendarLanguage = (typeof CALENDAR_LANGUAGES)[number]

interface CalendarTexts {
  calendar: (name: string) => string
  title: Record<Kind, (name: string) => string>
  device: (serial: string, model: string) => string
  until: Record<Kind, (zone: string) => string>
  renew: string
}

/** What calendars say, by language. */
export const CALENDAR_TEXTS: Readonly<Record<CalendarLanguage, CalendarTexts>> = {
  en: {
    calendar: (name) => `Licenses: ${name}`,
    title: {
      standard: (name) => `License ends: ${name}`,
      trial: (name) => `Trial ends: ${name}`,
      grace: (name) => `Grace period ends: ${name}`,
    },
    device: (serial, model) => `Serial number ${serial}, model ${model}`,
    until: {
      standard: (zone) => `The license is valid until the end of this day (${zone}).`,
      trial: (zone) => `The trial is valid until the end of this day (${zone}).`,
      grace: (zone) => `The grace period is valid until the end of this day (${zone}).`,
    },
    renew: 'Renewing early loses no day.',
  },
  de: {
    calendar: (name) => `Lizenzen: ${name}`,
    title: {
      standard: (name) => `Lizenz endet: ${name}`,
      trial: (name) => `Testphase endet: ${name}`,
      grace: (name) => `Übergangsfrist endet: ${name}`,
    },
    device: (serial, model) => `Seriennummer ${serial}, Modell ${model}`,
    until: {
      standard: (zone) => `Die Lizenz gilt bis zum Ende dieses Tages (${zone}).`,
      trial: (zone) => `Die Testphase gilt bis zum Ende dieses Tages (${zone}).`,
      grace: (zone) => `Die Übergangsfrist gilt bis zum Ende dieses Tages (${zone}).`,
    },
    renew: 'Früh zu verlängern kostet keinen Tag.',
  },
}

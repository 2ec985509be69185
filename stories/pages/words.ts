/** What the sample pages say themselves, which in a host's portal are the host's own words. */
const EN = {
  assets: 'Assets', device: 'Device', site: 'Site', license: 'License', serial: 'Serial number', model: 'Model',
  dashboard: 'Dashboard', flow: 'Flow temperature', power: 'Power', runtime: 'Hours of operation',
  building: 'Lindenhof', rest: 'The rest of your page stands here.',
  book: 'Voucher book', bookIntro: 'Sample codes, which the server of this page has issued. Copy one, press “Renew” or “Enter a voucher code” beside it, and paste it.',
  code: 'Voucher code', does: 'What it does', copy: 'Copy', copied: 'Copied', selected: 'Selected; copy it with Ctrl + C', copyOf: 'Copy the code: {what}', clock: 'Clock', now: 'It is {date}.',
  today: 'Today', before: '31 days before the end', last: 'Last day', expired: 'Day after the end',
  year: '365 days, on any device.', month: '30 days, on any device.', model450: 'Refused: it is for the model VU-450 alone.',
  used: 'Refused: it was redeemed on another device.', revoked: 'Refused: its seller has revoked it.', tooOld: 'Refused: it had to be redeemed until three days ago.',
}

/** Keys of what the sample pages say. */
export type Word = keyof typeof EN

const DE: Readonly<Record<Word, string>> = {
  assets: 'Anlagen', device: 'Gerät', site: 'Standort', license: 'Lizenz', serial: 'Seriennummer', model: 'Modell',
  dashboard: 'Dashboard', flow: 'Vorlauftemperatur', power: 'Leistung', runtime: 'Betriebsstunden',
  building: 'Lindenhof', rest: 'Hier steht der Rest Ihrer Seite.',
  book: 'Gutscheinheft', bookIntro: 'Beispielcodes, die der Server dieser Seite ausgegeben hat. Kopieren Sie einen, drücken Sie daneben „Verlängern“ oder „Gutscheincode eingeben“ und fügen Sie ihn ein.',
  code: 'Gutscheincode', does: 'Was er bewirkt', copy: 'Kopieren', copied: 'Kopiert', selected: 'Markiert; mit Strg + C kopieren', copyOf: 'Code kopieren: {what}', clock: 'Uhr', now: 'Es ist {date}.',
  today: 'Heute', before: '31 Tage vor dem Ende', last: 'Letzter Tag', expired: 'Tag nach dem Ende',
  year: '365 Tage, auf jedem Gerät.', month: '30 Tage, auf jedem Gerät.', model450: 'Abgelehnt: Er gilt nur für das Modell VU-450.',
  used: 'Abgelehnt: Er wurde auf einem anderen Gerät eingelöst.', revoked: 'Abgelehnt: Sein Verkäufer hat ihn widerrufen.',
  tooOld: 'Abgelehnt: Er war bis vor drei Tagen einzulösen.',
}

/** Says something in German where the page is, else in English. */
export function word(key: Word): string {
  return (document.documentElement.lang.startsWith('de') ? DE : EN)[key]
}

/** A number in the language of the page. */
export function numberWords(value: number): string {
  return value.toLocaleString(document.documentElement.lang)
}

/** A date in the language of the page. */
export function dateWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at)
}

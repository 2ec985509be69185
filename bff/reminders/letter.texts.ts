import type { MailLanguage } from '../policy.ts'
import type { Kind } from '../rules/lists.ts'

/** What there is of each urgency, most urgent first. */
export const URGENCIES = ['expired', 'today', 'week', 'later'] as const
export type Urgency = (typeof URGENCIES)[number]

/** The words of a digest in one language. Functions get numbers and texts that are formatted already. */
export interface LetterTexts {
  kinds: Record<Kind, string>
  /** A number of licences of one urgency; `first`: it names what is counted. */
  counts: Record<Urgency, (count: number, first: boolean) => string>
  /** What one licence does, and when: "expires", "in 7 days". */
  line: (expired: boolean, when: string) => string
  single: (name: string, expired: boolean, when: string) => string
  lastDay: (expired: boolean, date: string) => string
  heading: (count: number) => string
  /** `over`: all of them have expired. */
  intro: (workspace: string, count: number, over: boolean) => string
  more: (count: number) => string
  moreAt: string
  renew: (count: number) => string
  noLoss: string
  sales: string
  salesHow: string
  why: (workspace: string) => string
  whyRole: string
  unsubscribe: string
}

function plural(one: string, other: string): (count: number) => string {
  return (count) => (count === 1 ? one : other)
}

const licenses = plural('license', 'licenses')
const lizenzen = plural('Lizenz', 'Lizenzen')

/** English and German. */
export const LETTER_TEXTS: Record<MailLanguage, LetterTexts> = {
  en: {
    kinds: { standard: 'License', trial: 'Trial', grace: 'Grace period' },
    counts: {
      expired: (n, first) => `${n}${first ? ` ${licenses(n)}` : ''} ${n === 1 ? 'has' : 'have'} expired`,
      today: (n, first) => `${n}${first ? ` ${licenses(n)}` : ''} ${n === 1 ? 'expires' : 'expire'} today`,
      week: (n, first) => `${n}${first ? ` ${licenses(n)}` : ''} ${n === 1 ? 'expires' : 'expire'} within 7 days`,
      later: (n, first) => `${n}${first ? ` ${licenses(n)}` : ''} ${n === 1 ? 'expires' : 'expire'} soon`,
    },
    line: (expired, when) => `${expired ? 'expired' : 'expires'} ${when}`,
    single: (name, expired, when) => `${name}: license ${expired ? 'expired' : 'expires'} ${when}`,
    lastDay: (expired, date) => `${expired ? 'Last day was' : 'Last day'} ${date}`,
    heading: (n) => (n === 1 ? 'A license needs your attention' : `${n} licenses need your attention`),
    intro: (workspace, n, over) => (n === 1
      ? `This device in ${workspace} ${over ? 'has lost its features' : 'loses its features when the license ends'}. Its data is kept, and renewing opens them again.`
      : `These devices in ${workspace} ${over ? 'have lost their features' : 'lose their features when the license ends'}. Their data is kept, and renewing opens them again.`),
    more: (n) => `and ${n} more`,
    moreAt: 'See all devices',
    renew: (n) => (n === 1 ? 'Renew this license' : 'Renew licenses'),
    noLoss: 'Renewing early loses no days: the new term begins where this one ends.',
    sales: 'Need voucher codes?',
    salesHow: 'Ask sales',
    why: (workspace) => `You get this because you look after devices in ${workspace}.`,
    whyRole: 'One message a day at most, and none when nothing is due.',
    unsubscribe: 'Stop these reminders',
  },
  de: {
    kinds: { standard: 'Lizenz', trial: 'Testphase', grace: 'Übergangsfrist' },
    counts: {
      expired: (n, first) => `${n}${first ? ` ${lizenzen(n)}` : ''} ${n === 1 ? 'ist' : 'sind'} abgelaufen`,
      today: (n, first) => `${n}${first ? ` ${lizenzen(n)}` : ''} ${n === 1 ? 'läuft' : 'laufen'} heute ab`,
      week: (n, first) => `${n}${first ? ` ${lizenzen(n)}` : ''} ${n === 1 ? 'läuft' : 'laufen'} in den nächsten 7 Tagen ab`,
      later: (n, first) => `${n}${first ? ` ${lizenzen(n)}` : ''} ${n === 1 ? 'läuft' : 'laufen'} bald ab`,
    },
    line: (expired, when) => (expired ? `ist ${when} abgelaufen` : `läuft ${when} ab`),
    single: (name, expired, when) => (expired ? `${name}: Lizenz ist ${when} abgelaufen` : `${name}: Lizenz läuft ${when} ab`),
    lastDay: (expired, date) => `${expired ? 'Letzter Tag war der' : 'Letzter Tag:'} ${date}`,
    heading: (n) => (n === 1 ? 'Eine Lizenz braucht Ihre Aufmerksamkeit' : `${n} Lizenzen brauchen Ihre Aufmerksamkeit`),
    intro: (workspace, n, over) => (n === 1
      ? `Dieses Gerät in ${workspace} ${over ? 'hat seine Funktionen verloren' : 'verliert seine Funktionen, wenn die Lizenz endet'}. Seine Daten bleiben erhalten, und eine Verlängerung öffnet sie wieder.`
      : `Diese Geräte in ${workspace} ${over ? 'haben ihre Funktionen verloren' : 'verlieren ihre Funktionen, wenn die Lizenz endet'}. Ihre Daten bleiben erhalten, und eine Verlängerung öffnet sie wieder.`),
    more: (n) => (n === 1 ? 'und 1 weiteres' : `und ${n} weitere`),
    moreAt: 'Alle Geräte ansehen',
    renew: (n) => (n === 1 ? 'Diese Lizenz verlängern' : 'Lizenzen verlängern'),
    noLoss: 'Wer früh verlängert, verliert keine Tage: Die neue Laufzeit beginnt, wo diese endet.',
    sales: 'Sie brauchen Gutscheincodes?',
    salesHow: 'Vertrieb fragen',
    why: (workspace) => `Sie erhalten diese Nachricht, weil Sie sich in ${workspace} um Geräte kümmern.`,
    whyRole: 'Höchstens eine Nachricht am Tag, und keine, wenn nichts ansteht.',
    unsubscribe: 'Keine Erinnerungen mehr',
  },
}

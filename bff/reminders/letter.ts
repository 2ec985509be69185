import type { BffPolicy, MailLanguage } from '../policy.ts'
import { MAIL_LANGUAGES } from '../policy.ts'
import { dayOf } from '../rules/calendar.ts'
import type { DigestDevice } from './digests.sql.ts'
import { LETTER_TEXTS, type LetterTexts, URGENCIES, type Urgency } from './letter.texts.ts'

const DAY_MS = 86_400_000
/** Devices that a digest names one by one. */
export const NAMED = 20

/** What a digest is about. */
export interface Digest {
  workspace: { name: string; timeZone: string; sales: { name?: string | undefined; email?: string | undefined; phone?: string | undefined; hours?: string | undefined; url?: string | undefined } }
  counts: Record<Urgency, number>
  /** The first `NAMED`, the one that ends soonest first. */
  devices: readonly DigestDevice[]
  /** The instant of sending (ms). */
  now: number
  /** BCP 47; null = the policy's. */
  locale: string | null
  /** Where to stop these messages; null = nowhere, as in a preview. */
  unsubscribe: string | null
}

/** One device as it is shown. */
export interface Line {
  name: string
  serial: string
  kind: string
  expired: boolean
  /** "expires in 7 days". */
  when: string
  /** "Last day 2 December 2026". */
  lastDay: string
  url: string | null
}

/** A digest in the words of its reader, before it is set in HTML or text. */
export interface Letter {
  language: MailLanguage
  texts: LetterTexts
  subject: string
  host: string
  workspace: string
  total: number
  /** Whether all of them have expired. */
  over: boolean
  /** Most urgent first; those that count none are left out. */
  counts: readonly { urgency: Urgency; text: string }[]
  lines: readonly Line[]
  more: number
  assets: string | null
  sales: { label: string; url: string | null; details: readonly string[] } | null
  unsubscribe: string | null
  accent: string
}

/** Text that people wrote, on one line and in the direction of its own letters alone. */
export function inert(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').trim()
}

/** The language of a reader that mail is written in, and the locale of its dates. */
export function languageOf(locale: string | null, fallback: MailLanguage): { language: MailLanguage; locale: string } {
  const language = MAIL_LANGUAGES.find((one) => locale?.toLowerCase().split('-')[0] === one)
  return language === undefined ? { language: fallback, locale: fallback } : { language, locale: locale ?? language }
}

/** An address of the host's pages, whole; null where there is none that a mail could link to. */
export function pageUrl(link: string | null, base: string | null, deviceId = ''): string | null {
  const path = link?.replaceAll('{deviceId}', encodeURIComponent(deviceId))
  if (path === undefined || !URL.canParse(path, base ?? undefined)) return null
  const url = new URL(path, base ?? undefined)
  return /^https?:$/.test(url.protocol) ? url.href : null
}

/** Until which instants (ms) licences count as expired, as ending today, within 7 days, and later. */
export function urgencyEnds(now: number, startOf: (day: number) => number, today: number): number[] {
  return [now, startOf(today + 1), startOf(today + 8), Number.MAX_SAFE_INTEGER]
}

function lineOf({ id, name, serial, kind, expiresAt }: DigestDevice, { texts, locale, zone, now, policy }: {
  texts: LetterTexts; locale: string; zone: string; now: number; policy: Pick<BffPolicy, 'links' | 'mail'>
}): Line {
  const lastDay = dayOf(expiresAt - 1, zone)
  const expired = expiresAt <= now
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(lastDay * DAY_MS)
  const when = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(lastDay - dayOf(now, zone), 'day')
  return {
    name: inert(name), serial: inert(serial), kind: texts.kinds[kind], expired, when: texts.line(expired, when), lastDay: texts.lastDay(expired, date),
    url: pageUrl(policy.links.licenseTab ?? policy.links.device, policy.mail.url, id),
  }
}

function salesOf({ name, email, phone, hours, url }: Digest['workspace']['sales'], texts: LetterTexts): Letter['sales'] {
  const details = [email, phone, hours].filter((one) => one !== undefined).map(inert)
  const link = url ?? (email === undefined ? null : `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`)
  return link === null && details.length === 0 ? null : { label: name === undefined ? texts.salesHow : inert(name), url: link, details }
}

/** Puts a digest into words (R27). */
export function letterOf(digest: Digest, policy: Pick<BffPolicy, 'links' | 'mail'>): Letter {
  const { workspace: { name, timeZone, sales }, now } = digest
  const { language, locale } = languageOf(digest.locale, policy.mail.locale)
  const texts = LETTER_TEXTS[language]
  const counts = URGENCIES.filter((urgency) => digest.counts[urgency] > 0)
  const total = counts.reduce((sum, urgency) => sum + digest.counts[urgency], 0)
  const lines = digest.devices.slice(0, NAMED).map((device) => lineOf(device, { texts, locale, zone: timeZone, now, policy }))
  const [only] = lines
  const workspace = inert(name)
  const said = counts.map((urgency, index) => texts.counts[urgency](digest.counts[urgency], index === 0))
  const what = total === 1 && only !== undefined ? texts.single(only.name, only.expired, relativeOf(digest, locale)) : said.join(', ')
  return {
    language, texts, workspace, total, over: counts.length === 1 && counts[0] === 'expired', lines, subject: `${what} – ${workspace}`, host: policy.mail.name ?? workspace,
    counts: counts.map((urgency, index) => ({ urgency, text: said[index] ?? '' })), more: total - lines.length,
    assets: pageUrl(policy.links.assets, policy.mail.url), sales: salesOf(sales, texts), unsubscribe: digest.unsubscribe, accent: policy.mail.accent,
  }
}

function relativeOf({ devices, workspace: { timeZone }, now }: Digest, locale: string): string {
  const days = dayOf((devices[0]?.expiresAt ?? now) - 1, timeZone) - dayOf(now, timeZone)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
}

/** A letter as plain text (RFC 3676 has no need of it: lines are short, or addresses). */
export function plainText(letter: Letter): string {
  const { texts, lines, more, assets, sales, unsubscribe, workspace } = letter
  return [
    texts.heading(letter.total), '', ...letter.counts.map(({ text }) => `* ${text}`), '', texts.intro(workspace, letter.total, letter.over), '',
    ...lines.flatMap((line) => [`${line.name} (${line.serial})`, `  ${line.kind} ${line.when}. ${line.lastDay}.`, ...(line.url === null ? [] : [`  ${line.url}`]), '']),
    ...(more > 0 ? [texts.more(more), ''] : []),
    ...(assets === null ? [] : [`${texts.renew(letter.total)}: ${assets}`]), ...(letter.over ? [] : [texts.noLoss]), '',
    ...(sales === null ? [] : [`${texts.sales} ${sales.label}${sales.details.length === 0 ? '' : `: ${sales.details.join(', ')}`}`, ...(sales.url === null || sales.url.startsWith('mailto:') ? [] : [sales.url]), '']),
    '-- ', `${texts.why(workspace)} ${texts.whyRole}`, ...(unsubscribe === null ? [] : [`${texts.unsubscribe}: ${unsubscribe}`]), '',
  ].join('\n')
}

import { formatDay } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { plain } from '../shared/plain.ts'
import type { DeviceView, LicenseView, Me } from '../shared/wire.ts'
import type { ContactText } from './contact-sales-modal.texts.ts'

type Words = Localize<ContactText>

/** Most devices that a mail names. */
const MOST_DEVICES = 20
/** Most signs of an address that mail programs take; Windows hands on about 2,000. */
const MOST_SIGNS = 2_000

/** What a mail to sales is made of. */
export interface SalesMail {
  to: string
  devices: readonly DeviceView[]
  /** By when the codes are needed, `2026-11-25`; empty = not said. */
  wanted: string
  me: Me
}

/** What opens a mail. */
export interface MailLink {
  href: string
  /** Whether it only counts the devices, as they are too many to be named. */
  counts: boolean
}

/** Makes the address that opens a mail to sales. */
export function salesMail(words: Words, mail: SalesMail): MailLink {
  if (mail.devices.length <= MOST_DEVICES) {
    const href = address(mail.to, subject(words, mail.devices), body(words, mail, named(words, mail.devices)))
    if (href.length <= MOST_SIGNS) return { href, counts: false }
  }
  return { href: address(mail.to, subject(words, mail.devices), body(words, mail, counted(words, mail.devices))), counts: true }
}

function address(to: string, about: string, lines: readonly string[]): string {
  return `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${encodeURIComponent(about)}&body=${encodeURIComponent(lines.join('\r\n'))}`
}

function subject(words: Words, devices: readonly DeviceView[]): string {
  const [device, other] = devices
  if (device === undefined) return words.text('contact.subject')
  if (other === undefined) return words.text('contact.subject-one', { name: plain(device.name), serial: plain(device.serial) })
  return words.text('contact.subject-for', { count: devices.length })
}

function body(words: Words, { wanted, me }: SalesMail, asked: readonly string[]): string[] {
  const about = [
    ...(wanted === '' ? [] : [`${words.text('contact.wanted')}: ${formatDay(words.formats, wanted)}`]),
    words.text('contact.workspace-line', { name: plain(me.workspace.name) }),
  ]
  const from = me.person?.name === undefined ? [] : [plain(me.person.name)]
  return [words.text('contact.greeting'), '', ...asked, '', ...about, '', words.text('contact.farewell'), ...from]
}

function named(words: Words, devices: readonly DeviceView[]): string[] {
  if (devices.length === 0) return [words.text('contact.ask')]
  return [words.text('contact.ask-for'), '', ...deviceLines(words, devices)]
}

function counted(words: Words, devices: readonly DeviceView[]): string[] {
  const counts = { none: 0, expired: 0, valid: 0 }
  for (const { license } of devices) counts[stateOf(license)] += 1
  const lines = (['valid', 'expired', 'none'] as const).filter((state) => counts[state] > 0).map((state) => words.text(`contact.count-${state}`, { count: counts[state] }))
  return [words.text('contact.ask-for-many', { count: devices.length }), '', ...lines]
}

/** The devices, one a line, as a mail names them. */
export function deviceLines(words: Words, devices: readonly DeviceView[]): string[] {
  return devices.map(({ name, serial, license }) => words.text('contact.device', {
    name: plain(name), serial: plain(serial), state: words.text(`contact.state-${stateOf(license)}`, { day: formatDay(words.formats, license.lastDay ?? '') }),
  }))
}

function stateOf({ status, lastDay }: LicenseView): 'none' | 'expired' | 'valid' {
  return lastDay === null ? 'none' : status === 'expired' ? 'expired' : 'valid'
}

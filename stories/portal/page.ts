import type { Api, Me } from './api.ts'
import type { Clock } from './clock.ts'
import { h } from './dom.ts'
import type { Formats } from './formats.ts'
import { icon } from './icons.ts'
import type { Message, Texts } from './texts.en.ts'

/** What the pages share. */
export interface Portal {
  readonly api: Api
  readonly clock: Clock
  readonly texts: Texts
  readonly formats: Formats
  /** Who is signed in, as last known. */
  readonly me: Me | null
  /** The time zone of the workspace. */
  readonly timeZone: string
  /** Names what is shown in the address bar. */
  rename(href: string): void
  /** Reads the page's data again, and says so where that fails. */
  reread(): void
  /** Opens the one dialog for voucher codes. */
  openVoucher(deviceId: string): void
  /** Opens the one dialog that adds a device. */
  openWizard(): void
  /** Resolves when the license elements show what they know. */
  settled(): Promise<void>
  /** Opens the one dialog that leads to sales. */
  openContact(deviceId: string): void
}

/** A page of the portal. */
export interface Page {
  readonly element: HTMLElement
  readonly title: string
  /** Reads its data again. Throws a Refusal. */
  refresh(): Promise<void>
  /** The device whose licence the page is about, if there is one. */
  readonly deviceId: string | null
  /** Takes another address of its own; false where that is another page. */
  accepts(url: URL): boolean
  /** Takes the focus, after a dialog about a device, where what had opened it is gone. */
  focus(deviceId: string): void
  /** Ends what runs. */
  close(): void
}

/** A page that says only what is not there. */
export class LostPage implements Page {
  readonly element: HTMLElement
  readonly title: string
  readonly deviceId = null

  constructor({ texts }: Portal, [title, detail]: Message = texts.notFound) {
    this.title = title
    this.element = h('div', { class: 'lost' }, h('h1', { tabindex: -1 }, title), h('p', {}, detail),
      h('p', {}, h('a', { class: 'button', href: '/' }, texts.back)))
  }

  async refresh(): Promise<void> {
    // Nothing on it changes.
  }

  accepts(): boolean {
    return false
  }

  focus(): void {
    // It opens no dialog.
  }

  close(): void {
    // Nothing runs.
  }
}

/** What went wrong, what it means, and a way to try again. */
export function failureNotice(texts: Texts, [title, detail]: Message, retry: () => void, tone: 'bad' | 'warn' = 'bad'): HTMLElement {
  return h('div', { class: `notice ${tone}`, role: 'alert' }, icon('alert'), h('p', {}, h('strong', {}, title), ' ', detail),
    h('button', { type: 'button', class: 'action', onclick: retry }, texts.retry))
}

/** A grey place where something will stand; nothing in it moves. */
export function blank(width: 'short' | 'medium' | 'long'): HTMLElement {
  return h('span', { class: `blank ${width}` })
}

import { html, nothing, type TemplateResult } from 'lit'
import { formatDay } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { notice, noticeIcon, type NoticeTone, sentences } from '../shared/notice.ts'
import type { DeviceView, LicenseView, Redeemed } from '../shared/wire.ts'
import type { VoucherText } from './voucher-modal.texts.ts'

type Words = Localize<VoucherText>

/** Heading, and whose dialog it is; `focus`: the focus goes to the heading, as there is no field. */
export function heading(title: string, device: DeviceView | null, focus = true): TemplateResult {
  const line = device === null ? '\u00a0' : html`<bdi>${device.name}</bdi> · <bdi>${device.serial}</bdi>`
  return html`<h2 part="title" id="title" tabindex="-1" ?autofocus=${focus} aria-describedby=${focus ? 'detail' : nothing}>${title}</h2>
    ${focus && device === null ? nothing : html`<p part="device" id="device" class="muted">${line}</p>`}`
}

/** While the device is not known. */
export function loadingView(words: Words, cancel: TemplateResult): TemplateResult {
  return html`${heading(words.text('voucher.code'), null)}
    <p id="detail" class="muted" role="status">${words.text('voucher.loading')}</p>
    <div class="buttons">${cancel}</div>`
}

/** Why there is no field. */
export function tellingView(title: string, device: DeviceView | null, tone: NoticeTone, text: string, actions: readonly TemplateResult[]): TemplateResult {
  return html`${heading(title, device)}
    <div part="message" id="detail">${notice(tone, ...sentences(text))}</div>
    <div class="buttons">${actions}</div>`
}

/** What redeeming did, and until when the licence is valid. */
export function doneView(words: Words, device: DeviceView | null, redeemed: Redeemed, first: boolean, close: TemplateResult): TemplateResult {
  const [title, detail] = sentences(outcomeText(words, redeemed, first))
  return html`<div class="done tone-ok">${noticeIcon('ok')}<div>${heading(title.slice(0, -1), device)}<p id="detail">${detail}</p></div></div>
    <div class="buttons">${close}</div>`
}

function outcomeText(words: Words, { outcome, license, grant }: Redeemed, first: boolean): string {
  if (outcome === 'already-redeemed') return alreadyText(words, license)
  return words.text(first ? 'voucher.done-activate' : 'voucher.done-renew', {
    days: words.formats.days(grant.days), day: formatDay(words.formats, license.lastDay ?? ''),
  })
}

/** What is told of a code that was redeemed on this device before. */
export function alreadyText(words: Words, { status, lastDay }: LicenseView): string {
  if (status === 'expired' || lastDay === null) return words.text('voucher.already-over')
  return words.text('voucher.already', { day: formatDay(words.formats, lastDay) })
}

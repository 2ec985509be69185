import { html, raw } from 'hono/html'
import { formatCode, normalizeCode } from '../../../rules/code.ts'
import type { Preview } from '../../../vouchers/redeem.ts'
import type { LicenseWithLedger } from './api.ts'
import { type Html, icon } from './icons.ts'
import type { Language } from './language.ts'
import type { Message } from './texts.en.ts'

/** What became of a code that was sent: refused, standing already, or previewed. */
export type Attempt = { code: string } & ({ outcome: 'refused' | 'standing'; message: Message } | { outcome: 'previewed'; preview: Preview })

/** The way to activate or renew; in every status (R12). */
export function voucherForm(language: Language, license: LicenseWithLedger, attempt: Attempt | null): Html {
  const { texts, link } = language
  const action = license.actions.find((one) => one === 'activate' || one === 'renew')
  const title = texts.redeemTitle[license.status === 'none' ? 'activate' : 'renew']
  const address = link(`/devices/${encodeURIComponent(license.deviceId)}/voucher`)
  const content = action === undefined ? html`<p class="muted">${texts.readOnly}</p>` : html`<form method="post" action="${address}">
${attempt?.outcome === 'previewed' ? confirmation(language, license.deviceId, attempt.code, attempt.preview) : entry(language, texts[action], attempt)}</form>`
  return html`<section class="card redeem" aria-labelledby="redeem"><h2 id="redeem">${title}</h2><div class="body">${content}</div></section>`
}

/** The first step: the code. Enter asks for the preview, which consumes nothing. */
function entry({ texts }: Language, action: string, attempt: Exclude<Attempt, { outcome: 'previewed' }> | null): Html {
  const refused = attempt?.outcome === 'refused'
  return html`<label for="code">${texts.code}</label>
<input class="code" id="code" name="code" value="${attempt?.code ?? ''}" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
 aria-describedby="${attempt === null ? 'hint' : 'answer hint'}" ${refused ? raw('aria-invalid="true"') : ''} ${attempt === null ? '' : raw('autofocus')}>
${attempt === null ? '' : answer(attempt.message, refused)}
<p class="muted small" id="hint">${texts.codeHint}</p>
<p class="buttons"><button name="step" value="preview">${texts.preview}</button> <button class="filled" name="step" value="redeem">${action}</button></p>`
}

function answer([title, detail]: Message, refused: boolean): Html {
  return html`<p class="answer ${refused ? 'bad' : 'info'}" id="answer" role="alert">${icon(refused ? 'warning' : 'info')}
<span><strong>${title}</strong> ${detail}</span></p>`
}

/** The second step: what the voucher will do, and a button that says so. */
function confirmation({ texts, formats, link }: Language, deviceId: string, code: string, preview: Preview): Html {
  const { outcome, daysAdded, daysKept, lastDay, featuresGained } = preview
  const day = formats.longDay(lastDay ?? '')
  const row = (term: string, value: Html | string): Html => html`<div><dt>${term}</dt><dd>${value}</dd></div>`
  return html`<input type="hidden" name="code" value="${code}">
<h3>${texts.previewTitle}</h3>
<dl class="preview">${row(texts.code, html`<code>${formatCode(normalizeCode(code))}</code>`)}
${row(texts.adds, formats.days(daysAdded))}
${row(texts.kept, formats.days(daysKept))}
${row(texts.newEnd, texts.until(day))}
${featuresGained.length === 0 ? '' : row(texts.gains, featuresGained.map((id) => texts.feature[id] ?? id).join(', '))}</dl>
<p class="buttons"><a class="button" href="${link(`/devices/${encodeURIComponent(deviceId)}`)}#redeem">${texts.useOther}</a>
<button class="filled" name="step" value="redeem" autofocus>${outcome === 'activated' ? texts.activateUntil(day) : texts.renewUntil(day)}</button></p>`
}

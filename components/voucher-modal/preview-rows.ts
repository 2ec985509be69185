import { html, nothing, type TemplateResult } from 'lit'
import { formatDay, formatList } from '../shared/dates.ts'
import { featureName } from '../shared/features.texts.ts'
import type { Localize } from '../shared/localize.ts'
import type { Preview } from '../shared/wire.ts'
import type { VoucherText } from './voucher-modal.texts.ts'

/** What redeeming would do (R18): days added and kept, the new last day, what it opens. */
export function previewRows(words: Localize<VoucherText>, { outcome, daysAdded, daysKept, lastDay, featuresGained }: Preview): TemplateResult {
  const { formats } = words
  const kept = daysKept > 0 ? formats.days(daysKept) : words.text('voucher.kept-today')
  return html`<dl part="preview">
    ${row(words.text('voucher.adds'), formats.days(daysAdded))}
    ${outcome === 'renewed' ? row(words.text('voucher.kept'), kept) : nothing}
    ${lastDay === null ? nothing : row(words.text('voucher.expiration'), words.text('voucher.until', { day: formatDay(formats, lastDay) }))}
    ${featuresGained.length === 0 ? nothing : row(words.text('voucher.opens'), formatList(formats, featuresGained.map((id) => featureName(words, id))))}
  </dl>`
}

function row(name: string, value: string): TemplateResult {
  return html`<div class="row"><dt>${name}</dt><dd>${value}</dd></div>`
}

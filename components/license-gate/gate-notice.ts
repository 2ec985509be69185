import { html, nothing, type TemplateResult } from 'lit'
import { cityOf, formatClockOf } from '../shared/dates.ts'
import { featureName } from '../shared/features.texts.ts'
import { statusIcon } from '../shared/icons.ts'
import type { Localize } from '../shared/localize.ts'
import { isolated } from '../shared/plain.ts'
import type { LicenseView } from '../shared/wire.ts'
import { redeeming } from './gate-panel.ts'
import type { GateText } from './license-gate.texts.ts'

/** How long before it closes a gate says so (ms). */
export const NOTICE_MS = 15 * 60_000

/** What is told before a gate closes at an instant (ms), and read out once: the words stay the same to the end. Null = nothing yet. */
export function closingNotice(words: Localize<GateText>, feature: string, soon: { license: LicenseView; closesAt: number } | null, renew: () => void): TemplateResult {
  return html`<div class=${soon === null ? 'hidden' : 'soon'} lang=${words.language}><div class=${soon === null ? nothing : 'alert tone-warn'} part="notice">
    ${soon === null ? nothing : statusIcon('expiring')}<p role="status">${soon === null ? nothing : textOf(words, feature, soon)}</p>
    ${soon === null || redeeming(soon.license) === null ? nothing : html`<div class="does"><button type="button" class="link" @click=${renew}>${words.text('tab.renew')}</button></div>`}</div></div>`
}

function textOf(words: Localize<GateText>, feature: string, { license: { timeZone }, closesAt }: { license: LicenseView; closesAt: number }): string {
  return words.text('gate.soon', {
    feature: isolated(featureName(words, feature)), time: formatClockOf(words.formats, closesAt, timeZone), city: cityOf(timeZone),
  })
}

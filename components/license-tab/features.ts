import { html, svg, type TemplateResult } from 'lit'
import { featureName } from '../shared/features.texts.ts'
import { frame, statusIcon } from '../shared/icons.ts'
import type { Localize } from '../shared/localize.ts'
import type { LicenseView, Me } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

/** A padlock (Lucide, ISC licence). */
const LOCK = svg`<path d="M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4"/>`

/** Each feature, those of the host included, and whether the licence opens it now (R10). */
export function features(words: Localize<TabText>, license: LicenseView, me: Me): TemplateResult {
  const open = new Set(license.features)
  return html`<section class="card" part="features"><h2>${words.text('tab.opens')}</h2>
    <ul class="features">${me.policy.features.map(({ id }) => html`<li class=${open.has(id) ? 'tone-ok' : 'closed muted'}>${open.has(id) ? statusIcon('active') : frame(LOCK)}
      <span>${featureName(words, id)}</span><span class="muted small">${words.text(open.has(id) ? 'tab.open' : 'tab.closed')}</span></li>`)}</ul></section>`
}

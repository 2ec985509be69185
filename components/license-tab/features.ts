import { html, type TemplateResult } from 'lit'
import { featureName } from '../shared/features.texts.ts'
import { lockIcon, statusIcon } from '../shared/icons.ts'
import type { Localize } from '../shared/localize.ts'
import type { LicenseView, Me } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

/** Each feature, those of the host included, and whether the licence opens it now (R10). */
export function features(words: Localize<TabText>, license: LicenseView, me: Me): TemplateResult {
  const open = new Set(license.features)
  return html`<section class="card" part="features"><h2>${words.text('tab.opens')}</h2>
    <ul class="features">${me.policy.features.map(({ id }) => html`<li class=${open.has(id) ? 'tone-ok' : 'closed muted'}>${open.has(id) ? statusIcon('active') : lockIcon()}
      <span>${featureName(words, id)}</span><span class="muted small">${words.text(open.has(id) ? 'tab.open' : 'tab.closed')}</span></li>`)}</ul></section>`
}

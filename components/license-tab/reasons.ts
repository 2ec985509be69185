import { html, nothing, type TemplateResult } from 'lit'
import type { Localize } from '../shared/localize.ts'
import { reasonText, type Startable } from '../shared/start.ts'
import type { GraceReason, LicenseView, TrialReason } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

/** Reasons that say nothing to anybody: it is on offer, or never was. */
const SILENT: readonly (TrialReason | GraceReason)[] = ['eligible', 'already-licensed', 'not-legacy']
/** Reasons into which support can look. */
const DISPUTABLE: readonly GraceReason[] = ['claimed-by-other', 'in-several-workspaces', 'in-several-sites']

/** Why nothing can be started without a voucher, where that is a question at all: not while something is licensed or on offer. */
export function reasons(words: Localize<TabText>, { status, trial, grace }: LicenseView, support: () => void): TemplateResult | typeof nothing {
  if (trial.eligible || grace.eligible || (status !== 'none' && status !== 'expired')) return nothing
  const told: [Startable, TrialReason | GraceReason][] = []
  if (!SILENT.includes(grace.reason)) told.push(['grace', grace.reason])
  // Who has had a licence does not ask for a trial.
  if (status === 'none' && !SILENT.includes(trial.reason)) told.push(['trial', trial.reason])
  if (told.length === 0) return nothing
  return html`<div class="bar reasons" part="reasons"><div>${told.map(([kind, reason]) => html`<p>${words.text(`start.no-${kind}`)} <span class="muted">${reasonText(words, kind, reason)}</span></p>`)}</div>
    ${DISPUTABLE.includes(grace.reason) ? html`<button type="button" class="link end" part="support" @click=${support}>${words.text('support.contact')}</button>` : nothing}</div>`
}

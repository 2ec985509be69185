import { html, nothing, type TemplateResult } from 'lit'
import type { Localize } from '../shared/localize.ts'
import type { Startable } from '../shared/start.ts'
import type { LicenseWithLedger } from '../shared/wire.ts'
import { codeOf } from './history.ts'
import type { TabText } from './license-tab.texts.ts'
import { undoable } from './undo.ts'

/** What the buttons do. */
export interface ActionHandlers {
  redeem: () => void
  contact: () => void
  undo: () => void
  start: (kind: Startable) => void
}

/** What can be done about a licence now; a person who may not redeem is told why, and whom to ask. */
export function actionBar(words: Localize<TabText>, license: LicenseWithLedger, { redeem, contact, undo, start }: ActionHandlers): TemplateResult {
  const { actions } = license
  const primary = actions.find((action) => action === 'activate' || action === 'renew')
  const grant = undoable(license)
  return html`<div class="bar" part="actions">
    ${primary === undefined ? nothing : html`<button type="button" class="filled" part="primary" @click=${redeem}>${words.text(`tab.${primary}`)}</button>`}
    ${(['trial', 'grace'] as const).map((kind) => (actions.includes(`start-${kind}`)
      ? html`<button type="button" part="start" @click=${() => { start(kind) }}>${words.text(`tab.start-${kind}`)}</button>` : nothing))}
    ${actions.includes('contact') ? html`<button type="button" part="contact" @click=${contact}>${words.text('tab.contact')}</button>` : nothing}
    ${primary === undefined ? html`<p class="muted">${words.text('tab.read-only')}</p>` : nothing}
    ${grant === null ? nothing : html`<button type="button" class="link end" part="undo" @click=${undo}>${words.text('tab.undo', { code: codeOf(grant) })}</button>`}
  </div>`
}

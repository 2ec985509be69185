import { html, nothing, type TemplateResult } from 'lit'
import { formatDay } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { notice, noticeIcon, sentences } from '../shared/notice.ts'
import { isolated } from '../shared/plain.ts'
import { daysFor, lastDayWords, reasonText, startRefusal } from '../shared/start.ts'
import type { DeviceView, Me } from '../shared/wire.ts'
import type { TrialStart } from '../trial-offer/trial-start.ts'
import { type Adding, type Fault, type Field, FIELDS } from './adding.ts'
import type { Draft } from './draft.ts'
import type { WizardText } from './welcome-wizard.texts.ts'

type Words = Localize<WizardText>

function heading(words: Words, title: string, step: number | null): TemplateResult {
  return html`${step === null ? nothing : html`<p class="muted small" part="step">${words.text('wizard.step', { step })}</p>`}
    <h2 part="title" id="title" tabindex="-1" autofocus aria-describedby="detail">${title}</h2>`
}

/** What the form can do. */
export interface FormHandlers {
  input: (field: Field, text: string) => void
  submit: (event: Event) => void
  goOn: (deviceId: string) => void
  support: () => void
}

/** The form for a device. `models`: those that there are; empty = any. */
export function formView(words: Words, draft: Draft, { running, faults }: Adding, models: readonly string[], handlers: FormHandlers, cancel: TemplateResult): TemplateResult {
  const general = faults.find(({ field }) => field === null)
  return html`<form novalidate @submit=${handlers.submit}>
    ${heading(words, words.text('wizard.title'), 1)}
    <p id="detail" class="muted">${words.text('wizard.intro')}</p>
    ${FIELDS.map((field) => fieldView(words, field, draft[field], faults.find((one) => one.field === field) ?? null, field === 'model' ? models : [], handlers))}
    <div role="alert" class="told">${general === undefined ? nothing : notice('bad', ...sentences(general.said ?? words.text(general.text)))}</div>
    <div class="buttons">${cancel}<button part="submit" class="filled" aria-disabled=${running}>${words.text('wizard.add')}</button></div>
    <span class="hidden" role="status">${running ? words.text('wizard.adding') : nothing}</span>
  </form>`
}

function fieldView(words: Words, field: Field, text: string, fault: Fault | null, models: readonly string[], handlers: FormHandlers): TemplateResult {
  const hint = field === 'name' && fault === null
  const described = fault !== null ? `${field}-fault` : hint ? `${field}-hint` : nothing
  const invalid = fault !== null
  const input = (event: Event): void => { handlers.input(field, (event.currentTarget as HTMLInputElement).value) }
  return html`<div class="field ${fault === null ? '' : 'tone-bad'}"><label for=${field}>${words.text(`wizard.${field}`)}</label>
    ${models.length > 0
      ? html`<select part="field" id=${field} required aria-invalid=${invalid} aria-describedby=${described} .value=${text} @change=${input}>
          <option value="" ?selected=${text === ''}>${words.text('wizard.choose')}</option>${models.map((model) => html`<option ?selected=${text === model}>${model}</option>`)}</select>`
      : html`<input part="field" id=${field} type="text" required maxlength="200" autocomplete="off" autocapitalize=${field === 'name' ? 'sentences' : 'characters'} autocorrect="off" spellcheck="false"
          enterkeyhint=${field === 'name' ? 'go' : 'next'} aria-invalid=${invalid} aria-describedby=${described} .value=${text} @input=${input}>`}
    ${fault !== null ? faultView(words, field, fault, handlers) : hint ? html`<p class="muted small" id="${field}-hint">${words.text('wizard.name-hint')}</p>` : nothing}</div>`
}

function faultView(words: Words, field: Field, { text, deviceId, support }: Fault, handlers: FormHandlers): TemplateResult {
  return html`<div class="fault"><p id="${field}-fault">${words.text(text)}</p>
    ${deviceId === null ? nothing : html`<button type="button" class="link" @click=${() => { handlers.goOn(deviceId) }}>${words.text('wizard.go-on')}</button>`}
    ${support ? html`<button type="button" class="link" @click=${handlers.support}>${words.text('support.contact')}</button>` : nothing}</div>`
}

/** What is shown of a device that is added, and its buttons. */
export interface OfferHandlers {
  start: () => void
  code: () => void
  later: TemplateResult
  now: number
}

/** The device is there: its trial where that is on offer, else the way to a code. */
export function offerView(words: Words, { name, model, license }: DeviceView, me: Me, { running, refused }: TrialStart, { start, code, later, now }: OfferHandlers): TemplateResult {
  const { trialDays } = daysFor(me, model)
  const day = lastDayWords(words, trialDays, now, me)
  const may = license.actions.includes('start-trial')
  const codes = license.actions.includes('activate') || license.actions.includes('renew')
  const [title, more] = license.trial.eligible
    ? [words.text('offer.title', { days: words.text('start.of-days', { count: trialDays }) }), words.text('offer.more', { day }) + (may ? '' : ` ${words.text('offer.role')}`)]
    : [words.text('start.no-trial'), `${reasonText(words, 'trial', license.trial.reason)} ${words.text(license.grace.eligible ? 'wizard.grace' : 'wizard.no-offer')}`]
  return html`${heading(words, words.text('wizard.added', { name: isolated(name) }), 2)}
    <p id="detail" class="offer"><strong>${title}</strong> <span class="muted">${more}</span></p>
    ${may && codes ? html`<p><button type="button" class="link" @click=${code}>${words.text('wizard.enter-instead')}</button></p>` : nothing}
    <div role="alert" class="told">${refused === null ? nothing : notice('bad', ...sentences(startRefusal(words, 'trial', refused)))}</div>
    <div class="buttons">${later}
      ${may ? html`<button type="button" part="start" class="filled" aria-disabled=${running} @click=${start}>${words.text('offer.start', { day })}</button>
        <span class="hidden" role="status">${running ? words.text('start.running') : nothing}</span>`
        : codes ? html`<button type="button" class="filled" @click=${code}>${words.text('wizard.enter-code')}</button>` : nothing}</div>`
}

/** The device is licensed. */
export function doneView(words: Words, { name, license: { type, lastDay } }: DeviceView, buttons: unknown): TemplateResult {
  const day = formatDay(words.formats, lastDay ?? '')
  return html`<div class="done tone-ok">${noticeIcon('ok')}<div>${heading(words, words.text('wizard.done', { name: isolated(name) }), null)}
    <p id="detail">${words.text(type === 'trial' ? 'wizard.done-trial' : 'wizard.done-until', { day })}</p></div></div>
    <div class="buttons">${buttons}</div>`
}

/** Something is told in place of the form. */
export function tellingView(words: Words, tone: 'info' | 'warn' | null, text: string, buttons: unknown): TemplateResult {
  return html`${heading(words, words.text('wizard.title'), null)}
    <div id="detail" class="told" role="status">${tone === null ? html`<p class="muted">${text}</p>` : notice(tone, ...sentences(text))}</div>
    <div class="buttons">${buttons}</div>`
}

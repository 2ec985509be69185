import { html, nothing, type TemplateResult } from 'lit'
import type { Localize } from '../shared/localize.ts'
import { notice } from '../shared/notice.ts'
import { troubleWords } from '../shared/trouble.ts'
import type { Me, ProblemBody } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

type Words = Localize<TabText>

/** What is told where nothing is known of the licence: what is wrong, and what to do. */
export function failureWords(words: Words, problem: ProblemBody, deviceId: string): [title: string, detail: string] {
  if (problem.code === 'device-not-found') return [words.text('badge.unknown'), words.text('tab.unknown-more', { id: deviceId })]
  return troubleWords(words, problem)
}

/** What is wrong, with a way to try again. */
export function failure(tone: 'bad' | 'warn' | 'info', [title, detail]: [title: string, detail: string], retry: unknown): TemplateResult {
  return html`<div class="card trouble" part="trouble">${notice(tone, title, detail)}${retry}</div>`
}

const BONE = html`<span class="bone">&nbsp;</span>`

/** Features of ours, as long as it is not known which there are. */
const USUAL_FEATURES = 8

/** As high as what comes, as far as it is known for whom, so that nothing moves when it does. */
export function skeleton(words: Words, me: Me | null): TemplateResult {
  const features = me?.policy.features.length ?? USUAL_FEATURES
  const fact = (key: 'status' | 'expiration' | 'remaining' | 'type'): TemplateResult => html`<div><dt>${words.text(`tab.${key}`)}</dt><dd>${BONE}</dd></div>`
  const card = (title: string, kind: string, rows: number): TemplateResult => html`<div class="card"><h2>${title}</h2>
    <ul class=${kind}>${Array.from({ length: rows }, () => html`<li>${BONE}</li>`)}</ul></div>`
  return html`<p class="hidden">${words.text('badge.loading')}</p><div class="skeleton" aria-hidden="true">
    <div class="card"><dl class="facts">${fact('status')}${fact('expiration')}${fact('remaining')}${fact('type')}</dl>
      <div class="lane"><div class="bone"></div></div><div class="bar"><span class="button bone"><span>${words.text('tab.contact')}</span></span></div>
      ${me?.roles.includes('admin') === false ? nothing : html`<div class="bar"><span class="bone"><span>${words.text('tab.renewal')}</span></span></div>`}</div>
    <div class="columns">${card(words.text('tab.history'), '', 1)}${card(words.text('tab.opens'), 'features', features)}</div></div>`
}

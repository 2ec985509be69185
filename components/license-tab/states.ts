import { html, type TemplateResult } from 'lit'
import { formatClockOf, formatDayOf, formatTimeOf } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { notice } from '../shared/notice.ts'
import type { ProblemBody } from '../shared/wire.ts'
import type { TabText } from './license-tab.texts.ts'

type Words = Localize<TabText>

/** Why there is no answer, in few words. */
type Trouble = 'unreachable' | 'signed-out' | 'forbidden' | 'trouble'

function troubleOf({ code, status }: ProblemBody): Trouble {
  if (code === 'unreachable') return 'unreachable'
  return status === 401 ? 'signed-out' : status === 403 ? 'forbidden' : 'trouble'
}

/** What is told where nothing is known of the licence: what is wrong, and what to do. */
export function failureWords(words: Words, problem: ProblemBody, deviceId: string): [title: string, detail: string] {
  if (problem.code === 'device-not-found') return [words.text('badge.unknown'), words.text('tab.unknown-more', { id: deviceId })]
  const trouble = troubleOf(problem)
  return [words.text(`tab.${trouble}`), words.text(`tab.${trouble}-more`)]
}

/** What is told where only what was known before can be shown. */
export function staleWords(words: Words, problem: ProblemBody, { at, now, timeZone }: { at: number; now: number; timeZone: string }): [title: string, detail: string] {
  const isToday = formatDayOf(words.formats, at, timeZone) === formatDayOf(words.formats, now, timeZone)
  const time = (isToday ? formatClockOf : formatTimeOf)(words.formats, at, timeZone)
  return [words.text(`tab.${troubleOf(problem)}`), words.text('tab.as-known', { time })]
}

/** What is wrong, with a way to try again. */
export function failure(tone: 'bad' | 'warn' | 'info', [title, detail]: [title: string, detail: string], retry: unknown): TemplateResult {
  return html`<div class="card trouble" part="trouble">${notice(tone, title, detail)}${retry}</div>`
}

const BONE = html`<span class="bone">&nbsp;</span>`

/** As high as what comes, so that nothing moves when it does. `features`: how many there will be, as far as that is known. */
export function skeleton(words: Words, features: number): TemplateResult {
  const fact = (key: 'status' | 'expiration' | 'remaining' | 'type'): TemplateResult => html`<div><dt>${words.text(`tab.${key}`)}</dt><dd>${BONE}</dd></div>`
  const card = (title: string, kind: string, rows: number): TemplateResult => html`<div class="card"><h2>${title}</h2>
    <ul class=${kind}>${Array.from({ length: rows }, () => html`<li>${BONE}</li>`)}</ul></div>`
  return html`<p class="hidden">${words.text('badge.loading')}</p><div class="skeleton" aria-hidden="true">
    <div class="card"><dl class="facts">${fact('status')}${fact('expiration')}${fact('remaining')}${fact('type')}</dl>
      <div class="lane"><div class="bone"></div></div><div class="bar"><span class="button bone"><span>${words.text('tab.contact')}</span></span></div></div>
    <div class="columns">${card(words.text('tab.history'), '', 1)}${card(words.text('tab.opens'), 'features', features)}</div></div>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { formatDayOf } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import type { GrantView, LicenseWithLedger } from '../shared/wire.ts'
import { kindWord } from './facts.ts'
import type { TabText } from './license-tab.texts.ts'

/** Entries that stand there before all are asked for. */
const FEW = 8

type Words = Localize<TabText>

/** How the history is shown, and to whom. */
export interface HistoryOptions {
  /** The person's id; null if nobody. */
  person: string | null
  whole: boolean
  /** Shows all entries, or few again. */
  onToggle: () => void
}

/** The last signs of a voucher's code, as everybody may see them. */
export function codeOf({ source }: GrantView): string {
  return `····${source.last4 ?? ''}`
}

/** Everything that ever happened to a licence, newest first; what was undone stays and is told. */
export function history(words: Words, { ledger, timeZone }: LicenseWithLedger, { person, whole, onToggle }: HistoryOptions): TemplateResult {
  const entries = ledger.toReversed().sort((a, b) => happenedAt(b) - happenedAt(a))
  const shown = whole || entries.length <= FEW + 1 ? entries : entries.slice(0, FEW)
  const more = entries.length <= FEW + 1 ? nothing : html`<div class="more"><button type="button" class="link" aria-expanded=${whole} @click=${onToggle}
    >${words.text(whole ? 'tab.show-less' : 'tab.show-all', { count: entries.length })}</button></div>`
  return html`<section class="card" part="history"><h2>${words.text('tab.history')}</h2>
    ${entries.length === 0
      ? html`<p class="empty muted">${words.text('tab.no-history')}</p>`
      : html`<ol>${shown.map((grant) => entry(words, grant, timeZone, person))}</ol>${more}`}</section>`
}

/** When an entry came about (ms): an imported licence began elsewhere, before it was brought in. */
function happenedAt({ at, from, source }: GrantView): number {
  return Math.min(Date.parse(at), source.type === 'import' ? Date.parse(from) : Number.POSITIVE_INFINITY)
}

function entry(words: Words, grant: GrantView, timeZone: string, person: string | null): TemplateResult {
  const { from, to, at, by, days, source, undoneAt, undoneBy } = grant
  const day = (instant: string | number): string => formatDayOf(words.formats, instant, timeZone)
  const happened = happenedAt(grant)
  const renewed = isRenewal(grant)
  const sentence = html`${sentenceOf(words, grant)}, <strong>${renewed ? '+' : ''}${words.formats.days(days)}</strong>`
  const imported = source.type !== 'import' ? nothing
    : html` · ${words.text('tab.imported', { day: day(at) })}${source.reference === undefined ? nothing : html` · <bdi>${source.reference}</bdi>`}`
  return html`<li class="entry"><time class="muted" datetime=${new Date(happened).toISOString()}>${day(happened)}</time>
    <div><p>${undoneAt === null ? sentence : html`<s>${sentence}</s>`}</p>
      ${undoneAt === null ? nothing : html`<p class="undone">${words.text('tab.undone', { day: day(undoneAt) })}${undoneBy === person ? ` · ${words.text('tab.you')}` : ''}</p>`}
      <p class="muted small">${day(from)} – ${day(Date.parse(to) - 1)}${imported}</p></div>
    ${by === person ? html`<span class="muted">${words.text('tab.you')}</span>` : nothing}</li>`
}

/** Whether a voucher extended a cover (R16): its days begin where that one ends, and not when it was redeemed. */
function isRenewal({ source, from, at }: GrantView): boolean {
  return source.type === 'voucher' && Date.parse(from) > Date.parse(at)
}

function sentenceOf(words: Words, grant: GrantView): string {
  const { source: { type }, kind } = grant
  if (type === 'voucher') return words.text(isRenewal(grant) ? 'tab.renewed' : 'tab.activated', { code: codeOf(grant) })
  return type === 'import' ? kindWord(words, kind) : words.text(`tab.${type}-started`)
}

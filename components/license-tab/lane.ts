import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit'
import { formatDayOf } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import type { GrantView, Kind, LicenseWithLedger } from '../shared/wire.ts'
import { kindWord } from './facts.ts'
import type { TabText } from './license-tab.texts.ts'

/** Periods that are drawn; of a longer ledger the latest ones. */
const MOST = 24
/** Least share of the width (percent) that a period or a gap gets, however short it is. */
const LEAST = 2.5
/** Height of a period, and from one row to the next (px). */
const HEIGHT = 32
const ROW = HEIGHT + 2
/** Room for "Today" above the periods (px). */
const TOP = 22

interface Period {
  kind: Kind
  from: number
  to: number
  /** Periods that overlap stand one below the other. */
  row: number
}

/** The ledger on a line of time, today marked, what is queued to its right. It is drawn only: the history says the same. */
export function lane(words: Localize<TabText>, { ledger, now, timeZone }: LicenseWithLedger): TemplateResult {
  const periods = periodsOf(ledger)
  const today = Date.parse(now)
  const first = periods[0]?.from ?? today
  const last = Math.max(today, ...periods.map(({ to }) => to))
  const place = placesOf(periods, today)
  const height = TOP + ROW * Math.max(1, ...periods.map(({ row }) => row + 1))
  const day = (at: number): string => formatDayOf(words.formats, at, timeZone)
  const draw = ({ kind, from, to, row }: Period): SVGTemplateResult => {
    const name = kindWord(words, kind)
    const tone = to <= today ? 'tone-neutral' : kind === 'grace' ? 'tone-info' : 'tone-ok'
    return box(place(from), place(to) - place(from), row, html`<div class="${kind} ${tone}" title=${`${name}, ${day(from)} – ${day(to - 1)}`}><span>${name}</span></div>`)
  }
  const mark = place(today)
  const anchor = mark < 10 ? 'start' : mark > 90 ? 'end' : 'middle'
  return html`<div class="lane" part="lane" aria-hidden="true"><svg width="100%" height=${height} focusable="false">${periods.length === 0
    ? box(0, 100, 0, html`<div class="none"><span>${words.text('badge.none')}</span></div>`)
    : svg`${periods.map(draw)}<svg class="mark" x="${mark}%" y="15" width="1" height="6"><path d="M-4.5 0h9L0 6z"/></svg>
      <text x="${mark}%" y="13" dy="-.24em" dx=${anchor === 'middle' ? 0 : anchor === 'end' ? 5 : -5} text-anchor=${anchor}>${words.text('tab.today')}</text>`}</svg>
    <p class="muted small"><span>${periods.length === 0 ? '\u00a0' : day(first)}</span><span>${last > today ? day(last - 1) : nothing}</span></p></div>`
}

/** Something on the line, by its place and width (percent): SVG places it without a style that a strict policy refuses. */
function box(x: number, width: number, row: number, content: TemplateResult): SVGTemplateResult {
  return svg`<foreignObject x="${x}%" y=${TOP + row * ROW} width="${width}%" height=${HEIGHT}>${content}</foreignObject>`
}

function periodsOf(ledger: readonly GrantView[]): Period[] {
  const ends: number[] = []
  return ledger.filter(({ undoneAt }) => undoneAt === null)
    .map(({ kind, from, to }) => ({ kind, from: Date.parse(from), to: Date.parse(to) }))
    .sort((a, b) => a.from - b.from).slice(-MOST)
    .map((period) => {
      const free = ends.findIndex((end) => end <= period.from)
      const row = free === -1 ? ends.length : free
      ends[row] = period.to
      return { ...period, row }
    })
}

/** Where instants stand (percent): as on a straight line of time, but no period and no gap is too narrow to be seen. */
function placesOf(periods: readonly Period[], today: number): (at: number) => number {
  const within = periods.some(({ from, to }) => from <= today && today <= to)
  const edges = [...new Set([...within ? [] : [today], ...periods.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b)
  const spans = edges.slice(1).map((to, index) => ({ from: edges[index] ?? to, to }))
  const whole = spans.reduce((sum, { from, to }) => sum + to - from, 0)
  const least = Math.min(LEAST, 50 / edges.length)
  const widths = spans.map(({ from, to }) => Math.max(least, ((to - from) / whole) * 100))
  const sum = widths.reduce((total, width) => total + width, 0)
  return (at) => {
    const reached = spans.reduce((total, { from, to }, index) => total + (widths[index] ?? 0) * Math.min(1, Math.max(0, (at - from) / (to - from))), 0)
    return Math.round((reached / Math.max(sum, 1)) * 10_000) / 100
  }
}

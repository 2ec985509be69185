import { html, raw } from 'hono/html'
import type { Kind } from '../../../rules/lists.ts'
import type { LicenseWithLedger } from './api.ts'
import type { Html } from './icons.ts'
import type { Language } from './language.ts'

/** Share of the width (percent) from which a period has room for its name. */
const ROOM = 25

/** Fills that differ without colour too: plain, upright stripes, slanted stripes. */
const PATTERNS = raw(`<defs>
<pattern id="lane-trial" width="10" height="10" patternUnits="userSpaceOnUse">
<rect width="10" height="10" class="lane-back"/><rect width="5" height="10" class="lane-stripe"/></pattern>
<pattern id="lane-grace" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="8" height="8" class="lane-back"/><rect width="3" height="8" class="lane-stripe"/></pattern>
</defs>`)
const FILLS = { standard: null, trial: 'url(#lane-trial)', grace: 'url(#lane-grace)' } as const satisfies Record<Kind, string | null>

/** The ledger on a line of time; the history says the same in words. Nothing where there is no period. */
export function lane({ texts, formats }: Language, { ledger, now, timeZone }: LicenseWithLedger): Html | string {
  const periods = ledger.filter((grant) => grant.undoneAt === null)
    .map(({ kind, from, to }) => ({ kind, from: Date.parse(from), to: Date.parse(to) })).sort((a, b) => a.from - b.from)
  if (periods.length === 0) return ''
  const today = Date.parse(now)
  const start = Math.min(today, ...periods.map((one) => one.from))
  const end = Math.max(today, ...periods.map((one) => one.to))
  const place = (at: number): number => Math.round(((at - start) / Math.max(1, end - start)) * 10_000) / 100
  const mark = place(today)
  const anchor = mark < 10 ? 'start' : mark > 90 ? 'end' : 'middle'
  return html`<div class="lane"><svg width="100%" height="60" aria-hidden="true" focusable="false">${PATTERNS}
<text x="${mark}%" y="12" class="lane-today" text-anchor="${anchor}">${texts.today}</text>
<svg x="${mark}%" y="16" width="1" height="6"><path d="M-4 0h8L0 6z" class="lane-mark"/></svg>
<line x1="0" x2="100%" y1="40" y2="40" class="lane-base"/>
${periods.map(({ kind, from, to }) => period(texts.kind[kind], kind, place(from), place(to)))}</svg>
<p><span>${formats.dayOf(start, timeZone)}</span><span>${formats.dayOf(end - 1, timeZone)}</span></p></div>`
}

/** One period, in an image of its own so that its name is cut where it ends. */
function period(name: string, kind: Kind, from: number, to: number): Html {
  const width = Math.max(0.5, to - from)
  const fill = FILLS[kind]
  return html`<svg class="lane-clip" x="${from}%" y="24" width="${width}%" height="32">
<rect x="1" y="1" width="100%" height="30" rx="6" class="lane-period" ${fill === null ? '' : raw(`fill="${fill}"`)}/>
${width < ROOM ? '' : html`<text x="12" y="21" class="lane-name">${name}</text>`}</svg>`
}

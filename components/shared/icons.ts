import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit'
import type { Status } from './wire.ts'

/** Shapes of Lucide (ISC licence), on a grid of 24. */
const SHAPES = {
  check: svg`<path d="M20 6 9 17l-5-5"/>`,
  clock: svg`<path d="M12 7v5l3 2"/>`,
  hourglass: svg`<path d="M5 22h14M5 2h14M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2"/>`,
  'crossed-circle': svg`<circle cx="12" cy="12" r="10"/><path d="m15 9-6 6m0-6 6 6"/>`,
  'dashed-circle': svg`<circle cx="12" cy="12" r="10" stroke-dasharray="3.8 4.05"/>`,
  unknown: svg`<circle cx="12" cy="12" r="10"/><path d="M12 7v6m0 4h.01"/>`,
} satisfies Record<string, SVGTemplateResult>

/** The one icon of each status. */
export const STATUS_ICONS = {
  none: 'dashed-circle', active: 'check', expiring: 'clock', grace: 'hourglass', expired: 'crossed-circle',
} as const satisfies Record<Status, keyof typeof SHAPES>

/** The tone of each status: a class of `tones`. */
export const STATUS_TONES = {
  none: 'tone-neutral', active: 'tone-ok', expiring: 'tone-warn', grace: 'tone-info', expired: 'tone-bad',
} as const satisfies Record<Status, string>

/** Strokes in the colour of the text beside them, which says the same in words. */
export function frame(shapes: unknown): TemplateResult {
  return html`<svg part="icon" class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes}</svg>`
}

/** Circumference of the ring, on the grid. */
const RING = 2 * Math.PI * 10

/** The icon of a status. `left`: the share of the days before expiry that remains, 0 to 1, drawn as the clock's ring. */
export function statusIcon(status: Status | 'unknown', left = 1): TemplateResult {
  if (status === 'unknown') return frame(SHAPES.unknown)
  const name = STATUS_ICONS[status] ?? 'unknown'
  if (name !== 'clock') return frame(SHAPES[name])
  const filled = Math.min(Math.max(left, 0), 1) * RING
  return frame(svg`<circle cx="12" cy="12" r="10" opacity=".35"/>
    <circle class="ring" cx="12" cy="12" r="10" transform="rotate(-90 12 12)" stroke-linecap="butt" stroke-dasharray="${filled.toFixed(1)} 63"/>${SHAPES.clock}`)
}

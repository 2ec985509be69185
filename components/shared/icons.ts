import { html, type TemplateResult } from 'lit'
import type { Status } from './wire.ts'

const CIRCLE = 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z'

/** The tone (a class of `tones`) and the one icon of each status: shapes of Lucide (ISC licence), as one path on a grid of 24. */
const LOOKS = {
  active: ['ok', 'M20 6 9 17l-5-5'],
  expiring: ['warn', 'M12 7v5l3 2'],
  grace: ['info', 'M5 22h14M5 2h14M17 22v-4.2a2 2 0 0 0-.6-1.4L12 12l-4.4 4.4a2 2 0 0 0-.6 1.4V22M7 2v4.2a2 2 0 0 0 .6 1.4L12 12l4.4-4.4a2 2 0 0 0 .6-1.4V2'],
  expired: ['bad', `${CIRCLE}M15 9l-6 6m0-6 6 6`],
  none: ['neutral', 'M10.1 2.2a10 10 0 0 1 3.8 0M17.6 3.7a10 10 0 0 1 2.7 2.7M21.8 10.1a10 10 0 0 1 0 3.8M20.3 17.6a10 10 0 0 1-2.7 2.7'
    + 'M13.9 21.8a10 10 0 0 1-3.8 0M6.4 20.3a10 10 0 0 1-2.7-2.7M2.2 13.9a10 10 0 0 1 0-3.8M3.7 6.4a10 10 0 0 1 2.7-2.7'],
  unknown: ['neutral', `${CIRCLE}M12 7v6m0 4h.01`],
} as const satisfies Record<Status | 'unknown', readonly [tone: string, path: string]>

/** The part of a circle that begins above and is `share` of it (0 to 1), clockwise. */
function arc(share: number): string {
  const angle = 2 * Math.PI * Math.min(Math.max(share, 0), 0.999)
  return `M12 2A10 10 0 ${share > 0.5 ? 1 : 0} 1 ${12 + 10 * Math.sin(angle)} ${12 - 10 * Math.cos(angle)}`
}

const made = new Map<string, TemplateStringsArray>()

/** The strings of a template that is made at run time: what stands in them is parsed once, and not for each of a thousand elements. Of
 * constants and numbers alone: they are HTML. */
export function stringsOf(...strings: string[]): TemplateStringsArray {
  const key = strings.join()
  const known = made.get(key) ?? Object.assign(strings, { raw: strings })
  made.set(key, known)
  return known
}

/** Strokes in the colour of the text beside them, which says the same in words. */
export function markup(shapes: string): string {
  return `<svg part="icon" class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes}</svg>`
}

/** The same as a template. */
export function frame(shapes: string): TemplateResult {
  return html(stringsOf(markup(shapes)))
}

/** What is drawn of a status: the class of its tone, and shapes; of the clock with a faint ring behind it. `left`: the share
 * of the days before expiry that remains, drawn as the clock's ring. */
export function statusShape(status: Status | 'unknown', left = 1): { tone: string; shapes: string } {
  const [tone, path] = LOOKS[status] ?? LOOKS.unknown
  return { tone: `tone-${tone}`, shapes: status === 'expiring' ? `<path opacity=".35" d="${CIRCLE}"/><path d="${arc(left) + path}"/>` : `<path d="${path}"/>` }
}

/** The icon of a status; `left` as in `statusShape`. */
export function statusIcon(status: Status | 'unknown', left?: number): TemplateResult {
  return frame(statusShape(status, left).shapes)
}

/** A padlock (Lucide, ISC licence): what the licence does not open. */
export function lockIcon(): TemplateResult {
  return frame('<path d="M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4"/>')
}

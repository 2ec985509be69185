import type { Status } from '../../bff/rules/lists.ts'
import { s } from './dom.ts'

const RING = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z'

/** Strokes of Lucide (ISC licence), on a grid of 24. */
const STROKES = {
  check: 'M20 6 9 17l-5-5',
  clock: `${RING}M12 7v5l3 2`,
  hourglass: 'M5 22h14M5 2h14M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22'
    + 'M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2',
  'crossed-circle': `${RING}M15 9l-6 6M9 9l6 6`,
  'dashed-circle': RING,
  alert: 'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3ZM12 9v4M12 17h.01',
  lock: 'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4',
  back: 'm12 19-7-7 7-7M19 12H5',
  up: 'm5 12 7-7 7 7M12 19V5',
  down: 'm5 12 7 7 7-7M12 5v14',
  close: 'M18 6 6 18M6 6l12 12',
  minus: 'M5 12h14',
  plus: 'M5 12h14M12 5v14',
  pause: 'M7 4h3v16H7zM14 4h3v16h-3z',
  play: 'm6 3 14 9-14 9z',
  auto: 'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM8 21h8M12 17v4',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M4.93 4.93l1.41 1.41M17.66 17.66l1.41 1.41M2 12h2M20 12h2'
    + 'M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41',
  dark: 'M12 3a6 6 0 0 0 9 9 9 9 0 1 1-9-9Z',
} as const satisfies Record<string, string>

export type Icon = keyof typeof STROKES

/** The one icon of each status. */
export const STATUS_ICONS = {
  none: 'dashed-circle', active: 'check', expiring: 'clock', grace: 'hourglass', expired: 'crossed-circle',
} as const satisfies Record<Status, Icon>

/** The colours of each status. */
export const STATUS_TONES = { none: 'neutral', active: 'ok', expiring: 'warn', grace: 'info', expired: 'bad' } as const satisfies Record<Status, string>

/** An icon in the colour of the text beside it, which says the same in words. */
export function icon(name: Icon, size = 16): SVGSVGElement {
  return s('svg', {
    class: 'icon', viewBox: '0 0 24 24', width: size, height: size, fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round',
    'stroke-linejoin': 'round', 'aria-hidden': 'true',
  }, s('path', { d: STROKES[name], 'stroke-dasharray': name === 'dashed-circle' && '3.8 4.05' }))
}

import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Status } from '../../../rules/lists.ts'

/** A piece of a page: text in it is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Strokes on a grid of 24. */
const STROKES = {
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
  hourglass: '<path d="M6 3h12M6 21h12M7.5 3v4.5L12 12l4.5-4.5V3M7.5 21v-4.5L12 12l4.5 4.5V21"/>',
  'crossed-circle': '<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>',
  'dashed-circle': '<circle cx="12" cy="12" r="9" stroke-dasharray="3.4 3.67"/>',
  warning: '<path d="M12 4 2.8 20h18.4L12 4Z"/><path d="M12 10.5v4M12 17.4v.1"/>',
  info: '<circle cx="12" cy="12" r="9"/><path d="M12 11.5V16M12 8v.1"/>',
  lock: '<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  back: '<path d="M19 12H5m6-6-6 6 6 6"/>',
} as const

export type Icon = keyof typeof STROKES

/** The one icon of each status. */
export const STATUS_ICONS = {
  none: 'dashed-circle', active: 'check', expiring: 'clock', grace: 'hourglass', expired: 'crossed-circle',
} as const satisfies Record<Status, Icon>

/** An icon in the colour of the text beside it, which says the same in words. */
export function icon(name: Icon): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" stroke-width="2"
 stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${raw(STROKES[name])}</svg>`
}

/** The portal's own sign, as a file. */
export const FAVICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f5fd6"/>'
  + '<path d="m9 10 7 13 7-13" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>'

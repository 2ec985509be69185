import { css, html, type TemplateResult } from 'lit'
import { frame } from './icons.ts'

/** Shapes of Lucide (ISC licence), on a grid of 24. */
const TRIANGLE = '<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4m0 4h.01"/>'
const INFO = '<circle cx="12" cy="12" r="10"/><path d="M12 16v-4m0-4h.01"/>'
const CHECK = '<circle cx="12" cy="12" r="10"/><path d="m9 12 2 2 4-4"/>'
const SHAPES = { bad: TRIANGLE, warn: TRIANGLE, info: INFO, ok: CHECK } as const

/** How bad it is: a tone. */
export type NoticeTone = keyof typeof SHAPES

/** The icon of a tone. */
export function noticeIcon(tone: NoticeTone): TemplateResult {
  return frame(SHAPES[tone])
}

/** What happened in a few strong words, and what it means and what to do. Ways to do it stand below, in `.actions`. */
export function notice(tone: NoticeTone, title: string, detail: string): TemplateResult {
  return html`<div class="notice tone-${tone}">${noticeIcon(tone)}<p><strong>${title}</strong> <span class="muted">${detail}</span></p></div>`
}

/** The first sentence of a text, which says what happened, and the rest. */
export function sentences(text: string): [title: string, detail: string] {
  const end = text.search(/[.!?] /) + 1
  return end === 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)]
}

/** Looks of notices; the tones come from `tones`. */
export const noticeStyles = css`
  .notice {
    display: flex;
    gap: 12px;
    overflow-wrap: anywhere;
  }
  .notice > p {
    min-width: 0;
  }
  .notice > .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    margin-top: 0.125em;
    color: var(--_front);
    forced-color-adjust: auto;
  }
  .notice strong {
    color: var(--_front);
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-top: 4px;
    padding-inline-start: calc(1.25em + 12px);
  }
  .actions > * {
    text-align: start;
  }
`

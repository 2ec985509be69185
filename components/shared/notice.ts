import { css, html, nothing, svg, type TemplateResult } from 'lit'
import { frame } from './icons.ts'

/** Shapes of Lucide (ISC licence), on a grid of 24. */
const TRIANGLE = svg`<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4m0 4h.01"/>`
const INFO = svg`<circle cx="12" cy="12" r="10"/><path d="M12 16v-4m0-4h.01"/>`
const CHECK = svg`<circle cx="12" cy="12" r="10"/><path d="m9 12 2 2 4-4"/>`
const SHAPES = { bad: TRIANGLE, warn: TRIANGLE, info: INFO, ok: CHECK } as const

/** How bad it is: a tone. */
export type NoticeTone = keyof typeof SHAPES

/** The icon of a tone. */
export function noticeIcon(tone: NoticeTone): TemplateResult {
  return frame(SHAPES[tone])
}

/** What happened in a few strong words, what it means and what to do, and ways to do it. */
export function notice(tone: NoticeTone, title: string, detail: string, actions: unknown = nothing): TemplateResult {
  return html`<div class="notice tone-${tone}">${noticeIcon(tone)}<div>
    <p><strong>${title}</strong> <span class="muted">${detail}</span></p>${actions === nothing ? nothing : html`<p class="actions">${actions}</p>`}
  </div></div>`
}

/** Looks of notices; the tones come from `tones`. */
export const noticeStyles = css`
  .notice {
    display: flex;
    gap: 12px;
    overflow-wrap: anywhere;
  }
  .notice > div {
    min-width: 0;
  }
  .notice > .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    margin-top: 0.125em;
    color: var(--_front);
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
  }
`

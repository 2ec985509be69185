import { css, html, nothing, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { type Theme, themes } from './themes.ts'

/** The host's page around a story: its font, size and colours. */
const page = css`
  .frame {
    padding: 24px;
    color: light-dark(#1b1f24, #e6e9ed);
    background: light-dark(#fff, #171b20);
    font: 14px/1.5 Inter, system-ui, 'Segoe UI', sans-serif;
  }
  .frame table {
    border-collapse: collapse;
  }
  .frame :is(th, td) {
    height: 44px;
    padding: 0 24px 0 0;
    border-block-end: 1px solid var(--license-line, light-dark(#dfe3e8, #2c333b));
    text-align: start;
  }
  .frame td:has(license-badge) {
    white-space: nowrap;
  }
  #storybook-root .frame {
    box-sizing: border-box;
    min-height: 100vh;
  }
`

/** Which way a page runs. */
export const DIRECTIONS = ['ltr', 'rtl'] as const

/** How a story is framed. */
export interface Frame {
  /** Where the story's BFF is; null = no provider is put around it. */
  baseUrl: string | null
  locale: string
  theme: Theme
  direction?: (typeof DIRECTIONS)[number]
}

/** Draws a story as a host's page would: in its language, direction and colours, with a provider around. */
export function framed(story: unknown, { baseUrl, locale, theme, direction = 'ltr' }: Frame): TemplateResult {
  return html`<div class="frame frame-${theme}" lang=${locale} dir=${direction} ${ref(adoptPage)}>${theme === 'forced' ? note : nothing}${baseUrl === null
    ? story
    : html`<license-provider base-url=${baseUrl} locale=${locale}>${story}</license-provider>`}</div>`
}

/** A page can follow forced colours, and cannot switch them on. */
const note = html`<p class="frame-note" lang="en" dir="ltr"><span class="on">Forced colors are on: the colors are those of your system.</span><span
  class="off">Forced colors are off, and only the system or the browser can switch them on. Windows: Settings › Accessibility › Contrast themes. Chromium:
  developer tools › Rendering › forced-colors: active.</span></p>`

function adoptPage(): void {
  for (const { styleSheet } of [page, themes]) {
    if (styleSheet !== undefined && !document.adoptedStyleSheets.includes(styleSheet)) document.adoptedStyleSheets.push(styleSheet)
  }
}

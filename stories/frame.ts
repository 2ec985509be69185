import { css, html, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'

/** The host's page around a story: its font, size and colours. */
const page = css`
  .frame {
    padding: 24px;
    color: light-dark(#1b1f24, #e6e9ed);
    background: light-dark(#fff, #171b20);
    color-scheme: light;
    font: 14px/1.5 Inter, system-ui, 'Segoe UI', sans-serif;
  }
  .frame-dark {
    color-scheme: dark;
  }
  .frame table {
    border-collapse: collapse;
  }
  .frame :is(th, td) {
    height: 44px;
    padding: 0 24px 0 0;
    border-block-end: 1px solid light-dark(#dfe3e8, #2c333b);
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

/** How a story is framed. */
export interface Frame {
  /** Where the story's BFF is; null = no provider is put around it. */
  baseUrl: string | null
  locale: string
  theme: 'light' | 'dark'
}

/** Draws a story as a host's page would: in its language and colours, with a provider around. */
export function framed(story: unknown, { baseUrl, locale, theme }: Frame): TemplateResult {
  return html`<div class="frame ${theme === 'dark' ? 'frame-dark' : ''}" lang=${locale} ${ref(adoptPage)}>${baseUrl === null
    ? story
    : html`<license-provider base-url=${baseUrl} locale=${locale}>${story}</license-provider>`}</div>`
}

function adoptPage(): void {
  const sheet = page.styleSheet
  if (sheet !== undefined && !document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
}

import { css } from 'lit'

/** The design tokens: each can be set as a custom property of its name (`--license-accent`) on the element or anywhere
 * above it. Light and dark follow the `color-scheme` of the page. */
export const tokens = css`
  :host {
    --_muted: var(--license-muted, light-dark(#59636e, #9aa5b1));
    --_line: var(--license-line, light-dark(#dfe3e8, #2c333b));
    --_control: var(--license-control, light-dark(#7d8894, #6b7682));
    --_surface: var(--license-surface, light-dark(#fff, #171b20));
    --_accent: var(--license-accent, light-dark(#1f5fd6, #6ea6ff));
    --_on-accent: var(--license-on-accent, light-dark(#fff, #0f1216));
    --_radius: var(--license-radius, 8px);
    --_radius-card: var(--license-radius-card, 12px);
    --_mono: var(--license-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace);
  }
`

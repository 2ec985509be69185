import { css } from 'lit'

/** The design tokens: each can be set as a custom property of its name (`--license-accent`) on the element or anywhere
 * above it. Light and dark follow the `color-scheme` of the page. */
export const tokens = css`
  :host {
    --_text: var(--license-text, inherit);
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
  :host([hidden]) {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
`

/** The colours of statuses: `tone-ok` and so on set `--_front` and `--_tint`. */
export const tones = css`
  .tone-ok {
    --_front: var(--license-ok, light-dark(#116b3c, #72d39d));
    --_tint: var(--license-ok-tint, light-dark(#e4f4ea, #11301f));
  }
  .tone-warn {
    --_front: var(--license-warn, light-dark(#7d4e00, #f1c267));
    --_tint: var(--license-warn-tint, light-dark(#fff3d6, #32260c));
  }
  .tone-bad {
    --_front: var(--license-bad, light-dark(#a1201a, #ff9f97));
    --_tint: var(--license-bad-tint, light-dark(#fdebe9, #381715));
  }
  .tone-info {
    --_front: var(--license-info, light-dark(#1b4fa8, #9dc3ff));
    --_tint: var(--license-info-tint, light-dark(#e7f0fd, #14263f));
  }
  .tone-neutral {
    --_front: var(--license-neutral, light-dark(#59636e, #9aa5b1));
    --_tint: var(--license-neutral-tint, light-dark(#eceff2, #232a31));
  }
`

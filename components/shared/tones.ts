import { css } from 'lit'

/** What every element begins with. */
export const base = css`
  :host([hidden]) {
    display: none !important;
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

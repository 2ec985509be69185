import { css } from 'lit'
import { alertRowStyles } from '../shared/alert-row.styles.ts'
import { cardStyles } from '../shared/contact-card.styles.ts'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** One card with a row for each warning. */
export const styles = [tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, cardStyles, alertRowStyles, css`
  :host {
    display: block;
  }
  :host([empty]) {
    display: none !important;
  }
  .card {
    container-type: inline-size;
    color: var(--license-text, inherit);
    line-height: 1.5;
    text-align: start;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .card:focus {
    outline: none;
  }
  .card:not(:has(> .alert, > grace-banner:not([empty]))) {
    border-color: transparent;
  }
  .alert + .alert,
  .alert + grace-banner {
    border-top: 1px solid var(--_line);
  }
`, base]

import { css } from 'lit'
import { cardStyles } from '../shared/contact-card.styles.ts'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** Whom to ask for codes, and the way to a mail. */
export const styles = [base, tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, cardStyles, css`
  h2 + p {
    margin-top: 4px;
  }
  .notice {
    margin-top: 16px;
  }
  .list {
    gap: 4px 16px;
  }
  .list > span:first-child {
    flex: 1;
  }
  input {
    min-height: 32px;
    padding: 2px 8px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    color: inherit;
    background: var(--_surface);
    font: inherit;
  }
  .button:hover {
    text-decoration: none;
  }
`]

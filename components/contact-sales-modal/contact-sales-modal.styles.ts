import { css } from 'lit'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** Whom to ask for codes, and the way to a mail. */
export const styles = [base, tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, css`
  h2 + p {
    margin-top: 4px;
  }
  .row {
    align-items: center;
    min-height: 32px;
  }
  .copy,
  .copy:hover {
    width: 24px;
    margin-inline-end: 4px;
    color: var(--_muted);
    vertical-align: middle;
  }
  .copy:hover {
    color: inherit;
  }
  .copy > .icon {
    width: 16px;
    height: 16px;
  }
  .said {
    margin-inline-start: 4px;
    color: var(--_front);
    font-weight: 600;
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

import { css } from 'lit'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** The dialog in which a code is entered. */
export const styles = [base, tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, css`
  label {
    display: block;
    margin-top: 16px;
    color: var(--_muted);
  }
  input {
    display: block;
    width: 100%;
    min-height: 44px;
    margin-top: 4px;
    padding: 8px 14px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    color: inherit;
    background: var(--_surface);
    font: max(16px, 1.1429em) / 1.5 var(--_mono);
    letter-spacing: 0.04em;
    text-overflow: ellipsis;
  }
  input:focus {
    border-color: var(--_front, var(--_accent));
    outline: 3px solid color-mix(in srgb, var(--_front, var(--_accent)) 30%, transparent);
    outline-offset: 0;
  }
  input.tone-bad {
    border-color: var(--_front);
  }
  [part='message'] {
    margin-top: 12px;
  }
  .done {
    display: flex;
    gap: 12px;
  }
  .done > .icon {
    flex: none;
    width: 1.6em;
    height: 1.6em;
    color: var(--_front);
    forced-color-adjust: auto;
  }
  .done p + p {
    margin-top: 12px;
  }
  @media (max-width: 480px) {
    input {
      padding-inline: 9px;
      font-size: 16px;
      letter-spacing: 0;
    }
  }
`]

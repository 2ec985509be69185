import { css } from 'lit'
import { cardStyles } from '../shared/contact-card.styles.ts'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** The dialog in which a device is added. */
export const styles = [base, tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, cardStyles, css`
  h2 + p {
    margin-top: 4px;
  }
  .field {
    margin-top: 16px;
  }
  label {
    display: block;
    color: var(--_muted);
  }
  input,
  select {
    display: block;
    width: 100%;
    min-height: 40px;
    margin-top: 4px;
    padding: 6px 12px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    color: inherit;
    background: var(--_surface);
    font: inherit;
    font-size: max(16px, 1em);
  }
  :is(input, select):focus {
    border-color: var(--_front, var(--_accent));
    outline: 3px solid color-mix(in srgb, var(--_front, var(--_accent)) 30%, transparent);
    outline-offset: 0;
  }
  .tone-bad > :is(input, select) {
    border-color: var(--_front);
  }
  .field > .small,
  .fault {
    margin-top: 4px;
  }
  .fault {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
  }
  .fault > p {
    color: var(--_front);
  }
  .told > * {
    margin-top: 16px;
  }
  .offer strong {
    display: block;
    font-weight: 600;
  }
  h2 + .offer {
    margin-top: 12px;
  }
  .offer + p {
    margin-top: 8px;
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
  .button:hover {
    text-decoration: none;
  }
  [aria-disabled='true'] {
    opacity: 0.6;
  }
`]

import { css } from 'lit'
import { cardStyles } from '../shared/contact-card.styles.ts'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** A round button in the corner, which the page can put elsewhere. */
export const styles = [tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, cardStyles, css`
  :host {
    position: fixed;
    inset-block-end: 16px;
    inset-inline-end: 16px;
    z-index: 10;
    display: block;
    color: var(--license-text, light-dark(#1b1f24, #e6e9ed));
    line-height: 1.5;
  }
  .round {
    width: 44px;
    height: 44px;
    padding: 0;
    border-radius: 99px;
    color: var(--_accent);
  }
  .round > .icon {
    width: 22px;
    height: 22px;
  }
  @media print {
    :host {
      display: none;
    }
  }
`, base]

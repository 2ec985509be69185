import { css } from 'lit'
import { alertRowStyles } from '../shared/alert-row.styles.ts'
import { cardStyles } from '../shared/contact-card.styles.ts'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** The blue warning, and below it who is not eligible. */
export const styles = [tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, cardStyles, alertRowStyles, css`
  :host {
    display: block;
  }
  :host([empty]) {
    display: none !important;
  }
  .banner {
    container-type: inline-size;
    color: var(--license-text, inherit);
    line-height: 1.5;
    text-align: start;
  }
  :host(:not([row])) .banner {
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
  }
  .details,
  .refused {
    padding: 10px 16px;
    border-top: 1px solid var(--_line);
    background: var(--_surface);
  }
  .details > :not(.groups) {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 8px 0 0;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    padding-block: 4px;
    border-radius: 4px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: '';
    flex: none;
    width: 7px;
    height: 7px;
    margin-inline: 2px 3px;
    border: solid var(--_muted);
    border-width: 0 2px 2px 0;
    rotate: -45deg;
  }
  summary:dir(rtl)::before {
    rotate: 135deg;
  }
  [open] > summary::before {
    translate: 0 -2px;
    rotate: 45deg;
  }
  .title {
    font-weight: 600;
  }
  .count {
    font-variant-numeric: tabular-nums;
  }
  details > :not(summary) {
    margin: 0;
    padding-inline-start: 20px;
  }
  details[open] {
    padding-bottom: 8px;
  }
  .devices > li {
    display: grid;
    grid-template-columns: minmax(8em, 22em) minmax(0, auto);
    justify-content: start;
    gap: 0 24px;
    padding-block: 4px;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  @container (max-width: 30em) {
    .devices > li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`, base]

import { css } from 'lit'
import { cardStyles } from '../shared/contact-card.styles.ts'
import { controls } from '../shared/controls.ts'
import { dialogStyles } from '../shared/dialog.styles.ts'
import { noticeStyles } from '../shared/notice.ts'
import { rowStyles } from '../shared/rows.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'
import { laneStyles } from './lane.styles.ts'

/** Cards one below the other, beside each other where there is room; it measures its own width, not the page's. */
export const styles = [base, tokens, tones, controls, dialogStyles, noticeStyles, rowStyles, cardStyles, laneStyles, css`
  :host {
    display: block;
  }
  .tab {
    container-type: inline-size;
    contain-intrinsic-inline-size: 640px;
    color: var(--license-text, inherit);
    line-height: 1.5;
    text-align: start;
  }
  .tab,
  .skeleton,
  .facts,
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .tab:focus {
    outline: none;
  }
  .card {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  dl,
  dd,
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .facts {
    grid-template-columns: 9fr 13fr 9fr 9fr;
    gap: 0;
  }
  .facts > div {
    min-width: 0;
    padding: 16px;
  }
  .facts > div + div {
    border-inline-start: 1px solid var(--_line);
  }
  dt {
    margin-bottom: 4px;
    color: var(--_muted);
    font-size: 0.8929em;
  }
  dd {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-height: calc(1.5em + 24px);
    overflow-wrap: anywhere;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    text-wrap: balance;
  }
  dd > .small {
    font-weight: 400;
  }
  dd > .small:has(button) {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 12px;
  }
  dd > .small > button {
    font-weight: 400;
  }
  .way {
    display: grid;
    justify-items: start;
    gap: 8px;
    margin-top: 16px;
    padding-top: 16px;
    border-top: 1px solid var(--_line);
  }
  .way > input {
    width: 100%;
    min-height: 32px;
    padding: 0.3em 0.7em;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    color: inherit;
    background: var(--_surface);
    font: 0.9286em/1.4 var(--_mono);
    text-overflow: ellipsis;
  }
  .both {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    width: 100%;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    min-height: 24px;
    padding: 0.15em 0.8em 0.15em 0.6em;
    border: 1px solid transparent;
    border-radius: 99px;
    color: var(--_front);
    background: var(--_tint);
    font-size: 0.8929em;
  }
  .icon {
    flex: none;
    width: 1.15em;
    height: 1.15em;
    color: var(--_front, inherit);
  }
  .bar,
  .trouble {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 12px 16px;
  }
  .bar > p,
  .reasons > div,
  .trouble > .notice {
    flex: 1 1 18em;
  }
  .end {
    margin-inline-start: auto;
  }
  .renewal {
    gap: 0 12px;
  }
  .renewal > .small {
    flex: 1;
    min-width: min(16em, 100%);
  }
  .renewal > div {
    flex: 1 1 100%;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    min-height: 24px;
    cursor: pointer;
  }
  [role='switch'] {
    appearance: none;
    position: relative;
    flex: none;
    width: 36px;
    height: 20px;
    margin: 0;
    border: 1px solid var(--_control);
    border-radius: 99px;
    background: var(--_surface);
    cursor: pointer;
  }
  [role='switch']::before {
    content: '';
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    width: 12px;
    height: 12px;
    border-radius: 99px;
    background: var(--_control);
  }
  [role='switch']:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  [role='switch']:checked::before {
    inset-inline-start: 19px;
    background: var(--_on-accent);
  }
  .columns {
    grid-template-columns: minmax(0, 8fr) minmax(0, 5fr);
    align-items: start;
  }
  .card > h2 {
    padding: 10px 16px;
    font-size: 1em;
    line-height: 1.6;
  }
  .bar,
  .empty,
  .more,
  li {
    border-top: 1px solid var(--_line);
  }
  .empty,
  .more,
  li {
    min-height: 44px;
    padding: 10px 16px;
    overflow-wrap: anywhere;
  }
  .entry {
    display: flex;
    gap: 0 16px;
    font-variant-numeric: tabular-nums;
  }
  time {
    flex: none;
    width: 7em;
  }
  .entry > div {
    flex: 1;
    min-width: 0;
  }
  strong {
    font-weight: 600;
  }
  s {
    color: var(--_muted);
  }
  .entry strong,
  [role='timer'] {
    white-space: nowrap;
  }
  .notice strong {
    color: inherit;
  }
  .features > li {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 38px;
    padding-block: 7px;
  }
  .features .small {
    margin-inline-start: auto;
  }
  [aria-disabled='true'] {
    opacity: 0.6;
  }
  [role='alert'] > *,
  h2 + .muted {
    margin-top: 8px;
  }
  .bone > span {
    visibility: hidden;
  }
  .bone {
    border-color: transparent;
    border-radius: var(--_radius);
    background: var(--license-neutral-tint, light-dark(#eceff2, #232a31));
  }
  .bar > .bone {
    min-height: 24px;
  }
  .bar > .button {
    min-height: 32px;
  }
  dd .bone,
  li .bone {
    display: block;
    width: 8em;
    max-width: 100%;
  }
  .tab:dir(rtl) {
    text-align: right;
  }
  p,
  time,
  dd > span,
  .lane p > span {
    unicode-bidi: plaintext;
  }
  @container (max-width: 52em) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .facts {
      grid-template-columns: 1fr 1fr;
    }
    .facts > :nth-child(3) {
      border-inline-start: 0;
    }
    .facts > :nth-child(n + 3) {
      border-top: 1px solid var(--_line);
    }
  }
  @container (max-width: 30em) {
    .facts {
      grid-template-columns: 1fr;
    }
    .facts > div {
      display: flex;
      justify-content: space-between;
      gap: 16px;
      padding-block: 10px;
    }
    .facts > div + div {
      border: 0;
      border-top: 1px solid var(--_line);
    }
    dt {
      margin: 0.1em 0 0;
    }
    dd {
      align-items: flex-end;
      min-height: 24px;
      text-align: right;
    }
    .tab:dir(rtl) dd {
      text-align: left;
    }
    dd > .small:has(button) {
      justify-content: flex-end;
    }
    .entry {
      flex-wrap: wrap;
    }
    time {
      flex: 1;
    }
    .entry > div {
      flex-basis: 100%;
      order: 1;
    }
    .end {
      margin: 0;
    }
  }
  @media (forced-colors: active) {
    [role='switch'],
    [role='switch']:checked {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonFace;
    }
    [role='switch']::before,
    [role='switch']:checked::before {
      background: ButtonText;
    }
    [role='switch']:checked {
      background: Highlight;
    }
    .pill {
      border-color: CanvasText;
    }
    .icon {
      color: CanvasText;
    }
  }
`]

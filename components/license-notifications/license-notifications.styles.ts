import { css } from 'lit'
import { controls } from '../shared/controls.ts'
import { noticeStyles } from '../shared/notice.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** A bell that stands among the controls of a page's header, and a panel above the page. */
export const styles = [tokens, tones, controls, noticeStyles, css`
  :host {
    display: inline-flex;
    color: var(--license-text, inherit);
    line-height: 1.5;
    vertical-align: middle;
  }
  .bell {
    position: relative;
    vertical-align: middle;
    width: 32px;
    padding: 0;
    border-color: transparent;
    background: none;
  }
  .bell:hover,
  .bell:has(+ :popover-open) {
    background: color-mix(in srgb, currentColor 8%, transparent);
  }
  .bell > .icon {
    width: 20px;
    height: 20px;
  }
  .count {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-width: 18px;
    padding-inline: 4px;
    border: 1px solid var(--_surface);
    border-radius: 99px;
    color: var(--_on-accent);
    background: var(--_accent);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    line-height: 16px;
  }
  /* Drawn only: the name of the button says the number. */
  .count::before {
    content: attr(data-count);
  }
  .mark {
    position: absolute;
    inset-block-end: -4px;
    inset-inline-end: -4px;
    width: 18px;
    border: 1px solid var(--_surface);
    border-radius: 99px;
    color: var(--_surface);
    background: var(--_front);
    font-size: 12px;
    font-weight: 700;
    line-height: 16px;
  }
  /* Drawn only: the name of the button says the warning. */
  .mark::before {
    content: '!';
  }
  .panel {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    color: var(--license-text, light-dark(#1b1f24, #e6e9ed));
    background: var(--_surface);
    box-shadow: 0 8px 32px rgb(0 0 0 / 0.16);
    font-size: max(1em, 13px);
    text-align: start;
    overscroll-behavior: contain;
  }
  .panel:focus,
  h2:focus {
    outline: none;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 16px;
    min-height: 44px;
    padding: 8px 16px;
    background: var(--_surface);
  }
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1em;
    font-weight: 600;
  }
  .head > .link {
    font-weight: 400;
  }
  ul {
    list-style: none;
  }
  li,
  .note,
  .foot,
  .empty {
    border-top: 1px solid var(--_line);
  }
  .item,
  .item:hover {
    display: flex;
    align-items: flex-start;
    justify-content: flex-start;
    gap: 12px;
    width: 100%;
    padding: 10px 16px;
    border: 0;
    border-radius: 0;
    color: inherit;
    background: none;
    font-weight: 400;
    line-height: 1.5;
    text-align: start;
    text-decoration: none;
  }
  .item:hover {
    background: color-mix(in srgb, currentColor 5%, transparent);
  }
  .item:focus-visible {
    outline-offset: -3px;
    border-radius: var(--_radius-card);
  }
  .item > .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    margin-top: 0.125em;
    color: var(--_front);
    forced-color-adjust: auto;
  }
  .what {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .line {
    display: block;
    font-variant-numeric: tabular-nums;
  }
  .serial {
    display: inline-block;
  }
  .new .name {
    font-weight: 600;
  }
  .tone-neutral .line,
  .tone-neutral .name {
    color: var(--_muted);
  }
  .dot {
    flex: none;
    margin-top: 0.45em;
    border: 4px solid var(--_accent);
    border-radius: 99px;
  }
  .note {
    padding: 10px 16px;
    background: var(--_tint);
  }
  .note .notice strong {
    color: inherit;
  }
  .foot {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    padding: 10px 16px;
  }
  .foot > .link {
    font-weight: 400;
    text-align: start;
  }
  .empty {
    padding: 24px 16px;
    text-align: center;
  }
  .empty > strong {
    display: block;
    font-weight: 600;
  }
  [aria-disabled='true'] {
    opacity: 0.6;
  }
  @media (forced-colors: active) {
    .bell,
    .count,
    .mark {
      border-color: ButtonText;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`, base]

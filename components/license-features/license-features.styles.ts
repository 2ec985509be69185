import { css } from 'lit'
import { controls } from '../shared/controls.ts'
import { noticeStyles } from '../shared/notice.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** A card with a table; where it is narrow the names of the statuses stand upright. It measures its own width. */
export const styles = [tokens, tones, controls, noticeStyles, css`
  :host {
    display: block;
  }
  .card {
    container-type: inline-size;
    contain-intrinsic-inline-size: 640px;
    color: var(--license-text, inherit);
    line-height: 1.5;
    text-align: start;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .trouble {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    padding: 12px 16px;
  }
  table + .trouble {
    border-top: 1px solid var(--_line);
  }
  p {
    margin: 0;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 6px 8px;
    text-align: center;
  }
  tbody :is(th, td) {
    height: 38px;
    border-top: 1px solid var(--_line);
  }
  th {
    font-weight: 400;
    overflow-wrap: break-word;
  }
  thead th {
    padding-block: 10px 8px;
    font-size: 0.8929em;
    font-weight: 600;
    vertical-align: top;
  }
  th:first-child {
    padding-inline-start: 16px;
    text-align: start;
    unicode-bidi: plaintext;
  }
  thead th:first-child {
    vertical-align: bottom;
  }
  thead span {
    display: flex;
    flex-direction: column;
    align-items: center;
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 1.15em;
    height: 1.15em;
    vertical-align: -0.2em;
  }
  thead .icon {
    margin-bottom: 4px;
    color: var(--_front);
  }
  .open {
    color: var(--_front);
  }
  .closed,
  .mark {
    color: var(--_muted);
  }
  .mark {
    font-weight: 400;
  }
  .now {
    background: color-mix(in srgb, var(--_accent) 8%, var(--_surface));
  }
  thead .now {
    box-shadow: inset 0 3px var(--_accent);
  }
  @container (max-width: 44em) {
    table {
      table-layout: fixed;
    }
    th,
    td {
      padding-inline: 0;
    }
    th:first-child {
      padding-inline: 12px 4px;
      hyphens: auto;
    }
    :is(th, td):not(:first-child) {
      width: max(30px, 9cqi);
    }
    thead th {
      vertical-align: bottom;
    }
    thead th > span {
      display: inline-flex;
      flex-direction: row;
      gap: 6px;
      writing-mode: vertical-rl;
    }
    thead .icon {
      margin: 0;
    }
  }
  @media (forced-colors: active) {
    .now {
      border-inline: 2px solid Highlight;
    }
    .icon,
    thead .icon {
      color: CanvasText;
    }
  }
`, base]

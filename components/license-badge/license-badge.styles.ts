import { css } from 'lit'
import { base, tones } from '../shared/tones.ts'

const pill = css`
  :host,
  .pill {
    display: inline-flex;
    vertical-align: middle;
    max-width: 100%;
    min-height: 24px;
  }
  .pill {
    box-sizing: border-box;
    align-items: center;
    gap: 0.45em;
    padding: 0.15em 0.7em;
    border: 1px solid transparent;
    border-radius: 1em;
    color: var(--_front);
    background: var(--_tint);
    font-size: 0.89em;
    font-weight: 600;
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
  }
  .pill:has(a, .hidden) {
    position: relative;
  }
  a {
    outline: none;
    color: inherit;
    text-decoration: none;
  }
  a::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 1em;
  }
  a:focus-visible::after {
    outline: 2px solid;
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    width: 1.15em;
    height: 1.15em;
    overflow: visible;
  }
  .words {
    overflow-wrap: anywhere;
  }
  .stale {
    border: 1px dashed;
  }
  :host([compact]) .pill {
    padding-inline: 0.5em;
  }
  .bare {
    gap: 0;
  }
  .loading > * {
    opacity: 0;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (forced-colors: active) {
    .pill {
      border-color: CanvasText;
    }
  }
`

/** The pill of a licence: icon, words and days. Its measures follow the text around it. At one line it is round, at more it has the corners of a card.
 * One sheet, as a browser takes up each of a thousand badges' sheets by itself. */
export const styles = css`${base}${tones}${pill}`

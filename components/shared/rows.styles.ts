import { css } from 'lit'

/** A list of names and values in a dialog: names on the left, values on the right. */
export const rowStyles = css`
  dialog dl {
    margin: 16px 0 0;
    padding-top: 8px;
    border-top: 1px solid var(--_line);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 24px;
    padding: 3px 0;
  }
  dialog dt {
    margin: 0;
    font-size: 1em;
    color: var(--_muted);
  }
  dialog dd {
    display: block;
    flex: 1 1 11em;
    min-width: 0;
    min-height: 0;
    margin: 0;
    overflow-wrap: anywhere;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
`

import { css } from 'lit'

/** Looks of a contact, beside those of its rows. */
export const cardStyles = css`
  .row {
    align-items: center;
    min-height: 32px;
  }
  .row a {
    padding: 5px 0;
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
`

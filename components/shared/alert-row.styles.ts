import { css } from 'lit'

/** Looks of one warning: a tint, an edge and an icon; the text in the colour of texts. It measures what it stands in. */
export const alertRowStyles = css`
  .alert {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    min-height: 44px;
    padding: 6px 16px 6px 13px;
    border-inline-start: 3px solid var(--_front);
    background: var(--_tint);
  }
  .alert:dir(rtl) {
    padding-inline: 13px 16px;
  }
  .alert > .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    color: var(--_front);
    forced-color-adjust: auto;
  }
  .alert > p {
    flex: 1;
    min-width: min(16em, calc(100% - 40px));
    margin: 0;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .alert strong {
    font-weight: 600;
  }
  .does {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 4px 20px;
  }
  .does > a {
    padding: 3px 0;
    font-weight: 600;
  }
  .does > .quiet,
  .does > .quiet:hover {
    color: var(--_muted);
    font-weight: 400;
  }
  .does > .quiet:hover {
    color: inherit;
  }
  .does > .outlined {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  .does > .bare {
    width: 32px;
    margin-inline: -4px -8px;
    padding: 0;
    border: 0;
    color: var(--_muted);
    background: none;
  }
  .does > .bare:hover {
    color: inherit;
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .bare > .icon {
    width: 16px;
    height: 16px;
  }
  [aria-disabled='true'] {
    opacity: 0.6;
  }
  @container (max-width: 46em) {
    .alert {
      align-items: flex-start;
      row-gap: 4px;
      padding-block: 10px;
    }
    .alert > .icon {
      margin-top: 0.125em;
    }
    .does {
      flex: 1 1 100%;
      justify-content: flex-start;
      padding-inline-start: calc(1.25em + 12px);
    }
    .does > .bare {
      margin-inline-start: auto;
    }
  }
  @media (forced-colors: active) {
    .alert {
      border-inline-start-width: 6px;
    }
  }
`

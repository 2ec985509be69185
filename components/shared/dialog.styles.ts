import { css } from 'lit'

/** A native dialog: quiet, as wide as the page allows. It hangs from the top, so that nothing in it moves when more is told below. */
export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    width: min(480px, calc(100vw - 32px));
    max-height: calc(100dvh - 16px - clamp(16px, 14dvh, 160px));
    margin: clamp(16px, 14dvh, 160px) auto auto;
    padding: 24px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    color: var(--license-text, light-dark(#1b1f24, #e6e9ed));
    background: var(--_surface);
    box-shadow: 0 8px 32px rgb(0 0 0 / 0.16);
    font-size: max(1em, 13px);
    line-height: 1.5;
    text-align: start;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(15 18 22 / 0.4);
  }
  h2 {
    margin: 0;
    font-size: 1.1429em;
    font-weight: 600;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  h2:focus {
    outline: none;
  }
  p {
    margin: 0;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px 12px;
    margin-top: 16px;
  }
  .buttons > .start {
    margin-inline-end: auto;
  }
  @media (max-width: 480px) {
    dialog {
      max-height: calc(100dvh - 32px);
      margin-top: 16px;
      padding: 16px;
    }
    .buttons > :not(.start) {
      flex: 1 1 auto;
    }
    .buttons > .start {
      width: 100%;
      justify-content: start;
    }
  }
`

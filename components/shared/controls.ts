import { css } from 'lit'

/** Buttons, links and fields, on the tokens. */
export const controls = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 32px;
    padding: 0.3em 1em;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    color: inherit;
    background: var(--_surface);
    font: inherit;
    font-weight: 600;
    line-height: 1.4;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  button:hover,
  .button:hover {
    background: color-mix(in srgb, currentColor 6%, var(--_surface));
  }
  .filled,
  .filled:hover {
    border-color: var(--_accent);
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .filled:hover {
    background: color-mix(in srgb, #000 8%, var(--_accent));
  }
  .link,
  .link:hover {
    min-height: 24px;
    padding: 0;
    border: 0;
    border-radius: 4px;
    color: var(--_accent);
    background: none;
  }
  .link:hover,
  a:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  a {
    color: var(--_accent);
    text-decoration: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 0.8929em;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .filled {
      border: 2px solid ButtonText;
    }
  }
`

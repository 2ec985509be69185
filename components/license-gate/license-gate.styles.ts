import { css } from 'lit'
import { alertRowStyles } from '../shared/alert-row.styles.ts'
import { controls } from '../shared/controls.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** The content as the page has it, or a card with a lock. Nothing here reaches what stands in the slots. */
export const styles = [tokens, tones, controls, alertRowStyles, css`
  :host {
    display: block;
  }
  [hidden] {
    display: none !important;
  }
  .content:focus,
  .locked:focus,
  h2:focus {
    outline: none;
  }
  .soon,
  .panel,
  .checking {
    color: var(--license-text, inherit);
    line-height: 1.5;
    text-align: start;
  }
  .soon:not(.hidden) {
    container-type: inline-size;
    margin-bottom: 16px;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
  }
  .panel {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
    padding: 40px 24px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .panel > .icon {
    width: 28px;
    height: 28px;
    margin-bottom: 4px;
    color: var(--_muted);
  }
  h2 {
    margin: 0;
    font-size: 1.1429em;
    font-weight: 600;
    line-height: 1.4;
  }
  p,
  h2 {
    unicode-bidi: plaintext;
  }
  .panel p {
    max-width: 36em;
    margin: 0;
    text-wrap: pretty;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px 12px;
    margin-block: 12px 4px;
  }
  .panel > a {
    min-height: 24px;
  }
  .checking {
    margin: 0;
    padding: 16px 0;
  }
  @media (max-width: 480px) {
    .panel {
      padding: 24px 16px;
    }
    .buttons {
      align-self: stretch;
    }
    .buttons > button {
      flex: 1 1 auto;
    }
  }
`, base]

import { css } from 'lit'
import { controls } from '../shared/controls.ts'
import { noticeStyles } from '../shared/notice.ts'
import { tokens } from '../shared/tokens.ts'
import { base, tones } from '../shared/tones.ts'

/** A card with what is on offer, and the button that starts it. */
export const styles = [tokens, tones, controls, noticeStyles, css`
  :host {
    display: block;
  }
  :host([empty]) {
    display: none !important;
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 24px;
    padding: 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    color: var(--license-text, inherit);
    line-height: 1.5;
    text-align: start;
  }
  .offer:focus {
    outline: none;
  }
  .offer > :not(button, .hidden) {
    flex: 1 1 20em;
    margin: 0;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0;
  }
  .offer strong {
    display: block;
    font-weight: 600;
  }
  .offer > [role='alert'] {
    flex: 1 1 100%;
  }
  .offer > [role='alert']:empty {
    display: none;
  }
  [aria-disabled='true'] {
    opacity: 0.6;
  }
  @media (max-width: 480px) {
    .offer > button {
      flex: 1 1 auto;
    }
  }
`, base]

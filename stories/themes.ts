import { css } from 'lit'

/** What a host's page can look like, and what the toolbar calls it. */
export const THEMES = {
  light: 'Light', dark: 'Dark', forced: 'Forced colors', fjord: 'Host brand: Fjord', kontor: 'Host brand: Kontor', signal: 'Host brand: Signal',
} as const
export type Theme = keyof typeof THEMES

/** Colours, corners and font of every theme; a brand is what a host would write: its own font, and the tokens. */
export const themes = css`
  .frame-light,
  .frame-forced,
  .frame-fjord,
  .frame-kontor {
    color-scheme: light;
  }
  .frame-dark,
  .frame-signal {
    color-scheme: dark;
  }
  .frame-fjord {
    color: #12302f;
    font: 15px/1.55 Verdana, 'DejaVu Sans', sans-serif;
    --license-accent: #0a6b6b;
    --license-muted: #4c6665;
    --license-line: #d3e3e1;
    --license-control: #5f8583;
    --license-radius: 18px;
    --license-radius-card: 20px;
  }
  .frame-kontor {
    color: #2b2118;
    background: #fbf7ee;
    font: 16px/1.5 Georgia, 'DejaVu Serif', serif;
    --license-accent: #8a2c1e;
    --license-surface: #fffdf8;
    --license-muted: #665846;
    --license-line: #e0d5bf;
    --license-control: #8a7a62;
    --license-radius: 0;
    --license-radius-card: 0;
  }
  .frame-signal {
    color: #e8e9ff;
    background: #0b0f2b;
    font: 13px/1.45 system-ui, 'Segoe UI', sans-serif;
    --license-accent: #ffb020;
    --license-on-accent: #1a1200;
    --license-surface: #141938;
    --license-muted: #a3a8d6;
    --license-line: #2a3060;
    --license-control: #7980bf;
    --license-radius: 4px;
    --license-radius-card: 6px;
  }
  .frame-note {
    margin: 0 0 16px;
    padding: 8px 12px;
    border: 1px dashed currentColor;
  }
  .frame-note .on {
    display: none;
  }
  @media (forced-colors: active) {
    .frame-note .on {
      display: inline;
    }
    .frame-note .off {
      display: none;
    }
  }
`

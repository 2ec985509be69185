import { html } from 'lit'

/** How the sample pages look: a host's own styles, of which the elements know nothing. */
export const pageStyles = html`<style>
  .page { display: flex; flex-direction: column; gap: 16px; max-inline-size: 1120px; margin-inline: auto; container-type: inline-size }
  .page :is(h1, h2, h3, p, dl, dd) { margin: 0 }
  .page h1 { font-size: 20px }
  .page h2 { font-size: 16px }
  .page .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px }
  .page .bar .end { margin-inline-start: auto }
  .page .quiet { color: var(--license-muted, light-dark(#59636e, #9aa5b1)) }
  .page .card { padding: 16px; border: 1px solid var(--license-line, light-dark(#dfe3e8, #2c333b)); border-radius: var(--license-radius-card, 12px) }
  .page table { inline-size: 100% }
  .page table :is(th, td) { padding-block: 8px }
  .page table :is(th, td):last-child { padding-inline-end: 0; text-align: end }
  .page tbody th { font-weight: inherit }
  .page code { white-space: nowrap; font: 13px/1.5 var(--license-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace) }
  .page button { min-block-size: 32px; padding: 4px 12px; color: inherit; background: transparent; border: 1px solid var(--license-control, light-dark(#7d8894, #6b7682));
    border-radius: var(--license-radius, 8px); font: inherit; cursor: pointer }
  .page button:focus-visible { outline: 2px solid var(--license-accent, light-dark(#1f5fd6, #6ea6ff)); outline-offset: 2px }
  .page .readings { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 16px }
  .page .readings dd { font-size: 20px; font-variant-numeric: tabular-nums }
  .page .beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 24px; align-items: start }
  .page .stack { display: flex; flex-direction: column; gap: 16px; min-inline-size: 0 }
  .page .sidebar { display: grid; grid-template-columns: 280px minmax(0, 1fr); gap: 24px; align-items: start }
  .page .sidebar aside { display: flex; flex-direction: column; gap: 12px; min-inline-size: 0 }
  @container (max-width: 880px) { .page .beside { grid-template-columns: minmax(0, 1fr) } }
  @container (max-width: 480px) {
    .page .wide { display: none }
    .page .sidebar { grid-template-columns: minmax(0, 280px) }
    .page table :is(thead, tbody, tr, th, td) { display: block; block-size: auto; padding: 0; border: 0 }
    .page table :is(th, td):last-child { text-align: start }
    .page table thead { position: absolute; clip-path: inset(50%) }
    .page table tr { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 8px; padding-block: 8px;
      border-block-end: 1px solid var(--license-line, light-dark(#dfe3e8, #2c333b)) }
    .page table .wide { display: none }
    .page table tbody th { inline-size: 100% }
    .page .codes code { font-size: 12px }
    .page .codes td:nth-child(2) { order: 3; inline-size: 100% }
  }
</style>`

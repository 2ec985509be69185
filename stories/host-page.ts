import { css, html, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import type { WorldDevice } from './world.ts'

/** Pages of hosts, in the manner of what many are made with: what each style sheet says of the whole page, and of what stands in it. */
const sheet = css`
  .host { min-height: 100vh; margin: -24px; padding: 16px 24px 32px }
  .host header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center }
  .host header > :last-child { margin-inline-start: auto }
  .host tbody td:has(license-badge) { white-space: normal }
  .host :is(license-alerts, license-tab) { margin-block: 16px }

  .bare { color: #000; background: #fff; color-scheme: light; font: 16px/normal 'Times New Roman', Times, serif }
  .bare :is(th, td) { height: auto; padding: 1px 8px 1px 1px; border: 0 }

  /* Its own blue is too light for the text of links on a tint; this is the one it has for links under a pointer. */
  .bootstrap {
    color: #212529; background: #fff; color-scheme: light; font: 16px/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
    --license-accent: #0a58ca; --license-line: #dee2e6; --license-radius: 6px; --license-radius-card: 6px;
    &, & *, & ::before, & ::after { box-sizing: border-box }
    & header { margin: -16px -24px 24px; padding: 8px 24px; background: #f8f9fa }
    & h1 { margin: 0; font-size: 40px; font-weight: 500; line-height: 1.2 }
    & p { margin: 0 0 16px }
    & a { color: #0a58ca; text-decoration: underline }
    & button { padding: 6px 12px; border: 1px solid #0a58ca; border-radius: 6px; color: #0a58ca; background: none; font: inherit; line-height: 1.5 }
    & table { width: 100%; margin-bottom: 16px }
    & :is(th, td) { height: auto; padding: 8px; border-bottom: 1px solid #dee2e6 }
  }

  .tailwind {
    color: #111827; background: #fff; color-scheme: light; line-height: 1.5; font-family: ui-sans-serif, system-ui, sans-serif; font-size: 16px;
    --license-accent: #4f46e5;
    & *, & ::before, & ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid }
    & :is(h1, h2, h3) { font-size: inherit; font-weight: inherit }
    & a { color: inherit; text-decoration: inherit }
    & :is(ol, ul) { list-style: none }
    & :is(img, svg, video, canvas) { display: block; vertical-align: middle }
    & :is(button, input, select) { border-radius: 0; color: inherit; background: transparent; font: inherit; letter-spacing: inherit }
    & header { margin-bottom: 24px }
    & main > * + * { margin-top: 24px }
    & h1 { font-size: 24px; font-weight: 600; letter-spacing: -0.025em }
    & header :is(a, button) { padding: 8px 12px; border-radius: 6px; color: #374151; font-size: 14px; font-weight: 500 }
    & table { width: 100% }
    & td { border-bottom: 1px solid #e5e7eb; font-size: 14px }
  }

  .dashboard {
    color: #c9d1d9; background: #0b0f14; color-scheme: dark; font: 14px/1.43 Inter, Roboto, 'Segoe UI', sans-serif;
    --license-surface: #141a21; --license-line: #26303b; --license-accent: #5cc8ff;
    & header { margin: -16px -24px 16px; padding: 8px 24px; border-bottom: 1px solid #26303b; background: #141a21 }
    & h1 { margin: 0; color: #fff; font-size: 20px; font-weight: 600 }
    & a { color: #5cc8ff; text-decoration: none }
    & button { min-height: 32px; padding: 4px 12px; border: 1px solid #3b4855; border-radius: 4px; color: inherit; background: #1c242d; font: inherit }
    & table { width: 100%; margin-bottom: 16px; border: 1px solid #26303b; background: #141a21 }
    & :is(th, td) { height: 40px; padding: 0 12px; border-color: #26303b }
  }

  .small { font-size: 13px }
  .large { font-size: 18px }
  .small, .large { color: light-dark(#1b1f24, #e6e9ed); background: light-dark(#fff, #171b20) }

  .unset {
    color: light-dark(#1b1f24, #e6e9ed); background: light-dark(#fff, #171b20); font: 14px/1.3 Verdana, Geneva, sans-serif; text-align: center;
    & * { all: unset }
    & :is(header, main, h1, p) { display: block; margin-bottom: 12px }
    & table { display: table; text-align: start }
    & tr { display: table-row }
    & td { display: table-cell; padding: 4px; vertical-align: middle }
  }
`

/** How a host's page is made. */
export type HostStyle = 'bare' | 'bootstrap' | 'tailwind' | 'dashboard' | 'small' | 'large' | 'unset'

/** A host's page: a header with the bell, the warnings, a table with badges, and the License tab of its first device. */
export function hostPage(style: HostStyle, devices: readonly WorldDevice[]): TemplateResult {
  return html`<div class="host ${style}" ${ref(adoptSheet)}>
    <header><strong>Facilities</strong> <a href="#devices">Devices</a> <a href="#reports">Reports</a> <button type="button">Add a device</button>
      <license-notifications></license-notifications></header>
    <main>
      <h1>Devices</h1>
      <license-alerts></license-alerts>
      <p>${devices[0]?.name} is <license-badge device-id=${devices[0]?.id ?? ''}></license-badge> Renew it before the heating season.</p>
      <table><tbody>${devices.map(({ id, name }) => html`<tr><td>${name}</td><td><license-badge device-id=${id}></license-badge></td></tr>`)}</tbody></table>
      <license-tab device-id=${devices[0]?.id ?? ''}></license-tab>
    </main>
  </div>`
}

function adoptSheet(): void {
  const { styleSheet } = sheet
  if (styleSheet !== undefined && !document.adoptedStyleSheets.includes(styleSheet)) document.adoptedStyleSheets.push(styleSheet)
}

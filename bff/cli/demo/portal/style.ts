import { colourProperties } from './palette.ts'
import { DEVICE_STYLE } from './style.device.ts'
import { LIST_STYLE } from './style.list.ts'

/** Page, header, footer, controls: a grid of 4 px, type of 12.5, 14, 16 and 20 px, in rem so that it grows with the reader's. */
const BASE_STYLE = `
* { box-sizing: border-box }
html { font: 100%/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; scroll-padding: 16px 0 72px; -webkit-text-size-adjust: 100% }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; color: var(--text); background: var(--canvas); font-size: .875rem }
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0 }
ul { list-style: none }
h1 { font-size: 1.25rem; line-height: 28px; overflow-wrap: anywhere; hyphens: auto }
h2 { font-size: .875rem; font-weight: 600; line-height: 20px }
h3 { font-size: .875rem; font-weight: 600 }
strong { font-weight: 600 }
a { color: var(--accent); text-underline-offset: 3px }
code, .code, .serial { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
.icon { flex: none; width: 1rem; height: 1rem }
.muted { color: var(--muted) }
.small { font-size: .78125rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
.skip { position: absolute; inset-block-start: 8px; inset-inline-start: 8px; z-index: 2; padding: 8px 16px; border-radius: 8px; color: var(--onAccent); background: var(--accent); transform: translateY(-64px) }
.skip:focus { transform: none }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; padding: 12px 24px; min-height: 56px; background: var(--surface); border-bottom: 1px solid var(--line) }
.top a { display: inline-flex; align-items: center; min-height: 32px; color: var(--muted); text-decoration: none }
.top a:hover, .top [aria-current] { color: var(--text) }
.top nav:not(.languages) [aria-current] { font-weight: 600 }
.top .brand { gap: 8px; color: var(--text); font-weight: 600 }
.top .sign { fill: var(--accent) } .top .sign-stroke { fill: none; stroke: var(--onAccent); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round }
.who { margin-inline-start: auto; color: var(--muted); overflow-wrap: anywhere }
.languages { display: flex; gap: 12px }
.languages [aria-current] { text-decoration: underline; text-underline-offset: 6px; text-decoration-thickness: 2px; text-decoration-color: var(--accent) }

main { flex: 1; width: 100%; max-width: 1168px; margin: 0 auto; padding: 24px; outline: none }
footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 24px; width: 100%; max-width: 1168px; margin: 0 auto; padding: 0 24px 24px; color: var(--muted); font-size: .78125rem }
footer a { display: inline-block; min-height: 24px; margin-inline-end: 12px; color: var(--muted) }
.clock { position: sticky; inset-block-end: 0; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; padding: 8px 24px; background: var(--surface); border-top: 1px solid var(--line) }
.clock p, .clock form { display: flex; flex-wrap: wrap; align-items: center; gap: 8px }
.clock time { font-variant-numeric: tabular-nums }

button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 32px; padding: 4px 12px; border: 1px solid var(--control); border-radius: 8px; font: inherit; font-weight: 600; line-height: 20px; text-align: center; text-decoration: none; color: var(--text); background: var(--surface); cursor: pointer }
button:hover, .button:hover { background: var(--neutralTint) }
button:focus-visible, .button:focus-visible, input:focus-visible { border-radius: 8px }
.filled, .filled:hover { color: var(--onAccent); background: var(--accent); border-color: var(--accent) }
.filled:hover { filter: brightness(1.08) }
.action { font-weight: 600; text-decoration: none } .action:hover { text-decoration: underline }
.quiet { color: var(--muted); text-decoration: none } .quiet:hover { text-decoration: underline }

.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow: clip }
.empty { padding: 24px 16px; color: var(--muted) }
.head a { display: inline-block; line-height: 24px; margin-inline-start: 8px }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin-bottom: 16px }
.pill { display: inline-flex; align-items: center; gap: 6px; max-width: 100%; padding: 2px 10px 2px 8px; border-radius: 999px; font-size: .78125rem; font-weight: 600; line-height: 20px; white-space: nowrap }
.pill .icon { width: .875rem; height: .875rem }
.clock .pill { padding: 0 10px }
.ok { --front: var(--ok); --tint: var(--okTint) } .warn { --front: var(--warn); --tint: var(--warnTint) } .bad { --front: var(--bad); --tint: var(--badTint) }
.info { --front: var(--info); --tint: var(--infoTint) } .neutral { --front: var(--neutral); --tint: var(--neutralTint) }
.pill, .notice { background: var(--tint) } .pill, .notice .icon { color: var(--front) }
.notice { display: flex; gap: 12px; margin-bottom: 16px; padding: 12px 16px; border-radius: 12px; border-inline-start: 3px solid var(--front); scroll-margin-top: 16px }
.notice .icon { margin-top: 3px }
.lost { max-width: 480px; margin: 64px auto; text-align: center } .lost p { margin-top: 8px; color: var(--muted) } .lost .button { margin-top: 16px }

@media (max-width: 720px) {
  .top { padding: 8px 16px } .top nav:not(.languages) { display: none } .who { order: 5; width: 100%; margin: 0 } .languages { margin-inline-start: auto }
  main { padding: 16px } footer { padding: 0 16px 16px }
  .clock { padding: 12px 16px }
}
@media (max-width: 960px), (max-height: 480px) { .clock { position: static } html { scroll-padding-bottom: 16px } }
@media (forced-colors: active) { .pill, .filled, .notice { border: 1px solid } .tile[aria-current] { outline: 2px solid } }
@media print { .skip, .clock, .languages, form, .undo { display: none } }
`

/** The style sheet of the portal. */
export const STYLE = `${colourProperties()}${BASE_STYLE}${LIST_STYLE}${DEVICE_STYLE}`

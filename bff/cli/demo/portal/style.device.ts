/** The page of one device: facts, lane, forms, history, what is open, contact. */
export const DEVICE_STYLE = `
.trail { margin-bottom: 8px } .trail a { display: inline-flex; align-items: center; gap: 4px; min-height: 24px; color: var(--muted); text-decoration: none } .trail a:hover { color: var(--text) }
.head h1 + .pill { flex: none } .head .pill + p { width: 100% }
.facts { display: grid; grid-template-columns: repeat(4, auto) }
.facts > div { padding: 16px; border-inline-start: 1px solid var(--line) } .facts > div:first-child { border-inline-start: 0 }
.facts dt { margin-bottom: 4px; color: var(--muted); font-size: .78125rem }
.facts dd { display: flex; flex-direction: column; align-items: flex-start; font-weight: 600 } .facts dd .small { font-weight: 400 }
.lane { padding: 12px 16px; border-top: 1px solid var(--line) }
.lane svg { display: block; overflow: visible } .lane svg.lane-clip { overflow: hidden }
.lane p { display: flex; justify-content: space-between; gap: 12px; margin-top: 4px; color: var(--muted); font-size: .78125rem; font-variant-numeric: tabular-nums }
.lane-base { stroke: var(--line); stroke-width: 2 }
.lane-period { width: calc(100% - 2px); stroke: var(--control) } .lane-period:not([fill]) { fill: var(--okTint) }
.lane-back { fill: var(--surface) } .lane-stripe { fill: var(--line) }
.lane-name { fill: var(--text); font-size: .78125rem; font-weight: 600 }
.lane-mark { fill: var(--text) }
.lane-today { fill: var(--text); font-size: .78125rem; font-weight: 600 }

.columns { display: grid; grid-template-columns: minmax(0, 8fr) minmax(0, 5fr); gap: 16px; margin-top: 16px; align-items: start }
.columns > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px }
.card > h2 { padding: 12px 16px; border-bottom: 1px solid var(--line) }
.body { padding: 16px }
.redeem { scroll-margin-top: 16px }
.redeem label { display: block; margin-bottom: 4px; color: var(--muted) }
.redeem input.code { width: 100%; min-height: 44px; padding: 8px 12px; border: 1px solid var(--control); border-radius: 8px; color: var(--text); background: var(--surface); font-size: 1rem; letter-spacing: .04em }
.redeem input[aria-invalid] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad) }
.redeem .small { margin-top: 8px }
.answer { display: flex; gap: 8px; margin-top: 8px } .answer .icon { margin-top: 2px; color: var(--front) } .answer strong { color: var(--front) }
.buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 8px; margin-top: 16px }
.preview { margin-top: 8px; border-top: 1px solid var(--line) }
.preview > div { display: grid; grid-template-columns: fit-content(48%) 1fr; gap: 16px; padding: 6px 0 } .preview dt { color: var(--muted) } .preview dd { font-weight: 600; text-align: end } .preview code { font-weight: 400 }
.undo summary { padding: 12px 16px; border-radius: 12px; cursor: pointer } .undo[open] summary { border-bottom: 1px solid var(--line); border-radius: 12px 12px 0 0 }
.undo summary:focus-visible { outline-offset: -3px }

.rows > li { min-height: 44px; padding: 10px 16px } .rows > li + li { border-top: 1px solid var(--line) }
.entry { display: grid; grid-template-columns: 104px 1fr; gap: 0 12px; align-items: baseline }
.entry .period { display: block; font-size: .78125rem; font-variant-numeric: tabular-nums }
.entry time { font-variant-numeric: tabular-nums } .entry .period { overflow-wrap: anywhere }
.undone strong { text-decoration: line-through }
.features > li { display: flex; align-items: center; gap: 12px } .features .state { margin-inline-start: auto; color: var(--muted); font-size: .78125rem }
.features .open .icon { color: var(--ok) } .features .closed { color: var(--muted) }
.contacts > li { display: grid; grid-template-columns: auto 1fr; gap: 0 16px } .contacts > li > * { grid-column: 2; justify-self: end; min-height: 24px; text-align: end; overflow-wrap: anywhere } .contacts > li > strong { grid-column: 1; justify-self: start } .contacts > li > strong + * { grid-row: 1 }

@media (max-width: 960px) { .columns { grid-template-columns: minmax(0, 1fr) } }
@media (max-width: 720px) {
  .facts { grid-template-columns: 1fr } .facts > div { display: flex; justify-content: space-between; gap: 16px; padding: 10px 16px; border: 0 } .facts > div + div { border-top: 1px solid var(--line) }
  .facts dt { margin: 2px 0 0 } .facts dd { align-items: flex-end; text-align: end }
  .entry { grid-template-columns: 1fr }
  .buttons > * { flex: 1 1 auto }
}
@media (max-width: 400px) { .redeem input.code { padding-inline: 8px; letter-spacing: 0 } }
`

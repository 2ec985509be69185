/** The page of all devices: warnings, tiles, and the table, whose rows are two lines on a narrow page. */
export const LIST_STYLE = `
.warnings { margin-bottom: 16px }
.warning { display: flex; align-items: center; gap: 12px; min-height: 44px; padding: 8px 16px 8px 13px; border-inline-start: 3px solid var(--front); background: var(--tint) }
.warning + .warning { border-top: 1px solid var(--line) }
.warning .icon { color: var(--front) }
.warning p { flex: 1; min-width: 0; overflow-wrap: anywhere }
.warning .links { display: flex; flex: none; gap: 16px } .warning .links a { min-height: 24px; line-height: 24px }

.tiles { display: grid; grid-template-columns: repeat(5, minmax(max-content, 1fr)); gap: 12px; margin-bottom: 16px }
.tile { display: flex; flex-direction: column; gap: 4px; height: 100%; padding: 12px 16px; border: 1px solid var(--line); border-radius: 12px; color: var(--text); background: var(--surface); text-decoration: none }
.tile:hover { border-color: var(--control) }
.tile strong { font-size: 1.25rem; line-height: 28px; font-variant-numeric: tabular-nums }
.tile span { display: flex; align-items: center; gap: 6px; color: var(--front); line-height: 20px }
.tile[aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.tile:focus-visible { border-radius: 12px }

.devices { width: 100%; border-collapse: collapse }
.devices th, .devices td { height: 44px; padding: 0 8px; text-align: start; white-space: nowrap; font-weight: 400 }
.devices th:first-child { padding-inline-start: 16px } .devices th:last-child, .devices td:last-child { padding-inline-end: 16px; text-align: end }
.devices tbody tr { border-top: 1px solid var(--line) } .devices tbody tr:hover { background: var(--canvas) }
.devices thead th { color: var(--muted); font-size: .78125rem; font-weight: 600; line-height: 16px }
.devices thead a { display: inline-flex; gap: 4px; min-height: 24px; align-items: center; color: inherit; text-decoration: none } .devices thead a:hover, .devices thead [aria-sort] a { color: var(--text) }
.devices .unit { display: block; font-weight: 400; color: var(--muted) }
.devices .name { width: 100%; max-width: 0 }
.devices tbody .name a { display: block; overflow: hidden; text-overflow: ellipsis; color: var(--text); font-weight: 600; text-decoration: none; line-height: 28px } .devices tbody .name a:hover { text-decoration: underline }
.devices tbody .serial { font-size: .78125rem } .devices td.serial bdi, .devices td.site bdi { display: block; max-width: 144px; overflow: hidden; text-overflow: ellipsis } .devices td.site bdi { max-width: 104px } .devices thead .serial { font-family: inherit }
.devices .until { text-align: end; font-variant-numeric: tabular-nums }
.devices td.action a { display: inline-block; line-height: 28px }
.more { margin-top: 16px; text-align: center }

@media (max-width: 1080px) { .devices .type { display: none } }
@media (max-width: 960px) { .devices .site { display: none } .tiles { gap: 8px } .tile { padding: 12px } }
@media (max-width: 860px) {
  .devices, .devices tbody { display: block } .devices thead, .devices .until { display: none }
  .devices tbody tr { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 8px 16px } .devices tbody tr:first-child { border-top: 0 }
  .devices tbody th, .devices tbody td { height: auto; min-height: 28px; padding: 0; align-content: center }
  .devices tbody .name { flex: 1 1 calc(100% - 136px); width: auto; min-width: 0; max-width: none; overflow-wrap: anywhere; white-space: normal; padding: 0 } .devices tbody .name a { line-height: 20px }
  .devices tbody .name a { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
  .devices td.serial bdi { max-width: none }
  .devices tbody .action { flex: 1 0 auto; padding: 0 }
}
@media (max-width: 400px) { .devices tbody tr { gap: 4px 8px; padding: 8px 12px } }
@media (max-width: 720px) {
  .warning { display: grid; grid-template-columns: auto 1fr; align-items: start; gap: 4px 12px; padding-block: 12px } .warning .icon { margin-top: 2px }
  .warning .links { grid-column: 2; flex-wrap: wrap; gap: 0 16px }
  .tiles { display: block; border: 1px solid var(--line); border-radius: 12px; overflow: clip; background: var(--surface) }
  .tiles li + li { border-top: 1px solid var(--line) }
  .tile { flex-direction: row-reverse; align-items: center; justify-content: space-between; min-height: 44px; padding: 8px 16px; border: 0; border-radius: 0 } .tile:focus-visible { outline-offset: -3px }
  .tile strong { font-size: 1rem; line-height: 24px }
}
`

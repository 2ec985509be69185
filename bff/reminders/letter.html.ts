import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { inert, type Letter, type Line } from './letter.ts'
import type { Urgency } from './letter.texts.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Background and text of each urgency, as the elements have them. */
const TONES: Record<Urgency, readonly [back: string, text: string]> = {
  expired: ['#fdebe9', '#a1201a'], today: ['#fff3d6', '#7d4e00'], week: ['#fff3d6', '#7d4e00'], later: ['#eceff2', '#59636e'],
}

/** What mail clients that know dark mode change; the others show the light one. */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (max-width: 480px) { .card { padding: 20px 16px !important } .when { display: block !important; width: auto !important; text-align: left !important; border: 0 !important; padding: 0 0 12px !important; white-space: normal !important } .detail { display: block !important } .dot { display: none !important } .name { display: block !important; padding: 12px 0 2px !important } }
@media (prefers-color-scheme: dark) {
  .page { background: #0f1216 !important } .card { background: #171b20 !important; border-color: #2c333b !important } .text { color: #e6e9ed !important } .muted { color: #9aa5b1 !important }
  .line { border-color: #2c333b !important } .expired { background: #381715 !important; color: #ff9f97 !important } .today, .week { background: #32260c !important; color: #f1c267 !important }
  .later { background: #232a31 !important; color: #9aa5b1 !important } .late { color: #ff9f97 !important }
}`

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** Black or white, whichever can be read better on a colour `#rrggbb` (WCAG 2.2, relative luminance). */
export function readableOn(colour: string): '#ffffff' | '#000000' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#ffffff' : '#000000'
}

function lineHtml({ name, serial, kind, expired, when, lastDay, url }: Line): Html {
  const label = html`<bdi>${name}</bdi>`
  return html`<tr>
<td class="name text line" valign="top" style="padding:10px 12px 10px 0;border-top:1px solid #dfe3e8;${raw(FONT)};font-size:15px;line-height:20px;color:#1b1f24">
${url === null ? html`<strong>${label}</strong>` : html`<a href="${url}" class="text" style="color:#1b1f24;font-weight:600">${label}</a>`}<br>
<span class="muted" style="font-size:13px;color:#59636e"><bdi>${serial}</bdi> · ${kind}</span></td>
<td class="when text line" align="right" valign="top" style="padding:10px 0;border-top:1px solid #dfe3e8;${raw(FONT)};font-size:14px;line-height:20px;color:#1b1f24;text-align:right;white-space:nowrap">
<span class="${expired ? 'late' : 'text'}" style="color:${expired ? '#a1201a' : '#1b1f24'}">${when}</span><br>
<span class="muted" style="font-size:13px;color:#59636e">${lastDay}</span></td></tr>`
}

function countsHtml(counts: Letter['counts']): Html {
  return html`${counts.map(({ urgency, text }) => {
    const [back, colour] = TONES[urgency]
    return html`<span class="${urgency}" style="display:inline-block;margin:0 6px 6px 0;padding:3px 10px;border-radius:12px;background:${back};color:${colour};font-size:14px;line-height:20px">${text}</span> `
  })}`
}

function salesHtml({ sales, texts }: Letter): Html | '' {
  if (sales === null) return ''
  const label = sales.url === null ? html`<strong>${sales.label}</strong>` : html`<a href="${sales.url}" class="text" style="color:#1b1f24">${sales.label}</a>`
  return html`<p class="text" style="margin:16px 0 0;font-size:14px;line-height:20px;color:#1b1f24">${texts.sales} ${label}${sales.details.length === 0 ? '' : html`<br><span class="muted" style="color:#59636e">${sales.details.map((one, index) => html`${index === 0 ? '' : html`<span class="dot"> · </span>`}<span class="detail" style="display:inline-block">${one}</span>`)}</span>`}</p>`
}

/** A letter as HTML that mail clients show well: tables, styles at the elements, no picture, nothing loaded. */
export async function htmlMail(letter: Letter): Promise<string> {
  const { texts, accent, workspace, total, more, assets, unsubscribe } = letter
  const preheader = letter.lines.map(({ name, when }) => `${name} ${when}`).join(' · ')
  const button = assets === null ? '' : html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:20px 0 0"><tr><td bgcolor="${accent}" style="border-radius:8px;background:${accent}">
<a href="${assets}" style="display:inline-block;padding:10px 18px;${raw(FONT)};font-size:15px;line-height:20px;font-weight:600;color:${readableOn(accent)};text-decoration:none">${texts.renew(total)}</a></td></tr></table>`
  const page = await html`<!doctype html>
<html lang="${letter.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${inert(letter.subject)}</title><style>${raw(STYLE)}</style></head>
<body class="page" style="margin:0;padding:0;background:#f3f5f7"><div style="display:none;max-height:0;overflow:hidden">${preheader}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" lang="${letter.language}" class="page" style="background:#f3f5f7"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
<tr><td class="muted" style="padding:0 4px 12px;${raw(FONT)};font-size:14px;line-height:20px;font-weight:600;color:#59636e"><bdi>${letter.host}</bdi></td></tr>
<tr><td bgcolor="${accent}" style="height:8px;font-size:0;line-height:8px;border-radius:8px 8px 0 0;background:${accent}">&nbsp;</td></tr>
<tr><td class="card" style="padding:28px;border:1px solid #dfe3e8;border-top:0;border-radius:0 0 8px 8px;background:#ffffff;${raw(FONT)}">
<h1 class="text" style="margin:0 0 12px;font-size:20px;line-height:26px;color:#1b1f24">${texts.heading(total)}</h1>
<div style="margin:0 0 8px">${countsHtml(letter.counts)}</div>
<p class="text" style="margin:0 0 16px;font-size:15px;line-height:22px;color:#1b1f24">${texts.intro(workspace, total, letter.over)}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${letter.lines.map(lineHtml)}</table>
${more > 0 ? html`<p class="muted line" style="margin:0;padding:10px 0 0;border-top:1px solid #dfe3e8;font-size:14px;line-height:20px;color:#59636e">${texts.more(more)}${assets === null ? '' : html` · <a href="${assets}" class="muted" style="color:#59636e">${texts.moreAt}</a>`}</p>` : ''}
${button}
${letter.over ? '' : html`<p class="muted" style="margin:16px 0 0;font-size:13px;line-height:18px;color:#59636e">${texts.noLoss}</p>`}${salesHtml(letter)}
</td></tr>
<tr><td class="muted" style="padding:12px 4px;${raw(FONT)};font-size:12.5px;line-height:18px;color:#59636e">${texts.why(workspace)} ${texts.whyRole}
${unsubscribe === null ? '' : html`<br><a href="${unsubscribe}" class="muted" style="color:#59636e">${texts.unsubscribe}</a>`}</td></tr>
</table></td></tr></table></body></html>`
  return `${page}`
}

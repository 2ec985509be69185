import { html, type TemplateResult } from 'lit'
import type { WorldDevice } from '../world.ts'
import { pageStyles } from './styles.ts'
import { numberWords, word } from './words.ts'

/** The page that lists the devices of a portal: the bell in its head, the warnings, and a badge in every row. */
export function assetsPage(devices: readonly WorldDevice[]): TemplateResult {
  return html`${pageStyles}<div class="page">
    <div class="bar"><h1>${word('assets')}</h1><license-notifications class="end"></license-notifications></div>
    <license-alerts></license-alerts>
    <table>
      <thead><tr><th scope="col">${word('device')}</th><th scope="col" class="wide">${word('site')}</th><th scope="col">${word('license')}</th></tr></thead>
      <tbody>${devices.map(({ id, name, serial, siteId }) => html`<tr>
        <th scope="row">${name}<br><span class="quiet">${serial}</span></th>
        <td class="wide">${siteId}</td>
        <td><license-badge device-id=${id}></license-badge></td>
      </tr>`)}</tbody>
    </table>
  </div>`
}

/** The page of one device: its badge, what its licence opens, and its License tab. */
export function devicePage({ id, name, serial, model }: WorldDevice): TemplateResult {
  return html`${pageStyles}<div class="page">
    <div class="bar"><h1>${name}</h1><license-badge device-id=${id}></license-badge></div>
    <p class="quiet">${word('serial')} ${serial} · ${word('model')} ${model}</p>
    <license-gate device-id=${id} feature="dashboard"><div class="card stack"><h2>${word('dashboard')}</h2>${readings()}</div></license-gate>
    <license-tab device-id=${id}></license-tab>
  </div>`
}

/** What a dashboard shows. */
function readings(): TemplateResult {
  const values = [[word('flow'), `${numberWords(38.4)} °C`], [word('power'), `${numberWords(6.2)} kW`], [word('runtime'), numberWords(11_482)]]
  return html`<dl class="readings">${values.map(([term, value]) => html`<div><dt class="quiet">${term}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`
}

/** A page that has 280 px for the licence. */
export function sidebarPage({ id, name }: WorldDevice): TemplateResult {
  return html`${pageStyles}<div class="page"><div class="sidebar">
    <aside aria-label=${word('license')}><div class="bar"><h2>${name}</h2><license-badge device-id=${id}></license-badge></div><license-tab device-id=${id}></license-tab></aside>
    <div class="card quiet wide">${word('rest')}</div>
  </div></div>`
}

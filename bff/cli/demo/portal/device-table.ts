import { html, raw } from 'hono/html'
import type { DeviceView } from '../../../ledger/view.ts'
import type { Html } from './icons.ts'
import type { Language } from './language.ts'
import { pill, statusWords } from './license-words.ts'

/** How the list is filtered and sorted, as the API's own query says it. */
export interface Listing {
  status?: string
  alert?: string
  sort?: string
}

/** What the list is sorted by where nobody says: what ends first, first. */
export const DEFAULT_SORT = 'expiresAt'

/** The columns, and what the API sorts them by. */
const COLUMNS = [
  ['name', 'name'], ['serial', 'serial'], ['site', null], ['license', 'status'], ['type', null], ['until', 'expiresAt'],
] as const

/** The devices, one row each. The roles keep it a table where a narrow page draws rows as two lines. */
export function deviceTable(language: Language, devices: readonly DeviceView[], listing: Listing): Html {
  const { texts } = language
  return html`<div class="card"><table class="devices" role="table" aria-label="${texts.assets}">
<thead role="rowgroup"><tr role="row">${COLUMNS.map(([column, key]) => heading(language, column, key, listing))}
<th role="columnheader" scope="col" class="action"><span class="hidden">${texts.column.action}</span></th></tr></thead>
<tbody role="rowgroup">${devices.map((device) => row(language, device))}</tbody></table></div>`
}

function heading({ texts, link }: Language, column: (typeof COLUMNS)[number][0], key: string | null, listing: Listing): Html {
  const label = texts.column[column]
  const more = column === 'until' ? html` <span class="unit">${texts.endOfDay}</span>` : ''
  if (key === null) return html`<th role="columnheader" scope="col" class="${column}">${label}</th>`
  const { sort = DEFAULT_SORT } = listing
  const direction = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : null
  const next = direction === 'ascending' ? `-${key}` : key
  const mark = direction === null ? '' : html`<span class="mark" aria-hidden="true">${direction === 'ascending' ? '↑' : '↓'}</span>`
  return html`<th role="columnheader" scope="col" class="${column}" ${direction === null ? '' : raw(`aria-sort="${direction}"`)}>
<a href="${link('/', { ...listing, sort: next })}" title="${texts.sortBy(label)}"><span>${label}${more}</span>${mark}</a></th>`
}

function row(language: Language, { id, name, serial, siteId, license }: DeviceView): Html {
  const { texts, formats, link } = language
  const { status, type, lastDay } = license
  const address = link(`/devices/${encodeURIComponent(id)}`)
  const until = lastDay === null ? '–'
    : html`<time datetime="${lastDay}" title="${texts.until(formats.longDay(lastDay))}">${formats.day(lastDay)}</time>`
  const due = status === 'none' || status === 'expired' || license.expiringSoon
  const action = due ? license.actions.find((one) => one === 'renew' || one === 'activate') : undefined
  return html`<tr role="row">
<th role="rowheader" scope="row" class="name" title="${name}"><a href="${address}"><bdi>${name}</bdi></a></th>
<td role="cell" class="serial" title="${serial}"><bdi>${serial}</bdi></td>
<td role="cell" class="site" title="${siteId ?? ''}"><bdi>${siteId ?? '–'}</bdi></td>
<td role="cell" class="license">${pill(status, statusWords(license, language))}</td>
<td role="cell" class="type">${type === null ? '–' : texts.kind[type]}</td>
<td role="cell" class="until">${until}</td>
<td role="cell" class="action">${action === undefined ? ''
    : html`<a class="action" href="${address}#redeem">${texts[action]} <span class="hidden"><bdi>${name}</bdi></span></a>`}</td></tr>`
}

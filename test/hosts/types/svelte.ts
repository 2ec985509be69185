// What markup in Svelte would be checked against, right and wrong: the compiler reads it, and nothing runs it.
import type {} from 'license-elements/svelte'
import type { SvelteHTMLElements } from 'svelte/elements'

export const badge: SvelteHTMLElements['license-badge'] = {
  'device-id': 'pump-north', linked: true, class: 'wide', 'data-row': 1, 'onlicense-navigate': ({ href, currentTarget }) => { console.log(href, currentTarget.compact) },
}
export const provider: SvelteHTMLElements['license-provider'] = {
  'base-url': 'https://licenses.example', getToken: async () => 'token', 'onlicense-navigate': (event) => { event.preventDefault() },
}
export const before5: SvelteHTMLElements['voucher-modal'] = { deviceId: 'pump-north', open: true, 'on:close': ({ currentTarget }) => { currentTarget.show() } }

// @ts-expect-error There is no such attribute.
export const noAttribute: SvelteHTMLElements['license-badge'] = { linkt: true }
// @ts-expect-error Not text.
export const noText: SvelteHTMLElements['license-badge'] = { 'device-id': 7 }
// @ts-expect-error A badge has no such event.
export const noEvent: SvelteHTMLElements['license-badge'] = { 'onlicense-changed': () => undefined }
// @ts-expect-error Not the event of a click.
export const noClick: SvelteHTMLElements['license-badge'] = { 'onlicense-navigate': (event: MouseEvent) => { console.log(event.button) } }
// @ts-expect-error The gate says that itself.
export const noState: SvelteHTMLElements['license-gate'] = { state: 'open' }

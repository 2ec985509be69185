import type { DeviceView } from '../../bff/ledger/view.ts'
import type { Feature } from './areas.ts'
import { h } from './dom.ts'
import { icon } from './icons.ts'
import type { Portal } from './page.ts'

/** What stands in place of a closed area: why it is closed, and the way to open it. */
export function lockedPanel(portal: Portal, feature: Feature, { id, name, license }: DeviceView): HTMLElement {
  const { texts, formats } = portal
  const { status, type, lastDay, actions } = license
  const why = status === 'none' || lastDay === null ? texts.lockedNone : texts.lockedExpired(texts.kind[type ?? 'standard'], formats.longDay(lastDay))
  const action = actions.find((one) => one === 'renew' || one === 'activate')
  return h('section', { class: 'card locked', 'aria-labelledby': `locked-${feature}` }, icon('lock', 28),
    h('h2', { id: `locked-${feature}`, tabindex: -1 }, texts.locked[feature](isolated(name))), h('p', { class: 'muted' }, why),
    action === undefined && h('p', { class: 'muted' }, texts.lockedViewer),
    h('p', { class: 'buttons' },
      action !== undefined && h('button', { type: 'button', class: 'filled', onclick: () => { portal.openVoucher(id) } }, texts[action as 'renew' | 'activate']),
      h('button', { type: 'button', onclick: () => { portal.openContact(id) } }, texts.contactSales)))
}

/** A name inside a sentence: its direction stays its own (Unicode UAX 9, isolates). */
function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

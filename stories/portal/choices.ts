import { h } from './dom.ts'
import { icon, type Icon } from './icons.ts'

/** One of a few things to choose from. */
export interface Choice<Value extends string | number> {
  value: Value
  /** What it is called; read out only, where it has an icon. */
  label: string
  /** What is seen in place of the label. */
  sign?: Icon | string
  /** The language of the label, where it is another one. */
  lang?: string
}

/** A row of radio buttons that looks like one control. */
export function choices<Value extends string | number>(
  name: string, legend: string, list: readonly Choice<Value>[], chosen: Value, choose: (value: Value) => void,
): HTMLElement {
  return h('fieldset', { class: 'choices' }, h('legend', { class: 'hidden' }, legend), ...list.map(({ value, label, sign, lang }) =>
    h('label', { title: sign === undefined ? null : label, lang },
      h('input', { type: 'radio', name, id: `${name}-${value}`, value, checked: value === chosen, class: 'hidden', onchange: () => { choose(value) } }),
      sign === undefined ? h('span', {}, label) : h('span', {}, isIcon(sign) ? icon(sign) : sign, h('span', { class: 'hidden' }, ` ${label}`)))))
}

function isIcon(sign: string): sign is Icon {
  return sign === 'auto' || sign === 'light' || sign === 'dark'
}

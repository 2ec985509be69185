import { VERSION } from './version.ts'

const VERSION_KEY = Symbol.for('license-elements.version')
let warned = false

/** Registers an element; where its tag is taken, that one stays, and another version of ours is told of once. */
export function define(tag: string, element: CustomElementConstructor): void {
  const taken = customElements.get(tag)
  if (taken === undefined) {
    Object.assign(element, { [VERSION_KEY]: VERSION })
    customElements.define(tag, element)
    return
  }
  const other = (taken as { [VERSION_KEY]?: unknown })[VERSION_KEY]
  if (warned || other === VERSION) return
  warned = true
  console.warn(`license-elements ${VERSION}: <${tag}> is registered already, by ${typeof other === 'string' ? `version ${other}` : 'something else'}; it stays.`)
}

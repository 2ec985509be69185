type Child = Node | string | null | false | undefined
type Value = string | number | boolean | null | undefined

/** Attributes by name; a function under `on…` listens. False, null and undefined leave an attribute out, true sets it empty. */
export type Attributes = Readonly<Record<string, Value | ((event: Event) => void)>>

const SVG = 'http://www.w3.org/2000/svg'

function dress<Made extends Element>(element: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice('on'.length), value)
    else setAttribute(element, name, value)
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false && child !== undefined))
  return element
}

/** Sets an attribute as `h` would. */
export function setAttribute(element: Element, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

/** Makes an HTML element. Text in it is text: nothing is ever parsed as HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes?: Attributes, ...children: Child[]): HTMLElementTagNameMap[Tag]
export function h(tag: string, attributes?: Attributes, ...children: Child[]): HTMLElement
export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  return dress(document.createElement(tag), attributes, children)
}

/** Makes an SVG element. */
export function s<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[Tag] {
  return dress(document.createElementNS(SVG, tag), attributes, children)
}

/** Sets a text only where it is another one, so that nothing is read out twice. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** Gives a parent exactly these children in this order; those that stand right already are not touched. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children)
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove()
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null)
  })
}

/** Renders again, and gives the focus back to the element with the same id. */
export function keepingFocus(render: () => void): void {
  const id = document.activeElement?.id ?? ''
  render()
  if (id !== '' && document.activeElement?.id !== id) document.getElementById(id)?.focus({ preventScroll: true })
}

/** The one element of the document that is certainly there. */
export function find<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag]
export function find(selector: string): HTMLElement
export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`The page has no ${selector}.`)
  return found
}

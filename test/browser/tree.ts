/** Every element below a root, also in open shadow roots. */
export function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.children) {
    yield element
    if (element.shadowRoot !== null) yield* elementsIn(element.shadowRoot)
    yield* elementsIn(element)
  }
}

/** Every element that fits a selector, also in open shadow roots; and, if given, has that text. */
export function findAll<E extends Element = HTMLElement>(root: ParentNode, selector: string, text?: string | RegExp): E[] {
  return [...elementsIn(root instanceof Element && root.shadowRoot !== null ? wrap(root) : root)]
    .filter((element): element is E => element.matches(selector) && fits(textOf(element), text))
}

/** The first of `findAll`; throws where there is none. */
export function find<E extends Element = HTMLElement>(root: ParentNode, selector: string, text?: string | RegExp): E {
  const [first] = findAll<E>(root, selector, text)
  if (first === undefined) throw new Error(`no ${selector}${text === undefined ? '' : ` with the text ${text}`} in: ${textOf(root)}`)
  return first
}

function fits(text: string, wanted: string | RegExp | undefined): boolean {
  return wanted === undefined || (typeof wanted === 'string' ? text === wanted : wanted.test(text))
}

/** Both the shadow root and the children of an element. */
function wrap(element: Element): ParentNode {
  return { children: [...(element.shadowRoot?.children ?? []), ...element.children] } as unknown as ParentNode
}

/** The text of a node as it is drawn: of shadow roots with what stands in their slots, without what is not displayed.
 * Spaces are folded. */
export function textOf(node: Node): string {
  return gather(node).replace(/[\s\u200b]+/g, ' ').trim()
}

function gather(node: Node): string {
  if (node instanceof Text) return node.data
  if (node instanceof HTMLSlotElement) {
    const assigned = node.assignedNodes()
    return (assigned.length > 0 ? assigned : [...node.childNodes]).map(gather).join('')
  }
  if (node instanceof Element) {
    if (['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName)) return ''
    const { display } = getComputedStyle(node)
    if (display === 'none') return ''
    const inner = [...(node.shadowRoot ?? node).childNodes].map(gather).join('')
    return display.startsWith('inline') || display === 'contents' ? inner : ` ${inner} `
  }
  return [...node.childNodes].map(gather).join('')
}

/** The element that has the focus, also in open shadow roots. */
export function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element === document.body ? null : element
}

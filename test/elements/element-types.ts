import type { Element } from './manifest.ts'

/** `types/elements.d.ts`: what a page can give to every element and hear from it, in terms of the classes. */
export function elementTypes(elements: readonly Element[]): string {
  const classes = elements.flatMap(({ name, events = [] }) => [name, ...events.map((event) => eventClass(event.name))])
  const imported = [...new Set(classes)].filter((name) => name !== 'Event').sort()
  return `/** What a page can give to every element and hear from it. Made by \`npm run manifest\` from the elements' docblocks. */
import type {
${imported.map((name) => `  ${name},\n`).join('')}} from 'license-elements'

/** What bubbles out of the elements that stand in another. */
type Bubbling = Pick<HTMLElementEventMap, Extract<keyof HTMLElementEventMap, \`license-\${string}\`>>

/** The elements by their tags. */
export interface LicenseElements {
${elements.map(elementType).join('')}}
`
}

function elementType(element: Element): string {
  const { name, tagName, summary = '', slots = [], events = [] } = element
  const properties = settable(element)
  const attributes = (element.attributes ?? []).filter((attribute) => attribute.fieldName !== attribute.name && properties.includes(attribute.fieldName ?? ''))
  return `  /** ${oneLine(summary)} */
  '${tagName}': {
    element: ${name}
    properties: Pick<${name}, ${properties.map((property) => `'${property}'`).join(' | ') || 'never'}>
    attributes: ${block(attributes.map((one) => ({ ...one, type: `${name}['${one.fieldName}']` })))}
    events: ${slots.length > 0 ? 'Bubbling & ' : ''}${block(events.map((one) => ({ ...one, type: eventClass(one.name) })))}
  }
`
}

/** Names of the properties that a page can set. */
function settable({ members = [] }: Element): string[] {
  return members.filter(({ kind, readonly, static: isStatic }) => kind === 'field' && readonly !== true && isStatic !== true).map(({ name }) => name)
}

function block(members: readonly { name: string; description?: string; type: string }[]): string {
  if (members.length === 0) return '{}'
  return `{\n${members.map(({ name, description = '', type }) => `      /** ${oneLine(description)} */\n      '${name}': ${type}\n`).join('')}    }`
}

/** The class of an event of ours; others are events of the platform. */
function eventClass(name: string): string {
  return name.startsWith('license-') ? `${name.replaceAll(/(?:^|-)([a-z])/g, (_whole, letter: string) => letter.toUpperCase())}Event` : 'Event'
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/')
}

import type { Attribute, Described, Element } from './manifest.ts'

interface Markdown {
  kind: 'markdown'
  value: string
}

/** VS Code's custom data for HTML, version 1.1. */
export interface HtmlData {
  $schema: string
  version: 1.1
  tags: {
    name: string
    description: Markdown
    attributes: { name: string; description: Markdown; valueSet?: string; values?: { name: string }[] }[]
  }[]
}

/** JetBrains' web-types. */
export interface WebTypes {
  $schema: string
  name: string
  version: string
  'description-markup': 'markdown'
  contributions: { html: { elements: WebTypesElement[] } }
}

interface WebTypesElement extends Described {
  attributes: (Described & { value: { type: string; default?: string } })[]
  slots: Described[]
  js: { properties: (Described & { type: string; default?: string; 'read-only'?: true })[]; events: Described[] }
  css: { parts: Described[]; properties: Described[] }
}

/** What VS Code knows of the elements in HTML: tags, attributes and their values. It has no place for the rest, which its description tells. */
export function htmlData(elements: readonly Element[]): HtmlData {
  return {
    $schema: 'https://raw.githubusercontent.com/microsoft/vscode-html-languageservice/main/docs/customData.schema.json',
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tagName,
      description: markdown(`${about(element)}${lists(element)}`),
      attributes: (element.attributes ?? []).map((attribute) => ({
        name: attribute.name, description: markdown(attribute.description ?? ''), ...choices(typeOf(attribute, element)),
      })),
    })),
  }
}

/** What JetBrains' editors know of the elements in HTML, scripts and style sheets. */
export function webTypes(elements: readonly Element[], version: string): WebTypes {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name: 'license-elements',
    version,
    'description-markup': 'markdown',
    contributions: { html: { elements: elements.map(webTypesElement) } },
  }
}

function webTypesElement(element: Element): WebTypesElement {
  const { tagName, members = [], attributes = [], events, slots, cssParts, cssProperties } = element
  return {
    name: tagName,
    description: about(element),
    attributes: attributes.map((attribute) => ({ ...described(attribute), value: { type: typeOf(attribute, element), ...defaultOf(attribute) } })),
    slots: (slots ?? []).map(described),
    js: {
      properties: members.filter(({ kind }) => kind === 'field').map((member) => ({
        ...described(member), type: member.type?.text ?? 'unknown', ...defaultOf(member), ...(member.readonly ? { 'read-only': true as const } : {}),
      })),
      events: (events ?? []).map(described),
    },
    css: { parts: (cssParts ?? []).map(described), properties: (cssProperties ?? []).map(described) },
  }
}

function described({ name, description = '' }: Described): Described {
  return { name, description }
}

function defaultOf(one: { default?: string }): { default?: string } {
  return one.default === undefined ? {} : { default: one.default }
}

/** The type of the property that the attribute sets or shows, which tells of more than an attribute's own. */
function typeOf({ name, fieldName = name, type }: Attribute, { members = [] }: Element): string {
  return members.find((member) => member.name === fieldName)?.type?.text ?? type?.text ?? 'string'
}

/** The values that an attribute can have, where they are known; a boolean has none. */
function choices(type: string): { valueSet?: string; values?: { name: string }[] } {
  if (type === 'boolean') return { valueSet: 'v' }
  const literals = type.split(' | ').map((one) => /^'([^']+)'$/.exec(one)?.[1])
  const values = literals.filter((one) => one !== undefined).map((name) => ({ name }))
  return values.length === literals.length ? { values } : {}
}

function about({ summary = '', description = '' }: Element): string {
  return `${summary}\n\n${description}`
}

function lists({ events, slots, cssParts, cssProperties }: Element): string {
  const titles = { Events: events, Slots: slots, 'CSS parts': cssParts, 'CSS custom properties': cssProperties }
  return Object.entries(titles).filter(([, items = []]) => items.length > 0).map(([title, items = []]) =>
    `\n\n**${title}**\n\n${items.map(({ name, description }) => `- ${name === '' ? '(default)' : `\`${name}\``}: ${description}`).join('\n')}`).join('')
}

function markdown(value: string): Markdown {
  return { kind: 'markdown', value }
}

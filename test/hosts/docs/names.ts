/** The names that snippets use of the elements, compared with the manifest. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Declaration, Manifest } from '../../elements/manifest.ts'

const root = join(import.meta.dirname, '../../..')
const manifest = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as Manifest
const elements = new Map(manifest.modules.flatMap(({ declarations = [] }) => declarations).map((one) => [one.tagName ?? '', one]))
const sources = globSync('components/**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
const events = new Set([...elements.values()].flatMap((one) => names(one.events)))
/** What every element of HTML has, and what frameworks take for themselves. */
const GLOBAL = /^(id|class|slot|hidden|lang|dir|key|className)$/

function names(list: readonly { name: string }[] = []): string[] {
  return list.map(({ name }) => name)
}

/** What is wrong with the tags, attributes, properties, events and slots of a piece of markup: of HTML, JSX, Angular, Vue or Svelte. */
export function markupFaults(markup: string): string[] {
  return [...markup.matchAll(/<([a-z]+(?:-[a-z]+)+)(?=[\s/>])/g)].flatMap(({ 0: start, 1: tag = '', index }) => {
    const element = elements.get(tag)
    if (element === undefined) return tag.startsWith('my-') ? [] : [`there is no <${tag}>`]
    return attributesOf(markup, index + start.length).flatMap((name) => attributeFaults(element, name))
  }).concat([...markup.matchAll(/\bslot="([^"]+)"/g)].map(([, slot = '']) => slot)
    .filter((slot) => ![...elements.values()].some((one) => names(one.slots).includes(slot))).map((slot) => `there is no slot ${slot}`))
}

/** The names of a tag's attributes as they are written; values in quotes and braces are left out. */
function attributesOf(markup: string, from: number): string[] {
  let text = ''
  let depth = 0
  let quote = ''
  for (const sign of markup.slice(from)) {
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '"' || (sign === "'" && depth === 0)) quote = sign
    else if (sign === '{') depth += 1
    else if (sign === '}') depth -= 1
    else if (sign === '>' && depth === 0) break
    text += sign === '>' || sign === '=' && depth > 0 ? ' ' : sign
  }
  const shorthand = [...text.matchAll(/\s\{(\w+)\}/g)].map(([, name = '']) => name)
  return [...shorthand, ...text.replaceAll(/=\s*("[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})|\s\{\w+\}|\/$/g, ' ').split(/\s+/).filter((name) => name !== '')]
}

function attributeFaults({ tagName = '', attributes, members, events: own }: Declaration, written: string): string[] {
  const event = /^(?:@|\((?=.+\)$)|on(?=[a-z]+-))([\w-]+)\)?$/.exec(written)?.[1]
  if (event !== undefined) return names(own).includes(event) || events.has(event) && tagName === 'license-provider' ? [] : [`<${tagName}> has no event ${event}`]
  const property = /^(?:\.|\[(?!attr\.))([\w-]+)\]?$/.exec(written)?.[1]
  const name = property ?? written.replace(/^(:|\[attr\.)/, '').replace(/\]$/, '')
  const known = property === undefined ? [...names(attributes), ...names(members)] : names(members)
  return GLOBAL.test(name) || known.includes(name) ? [] : [`<${tagName}> has no ${property === undefined ? 'attribute' : 'property'} ${name}`]
}

/** What is wrong with the tokens, parts, tags and attributes of a style sheet. */
export function styleFaults(css: string): string[] {
  const tokens = [...css.matchAll(/--license-[\w-]+/g)].filter(([token]) => !sources.includes(`var(${token},`)).map(([token]) => `there is no token ${token}`)
  const selectors = [...css.matchAll(/^([a-z]+(?:-[a-z]+)+)(?:\[([\w-]+)[^\]]*\])?(?:::part\(([\w-]+)\))?/gm)].flatMap(([, tag = '', attribute, part]) => {
    const element = elements.get(tag)
    if (element === undefined) return [`there is no <${tag}>`]
    const missing = part !== undefined && !names(element.cssParts).includes(part) ? [`<${tag}> has no part ${part}`] : []
    return attribute === undefined || names(element.attributes).includes(attribute) ? missing : [...missing, `<${tag}> has no attribute ${attribute}`]
  })
  return [...tokens, ...selectors]
}

/** What is wrong with the names that a script has in quotes: of elements, events and texts. */
export function scriptFaults(script: string): string[] {
  const quoted = [...script.matchAll(/'(license-[a-z-]+|[a-z]+-modal)(?:\[[^']*)?'/g)].map(([, name = '']) => name)
    .filter((name) => name !== 'license-elements' && !elements.has(name) && !events.has(name)).map((name) => `there is no element and no event ${name}`)
  const texts = [...script.matchAll(/^\s+'([a-z]+\.[a-z-]+)':/gm)].map(([, key = '']) => key)
    .filter((key) => !key.startsWith('feature.') && !sources.includes(`'${key}':`)).map((key) => `there is no text ${key}`)
  return [...quoted, ...texts]
}

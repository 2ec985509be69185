import manifest from '../../custom-elements.json' with { type: 'json' }
import { type ProblemCode, PROBLEMS } from '../../bff/http/problem.ts'

/** What the manifest says of a class, as far as it is shown here. */
interface Declaration {
  tagName?: string
  events?: readonly { name: string; description?: string }[]
  cssParts?: readonly { name: string }[]
}

/** A refusal, and what to do about it. */
export interface ProblemRow {
  code: ProblemCode
  status: number
  title: string
  remedy: string
}

/** An event, and the elements that send it; what it means as the first of them says it. */
export interface EventRow {
  name: string
  meaning: string
  tags: readonly string[]
}

const elements = (manifest.modules as readonly { declarations?: readonly Declaration[] }[])
  .flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName !== undefined)

/** Every refusal of the BFF, by its status, as the program has them. */
export function problemRows(): ProblemRow[] {
  return Object.entries(PROBLEMS).map(([code, [status, title, remedy]]) => ({ code: code as ProblemCode, status, title, remedy }))
}

/** Every event of the elements, by its name. */
export function eventRows(): EventRow[] {
  const all = elements.flatMap(({ tagName = '', events = [] }) => events.map(({ name, description = '' }) => ({ name, description, tagName })))
  return [...Map.groupBy(all, ({ name }) => name)].filter(([name]) => name !== 'context-provider').sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({ name, meaning: own[0]?.description ?? '', tags: own.map(({ tagName }) => tagName) }))
}

/** The parts of every element that has any. */
export function partRows(): { tag: string; parts: readonly string[] }[] {
  return elements.filter(({ cssParts = [] }) => cssParts.length > 0).map(({ tagName = '', cssParts = [] }) => ({ tag: tagName, parts: cssParts.map(({ name }) => name) }))
}

/** The Custom Elements Manifest (1) of the elements, from their docblocks. */
import { cli } from '@custom-elements-manifest/analyzer/cli.js'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What has a name, and a sentence about it. */
export interface Described {
  name: string
  description?: string
}

/** A property or method. */
export interface Member extends Described {
  kind: string
  privacy?: string
  static?: boolean
  readonly?: boolean
  type?: { text: string }
  default?: string
}

/** An attribute; `fieldName` is the property that it sets, if it sets one. */
export interface Attribute extends Described {
  fieldName?: string
  type?: { text: string }
  default?: string
}

/** What the manifest says of one class. */
export interface Declaration {
  kind: string
  name: string
  tagName?: string
  customElement?: boolean
  summary?: string
  description?: string
  members?: Member[]
  attributes?: Attribute[]
  events?: Described[]
  slots?: Described[]
  cssParts?: Described[]
  cssProperties?: Described[]
}

/** An element. */
export type Element = Declaration & { tagName: string }

/** The manifest. */
export interface Manifest {
  modules: { path: string; declarations?: Declaration[] }[]
}

/** The manifest of the sources as they are: elements with what is public of them. */
export async function makeManifest(): Promise<Manifest> {
  const made = await cli({ argv: ['analyze', '--litelement', '--quiet', '--globs', 'components/*/*-*.ts', '--exclude', '**/*.styles.ts', '**/*.texts.ts'], cwd: root, noWrite: true }) as Manifest
  const modules = made.modules.filter(({ declarations = [] }) => declarations.some(({ customElement }) => customElement === true))
  for (const { declarations = [] } of modules) for (const one of declarations) keepPublic(one)
  return { ...made, modules: modules.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
}

function keepPublic(declaration: Declaration): void {
  const hidden = new Set(['styles', 'render', 'willUpdate', 'updated', 'firstUpdated', 'connectedCallback', 'disconnectedCallback'])
  const { members } = declaration
  if (members !== undefined) {
    declaration.members = members.filter(({ name, privacy }) => !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected' && !hidden.has(name))
  }
}

/** The elements of the manifest. */
export function elementsOf({ modules }: Manifest): Element[] {
  return modules.flatMap(({ declarations = [] }) => declarations.filter((one): one is Element => one.customElement === true && one.tagName !== undefined))
}

/** Makes `custom-elements.json` (Custom Elements Manifest 1) from the docblocks of the elements; run it to write the file. */
import { cli } from '@custom-elements-manifest/analyzer/cli.js'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What the manifest says of one class. */
export interface Declaration {
  kind: string
  name: string
  tagName?: string
  customElement?: boolean
  summary?: string
  members?: { name: string; kind: string; privacy?: string; description?: string; static?: boolean }[]
  attributes?: { name: string; fieldName?: string; description?: string }[]
  events?: { name: string; description?: string }[]
  slots?: { name: string; description?: string }[]
  cssParts?: { name: string; description?: string }[]
  cssProperties?: { name: string; description?: string }[]
}

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

/** The manifest as it stands in the file. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

if (import.meta.main) await writeFile(join(root, 'custom-elements.json'), manifestText(await makeManifest()))

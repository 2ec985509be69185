/** Everything that is made from the docblocks of the elements: the manifest, data for editors, and types; run it to write the files. */
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { htmlData, webTypes } from './editor-data.ts'
import { elementTypes } from './element-types.ts'
import { elementsOf, makeManifest, type Manifest } from './manifest.ts'

const root = join(import.meta.dirname, '../..')

/** The files by their paths. */
export function generated(manifest: Manifest): Record<string, string> {
  const elements = elementsOf(manifest)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return {
    'custom-elements.json': json(manifest),
    'vscode.html-custom-data.json': json(htmlData(elements)),
    'web-types.json': json(webTypes(elements, version)),
    'types/elements.d.ts': elementTypes(elements),
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

if (import.meta.main) {
  for (const [file, text] of Object.entries(generated(await makeManifest()))) await writeFile(join(root, file), text)
}

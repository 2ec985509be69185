import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElementsFile } from '../http/elements.ts'

/** Where `npm run build` puts what it makes: beside the compiled code, or in `dist` where the source runs. */
const BUILT = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, '../../dist') : join(import.meta.dirname, '../..')

/** Reads a file that `npm run build` has made, by its path there; null where it was not built. */
export async function readBuilt(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(join(BUILT, path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Reads the elements, or a language for them, for the option `elements` of createBff. */
export function readElements(file: ElementsFile): Promise<Uint8Array | null> {
  return readBuilt(file)
}

import { fileAnswer } from './file.ts'
import { Problem } from './problem.ts'

/** What pages load by a script: the elements with English and German, and each further language in a file of its own. */
export const ELEMENTS_FILES = {
  'elements.js': 'The elements as one file, for pages of any origin',
  'elements.fr.js': 'French for the elements, loaded beside them',
  'elements.es.js': 'Spanish for the elements, loaded beside them',
  'elements.it.js': 'Italian for the elements, loaded beside them',
} as const satisfies Record<string, string>

/** The name of one of these files. */
export type ElementsFile = keyof typeof ELEMENTS_FILES

/** Reads one of these files; null = they were not built. */
export type ReadElements = (file: ElementsFile) => Promise<string | Uint8Array | null>

/** Pages of any origin may load it: it holds nothing of anybody. */
const HEADERS = {
  'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin',
}

/** Answers `/elements.js`, or a language for it. Throws `not-found` where nobody gave or built the elements. */
export async function answerElements(request: Request, read: ReadElements | undefined, name: ElementsFile): Promise<Response> {
  const file = await read?.(name) ?? null
  if (file === null) throw new Problem('not-found', 'The elements are not here: run npm run build, and pass `elements` to createBff.')
  return fileAnswer(request, file, HEADERS)
}

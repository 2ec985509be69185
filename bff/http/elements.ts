import { fileAnswer } from './file.ts'
import { Problem } from './problem.ts'

/** Reads the elements as one file; null = they were not built. */
export type ReadElements = () => Promise<string | Uint8Array | null>

/** Pages of any origin may load it: it holds nothing of anybody. */
const HEADERS = {
  'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin',
}

/** Answers `/elements.js`. Throws `not-found` where nobody gave or built the elements. */
export async function answerElements(request: Request, read: ReadElements | undefined): Promise<Response> {
  const file = await read?.() ?? null
  if (file === null) throw new Problem('not-found', 'The elements are not here: run npm run build, and pass `elements` to createBff.')
  return fileAnswer(request, file, HEADERS)
}

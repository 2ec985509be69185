import { Problem } from './problem.ts'

/** Levels of arrays and objects that a body may have. */
const MAX_DEPTH = 8

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads a body of at most `limit` bytes as UTF-8. Throws `too-large` before it reads more, and `invalid-encoding`. */
export async function readText(request: Request, limit: number): Promise<string> {
  const bytes = await readBytes(request, limit)
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Problem('invalid-encoding')
  }
}

/** A body whose length is told is read at once; any other chunk by chunk, so that it is refused as soon as it is too long. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const told = request.headers.get('content-length')
  if (told !== null && Number(told) > limit) throw new Problem('too-large')
  try {
    return told === null ? await readChunks(request, limit) : await readWhole(request, limit)
  } catch (error) {
    // A body whose connection breaks is a fault of the request, not a bug.
    throw error instanceof Problem ? error : new Problem('invalid-request', 'The body broke off.')
  }
}

async function readWhole(request: Request, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > limit) throw new Problem('too-large')
  return bytes
}

async function readChunks({ body }: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limit) throw new Problem('too-large')
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Throws `invalid-encoding` where a text holds what no database keeps alike: U+0000 or half a surrogate pair. */
export function assertText(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) throw new Problem('invalid-encoding')
}

/** Parses JSON strictly: throws `invalid-json` for what is no JSON, for a member that stands twice and for more than 8
 * levels, and `invalid-encoding` for strings that are no text. */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem('invalid-json')
  }
  checkMembers(text)
  return value
}

/** Walks a text that is known to be JSON, for what `JSON.parse` lets pass. */
function checkMembers(text: string): void {
  const open: (Set<string> | null)[] = []
  const pattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [token] = match
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null)
      if (open.length > MAX_DEPTH) throw new Problem('invalid-json', `The body has more than ${MAX_DEPTH} levels.`)
    } else if (token === '}' || token === ']') open.pop()
    else {
      const string = JSON.parse(token) as string
      assertText(string)
      if (!isMember(text, pattern.lastIndex)) continue
      const members = open.at(-1)
      if (members?.has(string) === true) throw new Problem('invalid-json', 'A member stands twice in one object.')
      members?.add(string)
    }
  }
}

/** Whether a string is followed by a colon, over any white space. */
function isMember(text: string, end: number): boolean {
  let at = end
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at += 1
  return text.charAt(at) === ':'
}

import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as within } from 'node:timers/promises'
import { type Listening, listen } from '../../../bff/node/index.ts'
import type { World } from '../engines.ts'

/** An answer as it stood on the wire. */
export interface Raw {
  status: number
  headers: Headers
  text: string
}

/** How long an answer is waited for (ms): a server that says nothing must fail a test, not hang it. */
const PATIENCE_MS = 20_000

/** Serves a world on a port of its own. */
export function serve(world: World): Promise<Listening> {
  return listen((request, connected) => world.bff.fetch(request, connected), { host: '127.0.0.1', port: 0 })
}

/** Sends bytes on a connection of their own, in the pieces that are given, and reads until the server closes it or an
 * answer is complete. Answers every response that came, in order. */
export async function send(port: number, ...pieces: (string | Uint8Array)[]): Promise<Raw[]> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  const patience = new AbortController()
  const done = new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (isComplete(Buffer.concat(chunks))) resolve()
    })
    socket.once('close', () => { resolve() })
    socket.on('error', () => { resolve() })
    within(PATIENCE_MS, undefined, { signal: patience.signal }).then(() => { reject(new Error('no answer in time')) }, () => {})
  })
  try {
    await once(socket, 'connect')
    for (const piece of pieces) await new Promise<void>((resolve) => { socket.write(piece, () => { resolve() }) })
    await done
  } finally {
    patience.abort()
    socket.destroy()
  }
  return parseAll(Buffer.concat(chunks))
}

/** The first answer to one request; `head` is its start line and headers, without the empty line. */
export async function ask(port: number, head: string, body: string | Uint8Array = ''): Promise<Raw> {
  const [answer] = await send(port, `${head}\r\n\r\n`, ...(body.length === 0 ? [] : [body]))
  if (answer === undefined) throw new Error(`no answer to ${head.slice(0, 80)}`)
  return answer
}

function isComplete(bytes: Buffer): boolean {
  const answers = parseAll(bytes)
  const last = answers.at(-1)
  return last !== undefined && last.status >= 200 && Buffer.byteLength(last.text) >= Number(last.headers.get('content-length') ?? 0)
}

/** Splits what came into answers; bodies have a Content-Length, but for answers to HEAD. */
export function parseAll(bytes: Buffer): Raw[] {
  const answers: Raw[] = []
  for (let rest = bytes; rest.length > 0;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) break
    const [start = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n')
    const headers = new Headers(lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
    const length = Number(headers.get('content-length') ?? 0)
    const body = rest.subarray(end + 4, end + 4 + length)
    answers.push({ status: Number(start.split(' ')[1]), headers, text: body.toString('utf8') })
    rest = rest.subarray(end + 4 + length)
  }
  return answers
}

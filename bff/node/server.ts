import { getRequestListener, RequestError } from '@hono/node-server'
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Connected } from '../http/connected.ts'
import { Problem } from '../http/problem.ts'
import { newId } from '../ids.ts'

/** Headers that a request may have; Node drops those past its own limit silently. */
const MAX_HEADERS = 100

/** How long slow clients are waited for, and how often that is looked at (ms). */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000 }

/** How often connections that have become idle are looked for while a server ends (ms). */
const IDLE_MS = 50

/** What is served; `close` ends what would go on for long, such as streams of changes. A BFF has it. */
export interface Served {
  /** `connected`: what is known of the connection, the address as it was sent among it. */
  (request: Request, connected?: Connected): Promise<Response> | Response
  close?: () => Promise<void>
}

/** A server that listens. */
export interface Listening {
  server: Server
  port: number
  /** Takes no new connections, ends streams of changes, lets running requests end, and resolves. */
  close: () => Promise<void>
}

/** A refusal on a connection whose request Node could not read, by a problem of the list whatever status Node would give. */
function refuseSocket(socket: Socket, code: 'invalid-request' | 'too-large', detail?: string): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const problem = new Problem(code, detail)
  const body = JSON.stringify(problem.body())
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n`
    + `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}

/** Whether a request has too many headers, not exactly one Host (RFC 9112 §3.2), or a coding that Node leaves in (§6.1). */
function isMisframed({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts += 1
  }
  const coding = headers['transfer-encoding']
  return rawHeaders.length / 2 > MAX_HEADERS || hosts > 1 || (hosts === 0 && httpVersion !== '1.0')
    || (coding !== undefined && coding.toLowerCase() !== 'chunked')
}

/** The answer where no Request could be made of what came, or where the handler itself broke. */
function refusalOf(error: unknown): Response {
  return (error instanceof RequestError ? new Problem('invalid-request') : new Problem('internal', undefined, { instance: newId(Date.now()) })).response()
}

/** Serves a handler over HTTP/1.1, with limits on headers and time. Rejects when the port cannot be had. */
export async function listen(
  fetch: Served, { host, port, ...patience }: { host: string; port: number } & Partial<typeof PATIENCE>,
): Promise<Listening> {
  const listener = getRequestListener(fetch as (request: Request, connected: object) => Promise<Response> | Response, { hostname: 'localhost', errorHandler: refusalOf })
  const server = createServer({ ...PATIENCE, ...patience, maxHeaderSize: 16_384, requireHostHeader: false }, (request, response) => {
    if (isMisframed(request)) refuseSocket(request.socket, 'invalid-request')
    else void listener(request, response)
  })
  server.maxHeadersCount = 0
  const close = closing(server, fetch)
  server.on('connect', (_request, socket) => { refuseSocket(socket as Socket, 'invalid-request') })
  server.on('checkExpectation', (request: IncomingMessage) => { refuseSocket(request.socket, 'invalid-request', 'This expectation is not understood.') })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Browsers open connections in advance: an answer there would be taken for that of the request that comes next.
    if ((socket as Socket).bytesRead === 0) socket.destroy()
    else if (error.code === 'HPE_HEADER_OVERFLOW') refuseSocket(socket as Socket, 'too-large')
    else refuseSocket(socket as Socket, 'invalid-request', error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'The request came too slowly.' : undefined)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : port,
    close,
  }
}

/** Makes what closes a server: no connection is waited for on which nothing runs. */
function closing(server: Server, fetch: Served): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => { sockets.delete(socket) })
  })
  return async () => {
    const closed = new Promise<void>((resolve, reject) => {
      server.close((error) => { if (error === undefined) resolve(); else reject(error) })
    })
    const idle = setInterval(() => {
      server.closeIdleConnections()
      // Browsers open some in advance, which Node does not count as idle.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    }, IDLE_MS)
    try {
      await fetch.close?.()
      await closed
    } finally {
      clearInterval(idle)
    }
  }
}

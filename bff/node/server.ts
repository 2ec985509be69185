import { getRequestListener } from '@hono/node-server'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '../http/problem.ts'

/** Headers that a request may have; Node drops those past its own limit silently. */
const MAX_HEADERS = 100

/** A server that listens. */
export interface Listening {
  server: Server
  port: number
  /** Takes no new connections, lets running requests end, and resolves. */
  close: () => Promise<void>
}

/** A refusal on a connection whose request Node could not read. */
function refuseSocket(socket: Socket, status: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const problem = new Problem(status === 431 ? 'too-large' : 'invalid-request')
  const body = JSON.stringify({ ...problem.body(), status })
  const reason = { 400: 'Bad Request', 408: 'Request Timeout', 413: 'Content Too Large', 431: 'Request Header Fields Too Large' }[status] ?? 'Bad Request'
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}

/** Serves a handler over HTTP/1.1, with limits on headers and time. Rejects when the port cannot be had. */
export async function listen(
  fetch: (request: Request) => Promise<Response> | Response, { host, port }: { host: string; port: number },
): Promise<Listening> {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false })
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 }, (request, response) => {
    if (request.rawHeaders.length / 2 > MAX_HEADERS) {
      refuseSocket(request.socket, 400)
      return
    }
    void listener(request, response)
  })
  server.maxHeadersCount = 0
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400
    refuseSocket(socket as Socket, status)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve, reject) => {
      server.close((error) => { if (error === undefined) resolve(); else reject(error) })
      server.closeIdleConnections()
    }),
  }
}

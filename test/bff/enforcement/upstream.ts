import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of a host behind the BFF: what it was asked, and whether its requests were ended early. */
export class HostServer {
  readonly asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []
  ended = 0
  readonly #server: Server
  url = ''

  constructor() {
    this.#server = createServer((request, response) => { void this.#answer(request, response) })
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    response.on('close', () => { if (!response.writableFinished) this.ended += 1 })
    const path = url.split('?', 1)[0]?.replace(/^\/cloud\/[^/]+\/[^/]+/, '') ?? ''
    if (path === '/echo') {
      // Byte by byte, as it comes: nobody may wait for the whole.
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      for await (const chunk of request) response.write(chunk)
      response.end()
      return
    }
    let body = ''
    for await (const chunk of request) body += String(chunk)
    this.asked.push({ method, url, headers, body })
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const timer = setInterval(() => { response.write('data: beat\n\n') }, 20)
      response.on('close', () => { clearInterval(timer) })
    } else if (path === '/drip') {
      response.writeHead(200, { 'content-type': 'text/csv' })
      const timer = setInterval(() => { response.write('1,2,3\n') }, 20)
      response.on('close', () => { clearInterval(timer) })
    } else if (path === '/silent') await new Promise(() => {})
    else if (path === '/stalls') response.writeHead(200, { 'content-type': 'text/plain' }).write('and then')
    else if (path === '/dies') {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' }).write('half')
      setTimeout(() => { response.destroy() }, 20)
    } else if (path === '/endless') {
      response.socket?.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => { response.socket?.write(`x-a: ${'y'.repeat(10_000)}\r\n`) }, 1)
      response.on('close', () => { clearInterval(timer) })
    } else if (path.startsWith('/moved/')) response.writeHead(302, { location: Buffer.from(path.slice('/moved/'.length), 'hex').toString() }).end()
    else if (path === '/teapot') response.writeHead(418, 'I am a teapot', { 'content-type': 'text/plain', etag: '"1"', 'x-own': 'kept', 'set-cookie': 'a=b', connection: 'close, x-hop', 'x-hop': 'dropped', 'access-control-allow-origin': '*' }).end('short and stout')
    else if (path === '/none') response.writeHead(204).end()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ path }))
  }
}

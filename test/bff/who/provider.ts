import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

/** An identity provider on a port of its own, whose answers the test decides. */
export class Provider {
  readonly #server: Server
  asked = 0
  answer: RequestListener = (_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: this.keys })) }
  keys: object[]

  constructor(keys: object[]) {
    this.keys = keys
    this.#server = createServer((request, response) => {
      this.asked += 1
      this.answer(request, response)
    })
  }

  async open(port = 0): Promise<number> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    if (this.#server.listening) await new Promise((resolve) => { this.#server.close(resolve) })
  }
}

import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** What the portal's server is given. */
export interface PortalOptions {
  script: Uint8Array
  bffUrl: string
  /** A key of role `host`. */
  hostKey: string
}

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A portal in React</title><link rel="icon" href="data:,">
<div id="root"></div><script type="module" src="/portal.js"></script></html>`

/** The server of a portal: its page, its script, and the one route that mints a session for who is signed in. */
export async function startPortal({ script, bffUrl, hostKey }: PortalOptions, port: number): Promise<Server> {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ${bffUrl}; `
    + "require-trusted-types-for 'script'; trusted-types lit-html"
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url === '/session' && request.method === 'POST') {
        const answer = await fetch(`${bffUrl}/v1/host/sessions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${hostKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ subject: 'jane', workspace: 'acme', roles: ['admin'] }),
        })
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
      } else if (request.url === '/portal.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
      else response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(PAGE)
    })()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** The address of a server that listens. */
export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

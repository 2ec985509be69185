// What stands behind a gateway, or behind the BFF: it asks nobody.
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  if (!request.url.endsWith('/live')) {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"readings":[21.5,21.7]}')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const timer = setInterval(() => { response.write('data: 21.5\n\n') }, 50)
  response.on('close', () => { clearInterval(timer) })
}).listen(Number(process.env.PORT), '127.0.0.1', () => { console.log('listens') })
process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close()
})

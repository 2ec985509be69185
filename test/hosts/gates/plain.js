import { connectLicenses, enter, refusalOf } from 'license-elements/gate'
import { createServer } from 'node:http'

const licenses = connectLicenses({ url: process.env.LICENSES, key: process.env.LICENSE_GATEWAY_KEY })
const FEATURES = { readings: 'history', live: 'dashboard' }

const server = createServer(async (request, response) => {
  const [, , deviceId, page] = request.url.split('/')
  const pass = await enter(licenses, { workspace: 'acme', deviceId, feature: FEATURES[page] })
  if (!pass.allowed) {
    const refusal = refusalOf(pass)
    response.writeHead(refusal.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(refusal.body()))
    return
  }
  if (page === 'readings') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"readings":[21.5,21.7]}')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const timer = setInterval(() => { response.write('data: 21.5\n\n') }, 50)
  pass.signal.addEventListener('abort', () => { response.end() })
  response.on('close', () => {
    clearInterval(timer)
    pass.leave()
  })
}).listen(Number(process.env.PORT), '127.0.0.1', () => { console.log('listens') })
process.once('SIGTERM', () => {
  licenses.close()
  server.closeAllConnections()
  server.close()
})

import express from 'express'
import { connectLicenses } from 'license-elements/gate'
import { licenseGate } from 'license-elements/gate/express'

const licenses = connectLicenses({ url: process.env.LICENSES, key: process.env.LICENSE_GATEWAY_KEY })
const gate = (feature) => licenseGate(feature, { licenses, device: (request) => request.params.id, workspace: () => 'acme' })

const app = express()
app.get('/devices/:id/readings', gate('history'), (request, response) => { response.json({ readings: [21.5, 21.7] }) })
app.get('/devices/:id/live', gate('dashboard'), (request, response) => {
  const { signal } = response.locals.license
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const timer = setInterval(() => { response.write('data: 21.5\n\n') }, 50)
  signal.addEventListener('abort', () => { response.end() })
  response.on('close', () => { clearInterval(timer) })
})

const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => { console.log('listens') })
process.once('SIGTERM', () => {
  licenses.close()
  server.closeAllConnections()
  server.close()
})

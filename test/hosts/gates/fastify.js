import Fastify from 'fastify'
import { connectLicenses } from 'license-elements/gate'
import { licenseGate } from 'license-elements/gate/fastify'
import { Readable } from 'node:stream'

const licenses = connectLicenses({ url: process.env.LICENSES, key: process.env.LICENSE_GATEWAY_KEY })
const gate = (feature) => ({ preHandler: licenseGate(feature, { licenses, device: (request) => request.params.id, workspace: () => 'acme' }) })

const app = Fastify({ forceCloseConnections: true })
app.get('/devices/:id/readings', gate('history'), async () => ({ readings: [21.5, 21.7] }))
app.get('/devices/:id/live', gate('dashboard'), (request, reply) => {
  const { signal } = request.license
  reply.header('content-type', 'text/event-stream')
  return reply.send(Readable.from((async function* () {
    while (!signal.aborted) {
      yield 'data: 21.5\n\n'
      await new Promise((resolve) => { setTimeout(resolve, 50) })
    }
  })()))
})

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
console.log('listens')
process.once('SIGTERM', () => {
  licenses.close()
  void app.close()
})

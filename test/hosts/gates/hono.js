import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
// README: begin
import { connectLicenses } from 'license-elements/gate'
import { licenseGate } from 'license-elements/gate/hono'

const licenses = connectLicenses({ url: process.env.LICENSES, key: process.env.LICENSE_GATEWAY_KEY })
const gate = (feature) => licenseGate(feature, { licenses, device: (c) => c.req.param('id'), workspace: (c) => workspaceOf(c.req.raw) })

const app = new Hono()
app.get('/devices/:id/readings', gate('history'), (c) => c.json({ readings: [21.5, 21.7] }))
app.get('/devices/:id/live', gate('dashboard'), (c) => streamSSE(c, async (stream) => {
  const { signal } = c.get('license') // aborts when the licence ends, or is undone
  while (!signal.aborted && !stream.aborted) {
    await stream.writeSSE({ data: '21.5' })
    await stream.sleep(50)
  }
}))
// README: end

/** The workspace of whoever is signed in; of your own session, never of what a request says. */
function workspaceOf(_request) {
  return 'acme'
}

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) }, () => { console.log('listens') })
process.once('SIGTERM', () => {
  licenses.close()
  server.closeAllConnections()
  server.close()
})

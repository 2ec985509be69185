import { createServer } from 'node:http'
import { openRaw } from './world.ts'

// The raw limit: node:http that answers what a licence is made of from one prepared statement. The plus before a parameter
// spares SQLite from planning again at every value.
const db = openRaw(process.argv[2] ?? '')
const statement = db.prepare(`select d.id, d.serial, d.model, d.name, d.site_id, c.*, g.* from devices d
  join covers c on c.workspace_id = d.workspace_id and c.device_id = d.id join grants g on g.workspace_id = d.workspace_id and g.device_id = d.id
  where d.workspace_id = +? and d.id = +?`)
const server = createServer((request, response) => {
  const body = JSON.stringify(statement.get('acme', (request.url ?? '').split('/')[3]))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})

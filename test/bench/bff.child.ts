import { createBff, Keyring, policyOf } from '../../bff/index.ts'
import { listen, openSqlite } from '../../bff/node/index.ts'
import { SECRET } from './world.ts'

// Our server over an existing file; what it is compared with is in the other child.
const bff = createBff({
  database: openSqlite(process.argv[2] ?? ''), keyring: new Keyring([SECRET]),
  policy: policyOf({ attempts: { person: 1_000_000, workspace: 1_000_000 } }),
})
const { port } = await listen(bff, { host: '127.0.0.1', port: 0 })
process.once('SIGINT', () => process.exit(0))
console.log(port)

/** A server of its own that sends what is due; the receiver's answer never comes, so that it can be killed in the middle. */
import { createBff, Keyring } from '../../../bff/index.ts'
import { openPostgres, openSqlite, webhookPoster } from '../../../bff/node/index.ts'

/** What it is started with. */
export interface SendingSetup {
  address: string
  secret: string
}

const { address, secret } = JSON.parse(process.argv[2] ?? '') as SendingSetup
const database = address.startsWith('postgres') ? openPostgres(address) : openSqlite(address)
const bff = createBff({ database, keyring: new Keyring([Buffer.from(secret, 'base64')]), postWebhook: webhookPoster(['127.0.0.1']) })
await bff.webhooks.run()

/** A server of its own that does what is due whenever it is told an instant, and says when it has. */
import { Keyring, policyOf } from '../../../bff/index.ts'
import { openPostgres, openSqlite } from '../../../bff/node/index.ts'
import { smtpMailer } from '../../../bff/node/smtp.ts'
import { Reminders } from '../../../bff/reminders/reminders.ts'

/** What it is started with. */
export interface DecidingSetup {
  address: string
  secret: string
  mail: string
}

const { address, secret, mail } = JSON.parse(process.argv[2] ?? '') as DecidingSetup
let now = 0
const reminders = new Reminders({
  database: address.startsWith('postgres') ? openPostgres(address) : openSqlite(address), keyring: new Keyring([Buffer.from(secret, 'base64')]),
  policy: policyOf(), now: () => now, publicUrl: 'https://bff.example', onError: (error) => { console.error(error) },
  mail: { send: smtpMailer(mail).send, from: 'licenses@works.example', replyTo: 'help@works.example' },
})
process.on('message', (at: number) => {
  now = at
  reminders.run().then(() => process.send?.(at), (error: unknown) => { console.error(error); process.exit(1) })
})
process.on('disconnect', () => { process.exit() })
process.send?.(0)

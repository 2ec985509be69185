import { createTransport } from 'nodemailer'
import { Keyring, policyOf } from '../../bff/index.ts'
import { smtpMailer } from '../../bff/node/smtp.ts'
import { Reminders } from '../../bff/reminders/reminders.ts'
import { MailServer } from '../mail-server.ts'
import { makeFleet, NOON } from './fleet.ts'
import type { Figure } from './run.ts'
import { SECRET } from './world.ts'

const WORKSPACES = 100
const DEVICES = 100

/** 10,000 due devices of 100 workspaces: decided, written and handed to a real server of mail; beside as many bare messages. */
export async function digestFigures(): Promise<Figure[]> {
  const fleet = await makeFleet({ workspaces: WORKSPACES, devices: DEVICES, oneIn: 1 })
  const server = new MailServer()
  await server.start()
  const mailer = smtpMailer(server.url)
  const reminders = new Reminders({
    database: fleet.store, keyring: new Keyring([SECRET]), policy: policyOf(), now: () => NOON, publicUrl: 'https://bff.example',
    mail: { send: mailer.send, from: 'Works <licenses@works.example>', replyTo: 'help@works.example' }, onError: (error) => { console.error(error) },
  })
  const started = performance.now()
  const ran = await reminders.run()
  const ours = (performance.now() - started) / 1_000
  mailer.close()
  if (ran.decided !== fleet.due || ran.sent !== WORKSPACES || server.taken.length !== WORKSPACES) throw new Error(`${ran.decided} decided, ${ran.sent} sent, ${server.taken.length} taken`)
  const peer = await sendBare(server.url, server.taken[0]?.raw ?? '')
  await server.stop()
  await fleet.close()
  return [{ name: '10,000 due devices in 100 workspaces: 100 digests', ours, peer, unit: 's', goal: 'within 30 s', reached: ours < 30 }]
}

/** The raw limit: as many messages of that size over one pool, with nothing decided and nothing noted (s). */
async function sendBare(url: string, raw: string): Promise<number> {
  const transport = createTransport({ url, pool: true, maxConnections: 4 })
  const started = performance.now()
  await Promise.all(Array.from({ length: WORKSPACES }, async (_, index) => transport.sendMail({ raw, envelope: { from: 'licenses@works.example', to: `office${index}@works.example` } })))
  transport.close()
  return (performance.now() - started) / 1_000
}

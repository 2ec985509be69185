import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { Keyring, policyOf } from '../../bff/index.ts'
import { smtpMailer } from '../../bff/node/smtp.ts'
import { Reminders } from '../../bff/reminders/reminders.ts'
import { makeFleet, NOON } from './fleet.ts'
import type { Figure } from './run.ts'
import { SECRET } from './world.ts'

const WORKSPACES = 100
const DEVICES = 100

/** A server of mail on this machine; answers what it has taken. */
async function mailServer(): Promise<{ url: string; taken: () => number; text: () => string; close: () => Promise<void> }> {
  let taken = 0
  let text = ''
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => { parts.push(part) })
      stream.on('end', () => { taken += 1; text = Buffer.concat(parts).toString(); done() })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, taken: () => taken, text: () => text, close: () => new Promise((resolve) => { server.close(resolve) }) }
}

/** 10,000 due devices of 100 workspaces: decided, written and handed to a real server of mail; beside as many bare messages. */
export async function digestFigures(): Promise<Figure[]> {
  const fleet = await makeFleet({ workspaces: WORKSPACES, devices: DEVICES, oneIn: 1 })
  const server = await mailServer()
  const mailer = smtpMailer(server.url)
  const reminders = new Reminders({
    database: fleet.store, keyring: new Keyring([SECRET]), policy: policyOf(), now: () => NOON, publicUrl: 'https://bff.example',
    mail: { send: mailer.send, from: 'Works <licenses@works.example>', replyTo: 'help@works.example' }, onError: (error) => { console.error(error) },
  })
  const started = performance.now()
  const ran = await reminders.run()
  const ours = (performance.now() - started) / 1_000
  mailer.close()
  if (ran.decided !== fleet.due || ran.sent !== WORKSPACES || server.taken() !== WORKSPACES) throw new Error(`${ran.decided} decided, ${ran.sent} sent, ${server.taken()} taken`)
  const peer = await sendBare(server.url, server.text())
  await server.close()
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

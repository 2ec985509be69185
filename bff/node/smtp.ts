import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Message, Posted, SendMail } from '../reminders/post.ts'

/** How long a server may take to be found, to accept a connection, to greet, and between two of its answers (ms). */
const PATIENCE = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
/** Connections that are kept open, and messages that each carries. */
const POOL = { maxConnections: 4, maxMessages: 100 }

/** What sends mail, until it is closed. */
export interface Mailer {
  send: SendMail
  close: () => void
}

/** Mail that could not be handed over. It names no address: what is logged holds no personal data. */
export class MailError extends Error {
  /** `ESOCKET` (nobody answers), `ETIMEDOUT`, `EAUTH`, or the number that the server said. */
  readonly code: string

  constructor(code: string, command: string) {
    super(`the mail server did not take a message: ${code}${command === '' ? '' : ` at ${command}`}`)
    this.name = 'MailError'
    this.code = code
  }
}

/** What an error of nodemailer tells. */
interface Fault {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

/** Makes what sends mail by SMTP (RFC 5321): `smtps://user:password@host`, or `smtp://host:587` with STARTTLS where the server has it,
 * and always where there is a password that leaves this computer. `patience`: the waits in milliseconds. */
export function smtpMailer(url: string, patience: Partial<typeof PATIENCE> = {}): Mailer {
  const { username, hostname } = new URL(url)
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  const transport = createTransport({
    url, pool: true, ...POOL, ...PATIENCE, ...patience, requireTLS: username !== '' && !isHere, disableFileAccess: true, disableUrlAccess: true,
  })
  const send: SendMail = async (message, signal) => {
    const given = new Promise<never>((_resolve, reject) => {
      const giveUp = (): void => { reject(new MailError('ETIMEDOUT', '')) }
      if (signal.aborted) giveUp()
      else signal.addEventListener('abort', giveUp, { once: true })
    })
    return Promise.race([handOver(transport.sendMail(toMime(message))), given])
  }
  return { send, close: () => { transport.close() } }
}

/** A message as nodemailer takes it. */
export function toMime({ headers, ...message }: Message): SendMailOptions {
  return { ...message, headers: { ...headers } }
}

async function handOver(sending: Promise<unknown>): Promise<Posted> {
  try {
    await sending
    return { refused: null }
  } catch (error) {
    const fault = error as Fault
    const refused = refusalOf(fault)
    if (refused !== null) return { refused }
    throw new MailError(String(fault.responseCode ?? fault.code ?? 'unknown'), fault.command ?? '')
  }
}

/** The code by which a server says that an address gets no mail, now and later (RFC 5321 §4.2.1, RFC 3463 §3.2); null where it refused
 * for another reason, such as its own policy or who we are. */
function refusalOf({ command = '', responseCode = 0, response = '' }: Fault): string | null {
  if (!/^RCPT/i.test(command) || ![550, 551, 553].includes(responseCode)) return null
  const detailed = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0]
  if (detailed === undefined) return /relay|authenti/i.test(response) ? null : String(responseCode)
  return /^5\.(1\.\d+|2\.1)$/.test(detailed) && detailed !== '5.1.7' && detailed !== '5.1.8' ? detailed : null
}

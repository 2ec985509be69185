import { createTransport } from 'nodemailer'
import type { MailOptions, Message } from '../../index.ts'
import { toMime } from '../../node/smtp.ts'

/** Messages that are kept, the newest ones. */
const KEPT = 100

/** A message of the demo that would have been sent. */
export interface Mail {
  id: string
  /** The demo's instant at which it was sent (ms). */
  at: number
  message: Message
  /** What a mail server would have been given (RFC 5322). */
  source: Uint8Array
}

/** Where the demo's mail goes instead of to a mail server: kept in memory, as it would have been sent. */
export class Mailbox {
  readonly #now: () => number
  readonly #mails: Mail[] = []
  readonly #transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', disableFileAccess: true, disableUrlAccess: true })
  #count = 0

  /** `now`: the demo's clock (ms). */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Composes a message, dated by the demo's clock, and keeps it. */
  readonly send: MailOptions['send'] = async (message) => {
    const at = this.#now()
    const { message: source } = await this.#transport.sendMail({ ...toMime(message), date: new Date(at) })
    if (!Buffer.isBuffer(source)) throw new TypeError('a message was composed as a stream')
    this.#count += 1
    this.#mails.unshift({ id: String(this.#count), at, message, source })
    this.#mails.length = Math.min(this.#mails.length, KEPT)
    return { refused: null }
  }

  /** Every message that is kept, the newest first. */
  get mails(): readonly Mail[] {
    return this.#mails
  }

  /** A message by its id; undefined where it is not kept. */
  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id)
  }
}

import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

/** A message as a server of mail got it: whom it was for, and all of it. */
export interface Got extends ParsedMail {
  recipients: string[]
  raw: string
}

/** What a server of mail does to whoever comes. `dies`: the connection breaks when a message was taken and before that is said. */
export interface Manners {
  greets: boolean
  /** What is said of an address, `450 4.2.1 …`; null = it is accepted. */
  says: (address: string) => string | null
  /** What is said of a whole message; null = it is taken. */
  judges: string | null
  dies: boolean
}

/** A real server of mail on this computer, with what it took and what it refused, in order. */
export class MailServer {
  readonly taken: Got[] = []
  readonly refused: Got[] = []
  manners: Manners = { greets: true, says: () => null, judges: null, dies: false }
  readonly #sockets = new Set<Socket>()
  #server: SMTPServer | null = null
  #port = 0

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`
  }

  /** Listens, on the port that it had before if there was one. */
  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'], logger: false, disableReverseLookup: true, closeTimeout: 0,
      onConnect: (_session, done) => { if (this.manners.greets) done() },
      onRcptTo: ({ address }, _session, done) => { done(refusal(this.manners.says(address))) },
      onData: (stream, { envelope: { rcptTo } }, done) => { this.#take(stream, rcptTo.map(({ address }) => address)).then(done, done) },
    })
    server.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => { this.#sockets.delete(socket) })
    })
    // Connections that are broken off on purpose.
    server.on('error', () => {})
    await new Promise<void>((resolve) => { server.listen(this.#port, '127.0.0.1', resolve) })
    this.#port = (server.server.address() as AddressInfo).port
    this.#server = server
  }

  /** Ends every connection, and takes no more. */
  async stop(): Promise<void> {
    const server = this.#server
    if (server === null) return
    this.#server = null
    const closed = new Promise<void>((resolve) => { server.close(resolve) })
    this.#breakOff()
    await closed
  }

  async #take(stream: SMTPServerDataStream, recipients: string[]): Promise<Error | undefined> {
    const raw = await text(stream)
    const { judges, dies } = this.manners
    ;(judges === null ? this.taken : this.refused).push({ ...await simpleParser(raw), recipients, raw })
    if (dies) this.#breakOff()
    return refusal(judges)
  }

  #breakOff(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}

function refusal(answer: string | null): Error | undefined {
  if (answer === null) return undefined
  const [, code = '', said = ''] = /^(\d{3}) (.*)$/.exec(answer) ?? []
  return Object.assign(new Error(said), { responseCode: Number(code) })
}

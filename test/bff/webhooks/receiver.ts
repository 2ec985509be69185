import assert from 'node:assert/strict'
import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { webhookPoster } from '../../../bff/node/index.ts'
import type { As, World } from '../engines.ts'

/** What a receiver was sent. */
export interface Got {
  path: string
  body: string
  headers: Record<string, string>
}

/** What is told of an event. */
export interface Event {
  type: string
  timestamp: string
  data: Record<string, unknown> & { workspace: string; deviceId: string; license: Record<string, unknown> }
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** Answers nothing but a status. */
export const status = (code: number, headers: Record<string, string> = {}): Answer => (response) => { response.writeHead(code, headers).end() }

/** A receiver on this computer, which keeps what it got and answers by the path. */
export class Receiver {
  readonly got: Got[] = []
  readonly answers = new Map<string, Answer>()
  readonly #server: Server
  readonly #scheme: string

  private constructor(tls: { key: string; cert: string } | null) {
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      void text(request).then((body) => {
        const path = request.url ?? ''
        this.got.push({ path, body, headers: request.headers as Record<string, string> })
        ;(this.answers.get(path) ?? status(204))(response, request)
      })
    }
    this.#server = tls === null ? createPlain(handle) : createSecure(tls, handle)
    this.#scheme = tls === null ? 'http' : 'https'
  }

  static async open(tls: { key: string; cert: string } | null = null): Promise<Receiver> {
    const receiver = new Receiver(tls)
    await new Promise<void>((resolve) => { receiver.#server.listen(0, '127.0.0.1', resolve) })
    return receiver
  }

  url(path = '/'): string {
    return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  /** What came to a path. */
  at(path: string): Got[] {
    return this.got.filter((one) => one.path === path)
  }
}

/** Whom tests dial: this computer alone. */
export const LOOPBACK = webhookPoster(['127.0.0.1', 'localhost'], { patienceMs: 800 })

/** An endpoint with its secret. */
export interface Made {
  id: string
  secret: string
}

const paths = new Map<string, string>([['admin', '/v1/webhooks'], ['vendor', '/v1/vendor/webhooks']])

/** Where somebody's webhooks stand. */
export const baseOf = ({ role }: As): string => paths.get(role) ?? ''

/** Makes an endpoint. */
export async function makeWebhook(world: World, as: As, url: string, events: readonly string[]): Promise<Made> {
  const { status: code, body } = await world.ask<{ id: string; secret: string }>(as, 'POST', baseOf(as), { url, events })
  assert.equal(code, 201, JSON.stringify(body))
  return { id: body.id, secret: body.secret }
}

/** Reads what came as its receiver would: by the official verifier. */
export function verified(secret: string, { body, headers }: Got): Event {
  return new Webhook(secret).verify(body, headers) as Event
}

/** What is known of an endpoint's deliveries, newest first. */
export interface Logged {
  id: string
  eventId: string
  type: string
  tries: number
  nextAt: string | null
  outcome: string | null
  status: number | null
  detail: string | null
}

/** The log of an endpoint. */
export async function logOf(world: World, as: As, id: string, query = ''): Promise<Logged[]> {
  const { body } = await world.ask<{ items: Logged[] }>(as, 'GET', `${baseOf(as)}/${id}/deliveries${query}`)
  return body.items
}

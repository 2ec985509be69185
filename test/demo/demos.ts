import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { type Demo, startDemo } from '../../bff/cli/demo/index.ts'
import type { DeviceView } from '../../bff/ledger/view.ts'
import { build } from '../../build.ts'

/** One page of `GET /v1/devices`. */
export interface DevicePage {
  items: readonly DeviceView[]
}

/** What came back, read. */
export interface Answered {
  status: number
  text: string
  headers: Headers
}

/** A demo that runs for the tests of one suite, and who asks it. */
export class Asked {
  #demo: Demo | null = null

  get demo(): Demo {
    assert.ok(this.#demo, 'the suite has not begun')
    return this.#demo
  }

  /** `db`: null = a database that goes with the demo. */
  async start(db: string | null): Promise<void> {
    await build()
    this.#demo = await startDemo({ host: '127.0.0.1', port: 0, db })
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answered> {
    const response = await fetch(`${this.demo.url}${path}`, { redirect: 'manual', ...init })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  /** Asks the API as somebody; null = without credentials. */
  async api<T = Record<string, unknown>>(method: string, path: string, token: string | null = null, body?: object): Promise<{ status: number; body: T }> {
    const { status, text } = await this.ask(path, {
      method,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status, body: JSON.parse(text) as T }
  }

  /** A page, as a browser asks for it. */
  page(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.ask(path, { headers: { accept: 'text/html', 'accept-language': 'en-GB', ...headers } })
  }

  async devices(): Promise<DevicePage['items']> {
    return (await this.api<DevicePage>('GET', '/v1/devices?limit=200')).body.items
  }

  /** Moves the clock to an instant, or back to real time. */
  async moveTo(now: string | null): Promise<void> {
    const { status } = await this.api('POST', '/demo/clock', null, now === null ? {} : { now })
    assert.equal(status, 200)
  }
}

/** A demo on a free port for the suite that asks for it. */
export function demoOfSuite(db: string | null = null): Asked {
  const asked = new Asked()
  before(() => asked.start(db))
  after(() => asked.demo.close())
  return asked
}

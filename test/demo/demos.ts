import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { type Demo, startDemo } from '../../bff/cli/demo/index.ts'
import type { DevicePage } from '../../bff/cli/demo/portal/api.ts'

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

  async start(): Promise<void> {
    this.#demo = await startDemo({ host: '127.0.0.1', port: 0, db: null })
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

  /** Sends a form, as a browser does from the demo's own page. */
  form(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answered> {
    return this.ask(path, {
      method: 'POST', body: new URLSearchParams(fields),
      headers: { accept: 'text/html', 'accept-language': 'en-GB', origin: this.demo.url, 'sec-fetch-site': 'same-origin', ...headers },
    })
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
export function demoOfSuite(): Asked {
  const asked = new Asked()
  before(() => asked.start())
  after(() => asked.demo.close())
  return asked
}

const VOID = new Set(['meta', 'link', 'input', 'br'])

/** Asserts that a page is whole: every element is closed in its place, and no id stands twice. */
export function assertWhole(html: string): void {
  const open: string[] = []
  for (const [, end, name = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
    if (end === '/') assert.equal(open.pop(), name, `</${name}> closes something else`)
    else if (!VOID.has(name) && !rest.endsWith('/')) open.push(name)
  }
  assert.deepEqual(open, [])
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  assert.deepEqual(ids, [...new Set(ids)])
}

/** Asserts that nothing in a page would run, or needs a style that a strict policy refuses. */
export function assertInert(html: string): void {
  assert.doesNotMatch(html, /<script|<style|<iframe|javascript:/i)
  const bare = html.replace(/"[^"]*"/g, '""')
  assert.doesNotMatch(bare, /<[^>]*\s(?:style|on\w+)\s*=/i)
}

/** What people read of a page. */
export function wordsOf(html: string): string {
  return html.replace(/<[^>]*>/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&').replace(/\s+/g, ' ')
}

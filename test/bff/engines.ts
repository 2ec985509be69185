import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite } from 'node:test'
import initSqlJs from 'sql.js'
import { type Bff, type BffOptions, createBff, type Database, Keyring, migrate, openSqlJs, policyOf, type PolicyInput } from '../../bff/index.ts'
import { openPostgres, openSqlite, readCsv } from '../../bff/node/index.ts'
import type { Role } from '../../bff/rules/lists.ts'
import { migratedDatabase } from '../postgres.ts'
import { assertConforms } from './conform.ts'

/** A real database of each engine, with our tables and nothing in them. */
const ENGINES = {
  sqlite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'license-test-'))
    const database = openSqlite(join(folder, 'license.db'))
    await migrate(database.db)
    return { ...database, close: async () => { await database.close(); rmSync(folder, { recursive: true }) } }
  },
  wasm: async () => {
    const database = openSqlJs(new (await initSqlJs()).Database())
    await migrate(database.db)
    return database
  },
  postgres: async () => openPostgres(await migratedDatabase()),
} satisfies Record<string, () => Promise<Database>>

/** Names of the engines. */
export type Engine = keyof typeof ENGINES

/** Where time stands in tests, unless they move it. */
export const START = Date.parse('2026-11-21T09:30:00.000Z')

/** Who asks: a role, with a person and a workspace of its own. */
export interface As {
  role: Role
  workspace?: string | null
  subject?: string
}

/** An answer, read. */
export interface Answered<T = Record<string, unknown>> {
  status: number
  body: T
  headers: Headers
}

/** A BFF over one engine, with a clock that the test moves. */
export class World {
  now = START
  readonly database: Database
  readonly keyring: Keyring
  bff: Bff
  readonly errors: unknown[] = []
  /** Whether a test breaks something, so that answers of 500 are in order. */
  broken = false

  constructor(database: Database, policy: PolicyInput = {}, options: Partial<BffOptions> = {}) {
    this.database = database
    this.keyring = new Keyring([randomBytes(32)])
    this.bff = this.make(policy, options)
  }

  make(policy: PolicyInput, options: Partial<BffOptions> = {}): Bff {
    return createBff({
      database: this.database, keyring: this.keyring, policy: policyOf({ attempts: { person: 1_000, workspace: 1_000 }, ...policy }), now: () => this.now, readCsv,
      authenticate: (request) => {
        const header = request.headers.get('x-test-as')
        return header === null ? undefined : JSON.parse(header) as never
      },
      onError: (_instance, error) => { this.errors.push(error) },
      ...options,
    })
  }

  /** Asks as somebody. A string is sent as it is, anything else as JSON. Fails where the answer is not as
   * documented, or tells of a bug. */
  async ask<T = Record<string, unknown>>(
    as: As | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {},
  ): Promise<Answered<T>> {
    const who = as === null ? {} : {
      'x-test-as': JSON.stringify({
        subject: as.subject ?? as.role, roles: [as.role],
        workspace: as.workspace === undefined ? (['viewer', 'member', 'admin'].includes(as.role) ? 'acme' : null) : as.workspace,
      }).replaceAll(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    }
    const response = await this.bff.fetch(new Request(`http://bff.test${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }), ...who, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }))
    const isStream = response.headers.get('content-type') === 'text/event-stream'
    if (isStream) await response.body?.cancel()
    const text = isStream ? '' : await response.text()
    if (!this.broken) assert.notEqual(response.status, 500, `${method} ${path}: ${String(this.errors.at(-1))}`)
    assertConforms(method, path, { status: response.status, headers: response.headers, text })
    return { status: response.status, body: (text === '' ? {} : response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text) as T, headers: response.headers }
  }

  /** A workspace in Berlin with one device, or as told. */
  async setUp(workspace = 'acme', timeZone = 'Europe/Berlin', devices = ['pump-1']): Promise<void> {
    await this.ask({ role: 'host' }, 'PUT', `/v1/host/workspaces/${workspace}`, { name: workspace, timeZone })
    for (const id of devices) {
      await this.ask({ role: 'host' }, 'PUT', `/v1/host/devices/${id}`, { workspace, serial: `SN-${workspace}-${id}`, model: 'P100', name: `Pump ${id}` })
    }
  }

  /** Codes of new vouchers. */
  async codes(count: number, terms: Record<string, unknown> = {}): Promise<string[]> {
    const { body } = await this.ask<{ items: { code: string }[] }>({ role: 'vendor' }, 'POST', '/v1/vendor/vouchers', { count, days: 365, ...terms })
    return body.items.map((item) => item.code)
  }
}

type Define = (world: () => World, engine: Engine) => void

/** Runs a suite on one engine, with a fresh database. `world()` answers what the suite works on. */
export function onEngine(engine: Engine, title: string, define: Define, policy: PolicyInput = {}, options: Partial<BffOptions> = {}): void {
  suite(`${title}, on ${engine}`, () => {
    let world: World | null = null
    before(async () => {
      world = new World(await ENGINES[engine](), policy, options)
    })
    after(async () => { await world?.database.close() })
    define(() => {
      if (world === null) throw new Error('the suite has not begun')
      return world
    }, engine)
  })
}

/** Runs a suite on every engine, each with a fresh database. */
export function onEveryEngine(title: string, define: Define, policy: PolicyInput = {}, options: Partial<BffOptions> = {}): void {
  for (const engine of Object.keys(ENGINES) as Engine[]) onEngine(engine, title, define, policy, options)
}

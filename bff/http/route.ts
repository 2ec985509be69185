import type { z } from 'zod'
import type { Connection, Trx } from '../db/database.ts'
import type { Action, DecisionSource, Role, Status, WorkspaceRole } from '../rules/lists.ts'
import type { BffPolicy } from '../policy.ts'
import type { Keyring } from './keyring.ts'
import type { Problem, ProblemCode } from './problem.ts'
import type { CsvReader } from './rows.ts'
import type { Principal } from './who.ts'

/** The names in `{braces}` of a path, as strings. */
export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & ParamsOf<Rest> : unknown

/** What a request asks, once it is known who asks and that it fits the schemas. */
export interface Ask<Params = unknown, Query = unknown, Body = unknown> {
  who: Principal
  /** The workspace of who asks; empty for keys that belong to none. */
  workspace: string
  /** The instant of the request (ms). */
  now: number
  params: Params
  query: Query
  body: Body
  /** The body as it was sent; empty where none is read. */
  text: string
  policy: BffPolicy
  keyring: Keyring
  /** The address that people reach the BFF by, without a slash at its end. */
  publicUrl: string
  hooks: Hooks
  gates: Gates
}

/** Why an address cannot be a webhook's. */
export type WebhookRefusal = 'not-https' | 'private-address' | 'unknown-host'

/** What a host may pass in, beside its policy. */
export interface Hooks {
  /** Says whether people of a workspace may add a device with this serial number (R30); null = yes. */
  checkSerial: ((device: { workspace: string; serial: string; model: string }) => Promise<boolean> | boolean) | null
  /** Has a remote legacy platform asked for the records of people who are new (R23); null = there is none. */
  askLegacy: (() => void) | null
  /** Whether reminders go out by mail too. */
  sendsMail: boolean
  /** Says why an address cannot be a webhook's, null = it can; without it (null) every https address can. */
  checkWebhook: ((url: string) => Promise<WebhookRefusal | null>) | null
  /** Splits CSV; null = imports of CSV are refused. `readCsv` of `bff/node` in Node. */
  readCsv: CsvReader | null
}

/** What a change answers. `once`: the body shows secrets, and is told by these ids when the same key asks again. */
export interface Answer {
  status: 200 | 201
  body: unknown
  once?: { ids: readonly string[]; batch?: string }
}

/** Bodies of one line per row. */
export type RowsMedia = 'text/csv' | 'application/x-ndjson'

interface Shape<Path extends string, Query, Body> {
  method: 'get' | 'post' | 'put' | 'delete'
  path: Path
  summary: string
  /** Who may: a role of the workspace (or a higher one), or one of the platform's; `anyone` who is signed in. */
  role: Role | 'anyone'
  /** Whether a key of the role `gateway` may ask too: it names the workspace in the query, which has a place for it. */
  gateway?: true
  /** The role that a policy asks for instead, where that is a higher one. */
  roleBy?: (policy: BffPolicy) => WorkspaceRole
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** Whether the body may be left out, which means `{}`. */
  bodyOptional?: true
  /** Rows instead of JSON, read by the handler as a stream. */
  rows?: RowsMedia
  /** Bytes that a body may have; 16 KiB if nothing is said. */
  limit?: number
  /** The schema of the answer, and its status. */
  answer: z.ZodType
  status?: 200 | 201
  /** Problems of its own, beside those that follow from the shape. */
  problems?: readonly ProblemCode[]
  /** False where asking twice is harmless and nothing is kept. */
  idempotent?: boolean
}

/** A route that changes nothing: it gets a connection. */
export interface ReadRoute<Path extends string = string, Query = unknown, Body = unknown> extends Shape<Path, Query, Body> {
  /** What the answer is written in, where that is not JSON: `read` answers the text. */
  media?: 'text/calendar'
  read: (ask: Ask<ParamsOf<Path>, Query, Body>, db: Connection) => Promise<unknown>
}

/** A route that changes something: it gets a transaction, and the outer connection only before that. A Problem that is
 * thrown rolls back; one that is returned is an answer like any other, and commits. */
export interface ChangeRoute<Path extends string = string, Query = unknown, Body = unknown, Before = unknown>
  extends Shape<Path, Query, Body> {
  /** What has to be done and committed, or read from a slow client, before the transaction begins. */
  before?: (ask: Ask<ParamsOf<Path>, Query, Body>, db: Connection, transact: Transact) => Promise<Before>
  change: (ask: Ask<ParamsOf<Path>, Query, Body>, trx: Trx, before: Before) => Promise<Answer | Problem>
  /** Takes back what `before` committed, where the change was rolled back: by a Problem, a failure, or another server's answer. */
  abandon?: (before: Before, transact: Transact) => Promise<void>
}

/** Runs a transaction of its own. */
export type Transact = <T>(change: (trx: Trx) => Promise<T>) => Promise<T>

/** What decides whether features are open (R10, R11). */
export interface Gates {
  /** `near`: what was so a moment ago is enough. Throws `device-not-found`, `feature-not-found`. */
  decide: (question: { workspace: string; deviceId: string; feature: string }, roles: readonly string[], now: number, near?: boolean) => Promise<Decided>
  /** Which of these devices, or of those of a site, have a feature open, and how many were left out. Throws `feature-not-found`. */
  licensed: (workspace: string, devices: readonly string[] | { site: string }, feature: string, now: number) => Promise<{ deviceIds: string[]; leftOut: number }>
}

/** A decision, and the next instant (ms) at which the status changes by time alone. */
export interface Decided {
  allowed: boolean
  code: Status | ProblemCode
  until: string | null
  remedy: Action | null
  source: DecisionSource
  changesAt: number | null
}

/** Streams of a workspace's changes. */
export interface Live {
  /** Whether a caller has as many as one may have. */
  isFull: (caller: string) => boolean
  stream: (reader: { caller: string; workspace: string; now: number; lastSeq: number | null; request: Request }) => Promise<Response>
}

/** A route that answers with a stream that goes on. */
export interface StreamRoute<Path extends string = string, Query = unknown> extends Omit<Shape<Path, Query, undefined>, 'answer'> {
  media: 'text/event-stream'
  answer?: undefined
  stream: (ask: Ask<ParamsOf<Path>, Query, undefined>, live: Live, request: Request) => Promise<Response>
}

/** A route as the application mounts and documents it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Routes of every shape stand in one list.
export type Route = ReadRoute<string, any, any> | ChangeRoute<string, any, any, any> | StreamRoute<string, any>

/** A route that is answered without asking who asks. `Site` is what its answers are made from. */
export interface PublicRoute<Site = never> {
  /** GET if left out. */
  method?: 'get' | 'post'
  path: string
  summary: string
  media: 'application/json' | 'text/html' | 'text/css' | 'text/javascript' | 'text/calendar' | 'text/plain'
  /** A key of its own that it wants all the same. */
  secured?: 'metrics'
  /** The schema of a JSON answer. */
  schema?: z.ZodType
  /** What may stand in the query; nothing if left out. */
  query?: z.ZodType
  /** Whether readers are told 304 of what they have. */
  tagged?: boolean
  /** Whether readers may name a version in the query, and are told 304 of one that they have. */
  versioned?: boolean
  /** Problems of its own, beside those that follow from the shape. */
  problems?: readonly ProblemCode[]
  answer: (site: Site, request: Request, params: Readonly<Record<string, string>>) => Promise<Response> | Response
}

/** Declares a route that only reads. */
export function read<const Path extends string, Query = undefined, Body = undefined>(route: ReadRoute<Path, Query, Body>): Route {
  return route as unknown as Route
}

/** Declares a route that changes something. */
export function change<const Path extends string, Query = undefined, Body = undefined, Before = undefined>(
  route: ChangeRoute<Path, Query, Body, Before>,
): Route {
  return route as unknown as Route
}

/** Declares a route that answers with a stream. */
export function stream<const Path extends string, Query = undefined>(route: StreamRoute<Path, Query>): Route {
  return route as unknown as Route
}

/** A route that answers every method, in front of something else: mounted by itself, and documented with the others. */
export interface GateRoute {
  path: string
  methods: readonly ('get' | 'post' | 'put' | 'patch' | 'delete')[]
  summary: string
  description: string
  parameters: readonly { name: string; description: string }[]
  /** Statuses of its answers, beside those of its problems. */
  answers: Readonly<Record<number, string>>
  problems: readonly ProblemCode[]
}

/** What a read answers with headers of its own. */
export class WithHeaders {
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>

  constructor(body: unknown, headers: Readonly<Record<string, string>>) {
    this.body = body
    this.headers = headers
  }
}

/** An answer 200. */
export function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** An answer 201. */
export function created(body: unknown, once?: Answer['once']): Answer {
  return once === undefined ? { status: 201, body } : { status: 201, body, once }
}

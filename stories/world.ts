import type { Bff } from '../bff/index.ts'
import type { Role, WorkspaceRole } from '../bff/rules/lists.ts'
import { WorldClock } from './world/clock.ts'
import { openDatabase } from './world/database.ts'
import { Line, type Network } from './world/network.ts'
import { type Ask, askAs } from './world/people.ts'
import { makeBff, roleIn, seededOf } from './world/seeded.ts'
import { NOW, type WorldSpec } from './world/spec.ts'

export { NOW, TIME_ZONE, type WorldDevice, type WorldGrant, type WorldLegacy, type WorldSpec, type WorldVoucher } from './world/spec.ts'

const STREAM = '/v1/events'

/** What counts in place of what a story says, for as long as somebody wants to see it so; null: what the story says. */
export interface Outside {
  network: Network | null
  role: WorkspaceRole | null
}

/** A BFF of a story's own, with everything that it holds. */
export interface World {
  /** Answers a request to any base URL that ends in `/bff/<story>`, or to none. */
  readonly fetch: (request: Request) => Promise<Response>
  /** The codes of the vouchers, as people read them, by their names. */
  readonly codes: Readonly<Record<string, string>>
  readonly clock: WorldClock
  network: Network
  /** Sets what counts in place of what the story says; answers whether that is something else than before. */
  readonly override: (outside: Outside) => boolean
  /** What the page has asked for, in order, but for the stream of changes. */
  readonly requests: { method: string; path: string }[]
  readonly bff: Bff
  /** Asks as a colleague, the seller or the host's server; see `Ask`. */
  readonly as: (role: Role) => Ask
  /** Frees what it holds. */
  readonly close: () => Promise<void>
}

/** Makes a world: the BFF itself over SQLite in WebAssembly, filled by its own routes. */
export async function createWorld(spec: WorldSpec): Promise<World> {
  const { bytes, codes } = await seededOf(spec)
  const { database } = await openDatabase(bytes)
  const clock = new WorldClock(Date.parse(spec.now ?? NOW))
  let role: WorkspaceRole | null = null
  const bff = makeBff(spec, database, clock.now, () => role ?? roleIn(spec))
  const line = new Line(spec.network ?? 'ok')
  const requests: World['requests'] = []
  const underWay = new Set<Promise<Response>>()
  clock.start()
  return {
    codes, clock, requests, bff,
    as: (role) => askAs(bff, role),
    get network() { return line.state },
    set network(state) { line.state = state },
    override: (outside) => {
      const other = outside.network !== line.outside || outside.role !== role
      line.outside = outside.network
      role = outside.role
      return other
    },
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const path = pathname.replace(/^.*\/bff\/[^/]+/, '') + search
      if (path !== STREAM) requests.push({ method: request.method, path })
      const answer = line.pass(async () => bff(await readdressed(request, path)))
      underWay.add(answer)
      return answer.finally(() => { underWay.delete(answer) })
    },
    close: async () => {
      line.state = 'down'
      line.outside = null
      await bff.close()
      await Promise.allSettled(underWay)
      await database.close()
    },
  }
}

/** The same request to the BFF's own address. */
async function readdressed(request: Request, path: string): Promise<Request> {
  const body = request.body === null ? {} : { body: await request.arrayBuffer() }
  return new Request(`https://bff.example${path}`, { method: request.method, headers: request.headers, ...body })
}

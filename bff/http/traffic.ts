import type { MiddlewareHandler } from 'hono'
import type { Family, Sample } from './exposition.ts'

/** Methods that are told apart; every other one is `other`, so that nobody can make more of them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const
/** Upper bounds of how long answers took (s). */
const BOUNDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5] as const
/** What is counted together: addresses where nothing is, methods that a route has not, origins that may not ask. */
const OTHER = 'other'

declare module 'hono' {
  interface ContextVariableMap {
    counter: RouteCounter
  }
}

/** Counts the answers of one route. It keeps numbers alone: nothing of who asked, or for what. */
export class RouteCounter {
  /** By `method * 1000 + status`. */
  readonly requests = new Map<number, number>()
  /** How many took as long as a bound or less, and more than the one before; the last: longer than all. */
  readonly buckets = new Array<number>(BOUNDS.length + 1).fill(0)
  seconds = 0

  /** Adds an answer that took so long (ms). */
  add(method: string, status: number, ms: number): void {
    const key = (METHODS as readonly string[]).indexOf(method) * 1_000 + status
    this.requests.set(key, (this.requests.get(key) ?? 0) + 1)
    const seconds = ms / 1_000
    let bucket = 0
    while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] ?? 0)) bucket += 1
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1
    this.seconds += seconds
  }
}

/** Counts answers by route, method and status, and how long they took until they began, of this process since it started. */
export class Traffic {
  readonly #routes = new Map<string, RouteCounter>()
  readonly #other = this.of(OTHER)

  /** The counter of the route with a path, such as `/v1/devices/{id}`. */
  of(path: string): RouteCounter {
    const found = this.#routes.get(path)
    if (found !== undefined) return found
    const counter = new RouteCounter()
    this.#routes.set(path, counter)
    return counter
  }

  /** Says which route a request has come to. */
  at(path: string): MiddlewareHandler {
    const counter = this.of(path)
    return (c, next) => {
      c.set('counter', counter)
      return next()
    }
  }

  /** Counts every answer of an application; stands before its routes. */
  count(): MiddlewareHandler {
    return async (c, next) => {
      const began = performance.now()
      await next()
      const counter: RouteCounter | undefined = c.get('counter')
      ;(counter ?? this.#other).add(c.req.method, c.res.status, performance.now() - began)
    }
  }

  /** What was counted. */
  families(): Family[] {
    const used = [...this.#routes].filter(([, { requests }]) => requests.size > 0)
    return [
      {
        name: 'license_http_requests_total', type: 'counter', help: 'Answers of this process by route, method and status.',
        samples: used.flatMap(([route, { requests }]) => [...requests].map(([key, value]) => requestSample(route, key, value))),
      },
      {
        name: 'license_http_request_duration_seconds', type: 'histogram', help: 'Time from a request until its answer begins, by route.',
        samples: used.flatMap(([route, counter]) => durationSamples(route, counter)),
      },
    ]
  }
}

function requestSample(route: string, key: number, value: number): Sample {
  const method = Math.floor(key / 1_000)
  return { labels: { route, method: METHODS[method] ?? OTHER, status: String(key - method * 1_000) }, value }
}

function durationSamples(route: string, { buckets, seconds }: RouteCounter): Sample[] {
  let sum = 0
  const counts = buckets.map((count, index): Sample => {
    sum += count
    return { suffix: '_bucket', labels: { route, le: String(BOUNDS[index] ?? '+Inf') }, value: sum }
  })
  return [...counts, { suffix: '_sum', labels: { route }, value: seconds }, { suffix: '_count', labels: { route }, value: sum }]
}

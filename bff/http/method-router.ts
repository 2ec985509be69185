import { METHOD_NAME_ALL, type Result, type Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

/** Hono's usual routers, for each method by itself: a path that the fast one does not take, such as a fixed name beside a parameter,
 * slows down the routes of its own method alone. */
export class MethodRouter<T> implements Router<T> {
  readonly name = 'MethodRouter'
  readonly #routers = new Map<string, Router<T>>()
  readonly #everywhere: (readonly [path: string, handler: T])[] = []

  add(method: string, path: string, handler: T): void {
    if (method !== METHOD_NAME_ALL) {
      this.#of(method).add(method, path, handler)
      return
    }
    this.#of(method)
    for (const router of this.#routers.values()) router.add(method, path, handler)
    this.#everywhere.push([path, handler])
  }

  match(method: string, path: string): Result<T> {
    return (this.#routers.get(method) ?? this.#of(METHOD_NAME_ALL)).match(method, path)
  }

  #of(method: string): Router<T> {
    const known = this.#routers.get(method)
    if (known !== undefined) return known
    const router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
    for (const [path, handler] of this.#everywhere) router.add(METHOD_NAME_ALL, path, handler)
    this.#routers.set(method, router)
    return router
  }
}

import { ContextEvent } from '@lit/context'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { storeContext } from './context.ts'
import type { Resource } from './resource.ts'
import type { LicenseStore } from './store.ts'

type Host = ReactiveControllerHost & HTMLElement

/** Finds the store of the provider around an element (W3C Community Protocol "Context"), also of one that comes later. */
export class StoreConsumer implements ReactiveController {
  value: LicenseStore | null = null
  readonly #host: Host
  #end: (() => void) | undefined

  constructor(host: Host) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    // A provider tells that it is there; elements that were first ask again.
    document.addEventListener('context-provider', this.#ask)
    this.#end = () => { document.removeEventListener('context-provider', this.#ask) }
    this.#ask()
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#end?.()
    this.value = null
  }

  readonly #ask = (): void => {
    this.#host.dispatchEvent(new ContextEvent(storeContext, this.#host, (store) => {
      this.#end?.()
      this.value = store
      this.#end = store.subscribe(() => { this.#host.requestUpdate() })
      this.#host.requestUpdate()
    }))
  }
}

/** Follows one resource of the store: which one is asked at every update, and its changes update the element. */
export class Watch<T> implements ReactiveController {
  readonly #host: Host
  readonly #store: StoreConsumer
  readonly #pick: (store: LicenseStore) => Resource<T> | null
  #resource: Resource<T> | null = null
  #end: (() => void) | null = null

  constructor(host: Host, store: StoreConsumer, pick: (store: LicenseStore) => Resource<T> | null) {
    this.#host = host
    this.#store = store
    this.#pick = pick
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#end?.()
    this.#end = this.#resource = null
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return
    const store = this.#store.value
    const wanted = store === null ? null : this.#pick(store)
    if (wanted === this.#resource) return
    this.#end?.()
    this.#resource = wanted
    this.#end = wanted?.subscribe(() => { this.#host.requestUpdate() }) ?? null
  }

  /** The resource; null without a provider, or where nothing is asked for. */
  get resource(): Resource<T> | null {
    return this.#resource
  }

  /** Its last known value. */
  get value(): T | null {
    return this.#resource?.value ?? null
  }
}

import { Resource } from './resource.ts'
import type { DevicePage, DeviceView, LicenseView, LicenseWithLedger, Me, Notifications, Summary } from './wire.ts'

/** What the BFF is asked for, by kind. */
export interface Values {
  me: Me
  summary: Summary
  soonest: DevicePage
  notifications: Notifications
  license: LicenseView
  device: DeviceView
  ledger: LicenseWithLedger
}

/** Whether there is one of that kind for each device, and not for the workspace. */
export function isOfDevice(kind: keyof Values): boolean {
  return kind === 'license' || kind === 'device' || kind === 'ledger'
}

/** Whether it counts devices of the workspace, or tells of some. */
export function isCount(kind: keyof Values): boolean {
  return kind === 'summary' || kind === 'soonest' || kind === 'notifications'
}

/** One resource, and what it is of. */
export interface Entry<K extends keyof Values = keyof Values> {
  kind: K
  /** The device; empty for what is of the workspace. */
  id: string
  resource: Resource<Values[K]>
  /** The request whose answer it holds: an earlier one's answer comes too late. */
  request: number
}

/** Every resource of a store that somebody uses. */
export class Entries {
  readonly #all = new Map<string, Entry>()
  readonly #want: (entry: Entry) => void

  /** `want` is told of one that is used and not known. */
  constructor(want: (entry: Entry) => void) {
    this.#want = want
  }

  /** The one of that kind; null if nobody has asked for it. */
  find<K extends keyof Values>(kind: K, id: string): Entry<K> | null {
    return this.#all.get(kind + id) as unknown as Entry<K> | undefined ?? null
  }

  /** The one of that kind, made where there is none. */
  get<K extends keyof Values>(kind: K, id: string): Entry<K> {
    return this.find(kind, id) ?? this.#make(kind, id)
  }

  /** Those that are shown somewhere; and `me`, which says whose all of it is. */
  get used(): Entry[] {
    return [...this.#all.values()].filter(({ kind, resource }) => resource.used || kind === 'me')
  }

  /** Forgets every value. */
  clear(): void {
    for (const { resource } of this.#all.values()) resource.clear()
  }

  #make<K extends keyof Values>(kind: K, id: string): Entry<K> {
    const key = kind + id
    const resource = new Resource<Values[K]>((used) => {
      if (used) {
        this.#all.set(key, entry as unknown as Entry)
        if (resource.value === null || resource.stale) this.#want(entry as unknown as Entry)
      // Not at once: an element that is moved leaves and comes back in the same moment.
      } else queueMicrotask(() => { if (!resource.used && kind !== 'me') this.#all.delete(key) })
    })
    const entry: Entry<K> = { kind, id, resource, request: 0 }
    this.#all.set(key, entry as unknown as Entry)
    return entry
  }
}

import type { ReactiveControllerHost } from 'lit'
import { daysSince } from '../shared/formats.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { DeviceView } from '../shared/wire.ts'

/** Some devices with their names, asked for when the dialog of them is opened. */
export class ChosenDevices {
  state: 'loading' | 'ready' | 'failed' = 'loading'
  /** Those of them that there are. */
  devices: readonly DeviceView[] = []
  readonly #host: ReactiveControllerHost
  #asked: { store: LicenseStore; ids: string } | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  /** Asks for devices, unless it did. */
  choose(store: LicenseStore, chosen: readonly string[]): void {
    const ids = chosen.join('\n')
    if (this.#asked?.store === store && this.#asked.ids === ids) return
    void this.#load(store, chosen, this.#asked = { store, ids })
  }

  /** Forgets them; what is under way does not count any more. */
  forget(): void {
    this.#asked = null
    this.devices = []
    this.state = 'loading'
  }

  async #load(store: LicenseStore, chosen: readonly string[], asked: { store: LicenseStore; ids: string }): Promise<void> {
    this.state = chosen.length === 0 ? 'ready' : 'loading'
    this.devices = []
    if (chosen.length === 0) return
    const found = await store.findDevices(chosen).catch(() => null)
    if (this.#asked !== asked) return
    this.devices = found ?? []
    this.state = found === null ? 'failed' : 'ready'
    this.#host.requestUpdate()
  }
}

/** The earliest last day that is still ahead, `2026-11-25`; empty where none is. */
export function firstLastDay(devices: readonly DeviceView[]): string {
  const days = devices.flatMap(({ license: { lastDay, now, timeZone } }) => (lastDay !== null && daysSince(lastDay, now, timeZone) <= 0 ? [lastDay] : []))
  return days.toSorted()[0] ?? ''
}

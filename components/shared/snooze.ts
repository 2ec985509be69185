import { html, type LitElement, type TemplateResult } from 'lit'
import { formatDayOf } from './dates.ts'
import { frame } from './icons.ts'
import { Keys } from './keys.ts'
import type { Localize } from './localize.ts'
import type { SnoozeText } from './snooze.texts.ts'
import type { StoreConsumer } from './store-consumer.ts'
import type { Alert, Me, Summary } from './wire.ts'

/** A bell that is off (Lucide, ISC licence). */
const BELL = '<path d="M10.3 21a1.94 1.94 0 0 0 3.4 0M17 17H3.3a1 1 0 0 1-.7-1.7C3.9 14 6 12.7 6 8a6 6 0 0 1 .3-1.7M8.7 3A6 6 0 0 1 18 8c0 2.7.8 4.7 1.7 6M2 2l20 20"/>'

/** Whether a person has put a warning off until later than now (ms). */
export function isSnoozed({ snoozedUntil }: Summary, alert: Alert, now: number): boolean {
  const until = snoozedUntil?.[alert] ?? null
  return until !== null && Date.parse(until) > now
}

/** Puts warnings off, and says until when (R29). */
export class Snoozing {
  readonly #host: LitElement
  readonly #store: StoreConsumer
  readonly #words: Localize<SnoozeText>
  readonly #keys = new Keys()
  readonly #say: (text: string) => void
  #running = false

  /** `say` reads something out. */
  constructor(host: LitElement, store: StoreConsumer, words: Localize<SnoozeText>, say: (text: string) => void) {
    this.#host = host
    this.#store = store
    this.#words = words
    this.#say = say
  }

  /** The button for a warning, which has this title. */
  button(alert: Alert, title: string, { policy }: Me): TemplateResult {
    const later = `${this.#words.text('snooze.later', { when: this.#words.formats.ago(-policy.snoozeDays) })}: ${title}`
    return html`<button type="button" class="bare" part="snooze" title=${later} aria-label=${later} @click=${() => this.snooze(alert)}>${frame(BELL)}</button>`
  }

  /** Puts a warning off. */
  async snooze(alert: Alert): Promise<void> {
    const store = this.#store.value
    if (store === null || this.#running) return
    this.#running = true
    try {
      const { until } = await this.#keys.use(alert, (key) => store.snooze(alert, key))
      // It ends where a day does.
      this.#say(this.#words.text('snooze.until', { day: formatDayOf(this.#words.formats, until, store.me.value?.workspace.timeZone ?? 'UTC') }))
    } catch {
      this.#say(this.#words.text('snooze.failed'))
    }
    this.#running = false
    this.#host.requestUpdate()
  }
}

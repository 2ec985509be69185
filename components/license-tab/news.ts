import { formatSpan } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import type { LicenseWithLedger, ProblemBody } from '../shared/wire.ts'
import { untilWords } from './facts.ts'
import type { TabText } from './license-tab.texts.ts'

/** What is read out of changes, politely and once each; what stands there at first is not. */
export class News {
  text = ''
  readonly #words: Localize<TabText>
  #shown: { deviceId: string; state: string; problem: string | null } | null = null

  constructor(words: Localize<TabText>) {
    this.#words = words
  }

  /** Tells of the last hour of a licence (ms). */
  readonly tellLastHour = (left: number): void => {
    this.text = this.#words.text('tab.hour-left', { span: formatSpan(this.#words.formats, left) })
  }

  /** Takes what is shown now, and tells what is new in it. `quiet`: something else tells it. `stale`: what to tell where it
   * could not be loaded again. */
  follow(license: LicenseWithLedger, problem: ProblemBody | null, { quiet, stale }: { quiet: boolean; stale: () => string }): void {
    const { deviceId, status, lastDay } = license
    const before = this.#shown?.deviceId === deviceId ? this.#shown : null
    const state = `${status} ${lastDay}`
    this.#shown = { deviceId, state, problem: problem?.code ?? null }
    if (before === null) this.text = ''
    if (before === null || quiet) return
    if (problem !== null && problem.code !== before.problem) this.text = stale()
    else if (state !== before.state) this.text = this.#changed(license)
  }

  #changed(license: LicenseWithLedger): string {
    const words = this.#words
    return `${words.text('tab.status')}: ${words.text(`badge.${license.status}`)}. ${words.text('tab.expiration')}: ${untilWords(words, license)}.`
  }
}

import { LineChart } from './chart.ts'
import { h, say } from './dom.ts'
import { icon } from './icons.ts'
import { familyOf, type Metric, METRICS, reading } from './metrics.ts'
import type { Portal } from './page.ts'
import { sampleMark, type View } from './view.ts'

/** How often there is a reading (ms), and how many are shown. */
const STEP_MS = 2_000
const SHOWN = 61

/** Live readings: tiles with the latest values, and the last two minutes of one of them. */
export class Dashboard implements View {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #device: { id: string; model: string }
  readonly #metrics: readonly Metric[]
  readonly #tiles = new Map<Metric, { button: HTMLButtonElement; value: HTMLElement }>()
  readonly #chart = new LineChart()
  readonly #chartTitle = h('h3')
  readonly #updated = h('span', { class: 'muted small' })
  readonly #pause: HTMLButtonElement
  #metric: Metric
  #timer: ReturnType<typeof setInterval> | undefined
  /** Who wants less motion begins with a chart that stands still. */
  #paused = matchMedia('(prefers-reduced-motion: reduce)').matches
  #stoodAt: number

  constructor(portal: Portal, device: { id: string; model: string }) {
    const { texts, clock } = portal
    this.#portal = portal
    this.#device = device
    this.#metrics = METRICS[familyOf(device.model)]
    this.#metric = METRICS[familyOf(device.model)][0]
    this.#stoodAt = clock.now()
    for (const metric of this.#metrics) this.#tiles.set(metric, this.#tile(metric))
    this.#pause = h('button', { type: 'button', class: 'pause', onclick: () => { this.#togglePause() } })
    this.element = h('div', { class: 'view' },
      h('div', { class: 'view-head' }, h('h2', { tabindex: -1 }, texts.live), sampleMark(texts), this.#updated, this.#pause),
      h('div', { class: 'tiles readings', role: 'group', 'aria-label': texts.reading }, ...[...this.#tiles.values()].map(({ button }) => button)),
      h('section', { class: 'card' }, h('div', { class: 'card-head' }, this.#chartTitle,
        h('span', { class: 'muted small' }, texts.lastMinutes(portal.formats.minutes(((SHOWN - 1) * STEP_MS) / 60_000)))), this.#chart.element))
    this.#namePause()
  }

  start(): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => { if (!this.#paused) this.#show() }, STEP_MS)
    this.#show()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  close(): void {
    this.stop()
    this.#chart.close()
  }

  #tile(metric: Metric): { button: HTMLButtonElement; value: HTMLElement } {
    const value = h('strong')
    const button = h('button', { type: 'button', class: 'tile', onclick: () => { this.#choose(metric) } },
      h('span', { class: 'muted' }, this.#portal.texts.metric[metric.id]), h('span', { class: 'value' }, value, h('span', { class: 'unit' }, metric.unit)))
    return { button, value }
  }

  #choose(metric: Metric): void {
    this.#metric = metric
    this.#show()
  }

  #togglePause(): void {
    this.#stoodAt = this.#portal.clock.now()
    this.#paused = !this.#paused
    this.#namePause()
    this.#show()
  }

  #namePause(): void {
    const { texts } = this.#portal
    this.#pause.replaceChildren(icon(this.#paused ? 'play' : 'pause', 14), this.#paused ? texts.resume : texts.pause)
  }

  #show(): void {
    const { texts, formats, clock, timeZone } = this.#portal
    const now = Math.floor((this.#paused ? this.#stoodAt : clock.now()) / STEP_MS) * STEP_MS
    for (const [metric, { button, value }] of this.#tiles) {
      say(value, formats.number(reading(metric, this.#device.id, now), metric.digits))
      button.setAttribute('aria-pressed', String(metric === this.#metric))
    }
    const { id, unit, digits, range } = this.#metric
    const values = Array.from({ length: SHOWN }, (_, index) => reading(this.#metric, this.#device.id, now - (SHOWN - 1 - index) * STEP_MS))
    say(this.#chartTitle, `${texts.metric[id]}, ${unit}`)
    say(this.#updated, texts.updated(formats.clock(now, timeZone)))
    this.#chart.show({
      values, range, tick: (value) => formats.number(value, range[1] - range[0] < 8 ? 1 : 0),
      below: [texts.ago(formats.minutes(2)), texts.ago(formats.minutes(1)), texts.now],
      words: texts.chart(texts.metric[id], `${formats.number(values.at(-1) ?? 0, digits)} ${unit}`),
    })
  }
}

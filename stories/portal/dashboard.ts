import { LineChart } from './chart.ts'
import { h, say } from './dom.ts'
import { icon } from './icons.ts'
import { LiveReadings } from './live-readings.ts'
import type { Portal } from './page.ts'
import type { LiveStart, Metric } from './telemetry.ts'
import { DataPlace, sampleMark, tickDigits, titleOf, type View } from './view.ts'

/** How many minutes the chart shows. */
const MINUTES = 2

interface Tile {
  button: HTMLButtonElement
  value: HTMLElement
}

/** Live readings, as they come through the gate: tiles with the latest values, and the last two minutes of one of them. */
export class Dashboard implements View {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #live: LiveReadings
  readonly #place: DataPlace
  readonly #readings: HTMLElement
  readonly #tiles = new Map<Metric['id'], Tile>()
  readonly #chart = new LineChart()
  readonly #chartTitle = h('h3')
  readonly #updated = h('span', { class: 'muted small' })
  readonly #pause: HTMLButtonElement
  #chosen: Metric['id'] | null = null
  /** Who wants less motion begins with a chart that stands still. */
  #paused = matchMedia('(prefers-reduced-motion: reduce)').matches
  /** What is seen: the latest readings, or those at which it was paused. */
  #seen: LiveStart | null = null

  constructor(portal: Portal, { id }: { id: string }) {
    const { texts, formats, api } = portal
    this.#portal = portal
    this.#live = new LiveReadings(api, id, {
      changed: () => { this.#take() },
      closed: () => { portal.reread() },
      failed: (refusal) => { this.#place.fail(refusal) },
    })
    this.#pause = h('button', { type: 'button', class: 'pause', onclick: () => { this.#togglePause() } })
    this.#readings = h('div', { class: 'tiles readings', role: 'group', 'aria-label': texts.reading })
    this.#place = new DataPlace(portal, () => { this.#again() }, this.#readings,
      h('section', { class: 'card' }, h('div', { class: 'card-head' }, this.#chartTitle,
        h('span', { class: 'muted small' }, texts.lastMinutes(formats.minutes(MINUTES)))), this.#chart.element))
    this.element = h('div', { class: 'view' },
      h('div', { class: 'view-head' }, h('h2', { tabindex: -1 }, texts.live), sampleMark(texts), this.#updated, this.#pause), this.#place.element)
    this.#namePause()
  }

  start(): void {
    this.#live.start()
  }

  stop(): void {
    this.#live.stop()
  }

  close(): void {
    this.stop()
    this.#chart.close()
  }

  #again(): void {
    this.#live.stop()
    this.#live.start()
  }

  #take(): void {
    if (!this.#paused || this.#seen === null) this.#seen = this.#live.now
    this.#place.show()
    this.#show()
  }

  #tile({ id, unit }: Metric): Tile {
    const known = this.#tiles.get(id)
    if (known !== undefined) return known
    const value = h('strong')
    const button = h('button', { type: 'button', class: 'tile', onclick: () => { this.#choose(id) } },
      h('span', { class: 'muted' }, this.#portal.texts.metric[id]), h('span', { class: 'value' }, value, h('span', { class: 'unit' }, unit)))
    this.#tiles.set(id, { button, value })
    this.#readings.append(button)
    return { button, value }
  }

  #choose(id: Metric['id']): void {
    this.#chosen = id
    this.#show()
  }

  #togglePause(): void {
    this.#paused = !this.#paused
    this.#seen = this.#live.now
    this.#namePause()
    this.#show()
  }

  #namePause(): void {
    const { texts } = this.#portal
    this.#pause.replaceChildren(icon(this.#paused ? 'play' : 'pause', 14), this.#paused ? texts.resume : texts.pause)
  }

  #show(): void {
    const { texts, formats, timeZone } = this.#portal
    const { metrics = [], readings = [] } = this.#seen ?? {}
    const last = readings.at(-1)
    const chosen = metrics.find(({ id }) => id === this.#chosen) ?? metrics[0]
    if (last === undefined || chosen === undefined) return
    const { id, unit, digits, range } = chosen
    const write = (metric: Metric): string => formats.number(last.values[metric.id] ?? 0, metric.digits)
    for (const metric of metrics) {
      const { button, value } = this.#tile(metric)
      say(value, write(metric))
      button.setAttribute('aria-pressed', String(metric === chosen))
    }
    say(this.#chartTitle, titleOf(chosen, texts))
    say(this.#updated, texts.updated(formats.clock(Date.parse(last.at), timeZone)))
    this.#chart.show({
      values: readings.map(({ values }) => values[id] ?? 0), range, tick: (value) => formats.number(value, tickDigits(chosen)),
      below: [texts.ago(formats.minutes(MINUTES)), texts.ago(formats.minutes(1)), texts.now],
      words: texts.chart(texts.metric[id], `${formats.number(last.values[id] ?? 0, digits)} ${unit}`),
    })
  }
}

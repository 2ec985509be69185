import { LineChart } from './chart.ts'
import { choices } from './choices.ts'
import { h, say } from './dom.ts'
import { familyOf, type Metric, METRICS, readingsOfDay } from './metrics.ts'
import type { Portal } from './page.ts'
import { sampleMark, type View } from './view.ts'

const DAY_MS = 86_400_000
const PERIODS = [7, 30] as const

/** What was measured on the days before today, as a chart and as a table. */
export class History implements View {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #deviceId: string
  readonly #chart = new LineChart()
  readonly #chartTitle = h('h3')
  readonly #rows = h('tbody')
  #metric: Metric
  #days: (typeof PERIODS)[number] = 7

  constructor(portal: Portal, { id, model }: { id: string; model: string }) {
    const { texts, formats } = portal
    const metrics: readonly Metric[] = METRICS[familyOf(model)]
    this.#portal = portal
    this.#deviceId = id
    this.#metric = METRICS[familyOf(model)][0]
    const select = h('select', { id: 'reading', onchange: () => { this.#choose(metrics[select.selectedIndex] ?? this.#metric) } },
      ...metrics.map((metric) => h('option', {}, texts.metric[metric.id])))
    const { day, low, mean, high } = texts.columns
    this.element = h('div', { class: 'view' },
      h('div', { class: 'view-head' }, h('h2', { tabindex: -1 }, texts.past), sampleMark(texts), h('span', { class: 'view-tools' },
        h('label', { for: 'reading', class: 'hidden' }, texts.reading), select,
        choices('period', texts.period, PERIODS.map((days) => ({ value: days, label: formats.days(days) })), this.#days, (days) => { this.#span(days) }))),
      h('section', { class: 'card' }, h('div', { class: 'card-head' }, this.#chartTitle, h('span', { class: 'muted small' }, texts.band)), this.#chart.element),
      h('div', { class: 'card' }, h('table', { class: 'values' },
        h('thead', {}, h('tr', {}, ...[day, low, mean, high].map((text) => h('th', { scope: 'col' }, text)))), this.#rows)))
  }

  start(): void {
    this.#show()
  }

  stop(): void {
    // Nothing runs.
  }

  close(): void {
    this.#chart.close()
  }

  #choose(metric: Metric): void {
    this.#metric = metric
    this.#show()
  }

  #span(days: (typeof PERIODS)[number]): void {
    this.#days = days
    this.#show()
  }

  #show(): void {
    const { texts, formats, clock, timeZone } = this.#portal
    const { id, unit, digits, range } = this.#metric
    const today = Math.floor(clock.now() / DAY_MS)
    const days = Array.from({ length: this.#days }, (_, index) => today - this.#days + index)
    const band = days.map((day) => readingsOfDay(this.#metric, this.#deviceId, day))
    const write = (value: number): string => formats.number(value, digits)
    const dayAt = (index: number): string => formats.dayAndMonth((days[index] ?? today) * DAY_MS + DAY_MS / 2, timeZone)
    say(this.#chartTitle, `${texts.metric[id]}, ${unit}`)
    this.#chart.show({
      values: band.map(({ mean }) => mean), band, range, tick: (value) => formats.number(value, range[1] - range[0] < 8 ? 1 : 0),
      below: [dayAt(0), dayAt(Math.floor((this.#days - 1) / 2)), dayAt(this.#days - 1)],
      words: texts.bandChart(texts.metric[id], ...[Math.min(...band.map(({ low }) => low)), Math.max(...band.map(({ high }) => high))]
        .map((value) => `${write(value)} ${unit}`) as [string, string]),
    })
    this.#rows.replaceChildren(...band.map(({ low, mean, high }, index) => h('tr', {},
      h('th', { scope: 'row' }, formats.weekday((days[index] ?? today) * DAY_MS + DAY_MS / 2, timeZone)),
      ...[low, mean, high].map((value) => h('td', {}, write(value))))).reverse())
  }
}

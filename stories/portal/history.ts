import { LineChart } from './chart.ts'
import { choices } from './choices.ts'
import { h, say } from './dom.ts'
import type { Portal } from './page.ts'
import type { Metric, PastDays } from './telemetry.ts'
import { DataPlace, sampleMark, tickDigits, titleOf, type View } from './view.ts'

const PERIODS = [7, 30] as const

/** What was measured on the days before today, as a chart and as a table. */
export class History implements View {
  readonly element: HTMLElement
  readonly #portal: Portal
  readonly #deviceId: string
  readonly #place: DataPlace
  readonly #chart = new LineChart()
  readonly #chartTitle = h('h3', { id: 'past-of' })
  readonly #rows = h('tbody')
  readonly #select: HTMLSelectElement
  #days: (typeof PERIODS)[number] = 7
  #past: PastDays | null = null
  #asked = 0

  constructor(portal: Portal, { id }: { id: string }) {
    const { texts, formats } = portal
    this.#portal = portal
    this.#deviceId = id
    this.#select = h('select', { id: 'reading', class: 'reading', disabled: true, onchange: () => { this.#show() } })
    const { day, low, mean, high } = texts.columns
    this.#place = new DataPlace(portal, () => { void this.#load() },
      h('section', { class: 'card' }, h('div', { class: 'card-head' }, this.#chartTitle, h('span', { class: 'muted small' }, texts.band)), this.#chart.element),
      h('div', { class: 'card' }, h('table', { class: 'values', 'aria-labelledby': 'past-of' },
        h('thead', {}, h('tr', {}, ...[day, low, mean, high].map((text) => h('th', { scope: 'col' }, text)))), this.#rows)))
    this.element = h('div', { class: 'view' },
      h('div', { class: 'view-head' }, h('h2', { tabindex: -1 }, texts.past), sampleMark(texts), h('span', { class: 'view-tools' },
        h('label', { for: 'reading', class: 'hidden' }, texts.reading), this.#select,
        choices('period', texts.period, PERIODS.map((days) => ({ value: days, label: formats.days(days) })), this.#days, (days) => { this.#span(days) }))),
      this.#place.element)
  }

  start(): void {
    void this.#load()
  }

  stop(): void {
    // An answer that comes late is not shown.
    this.#asked += 1
  }

  close(): void {
    this.stop()
    this.#chart.close()
  }

  #span(days: (typeof PERIODS)[number]): void {
    this.#days = days
    void this.#load()
  }

  async #load(): Promise<void> {
    this.#asked += 1
    const asked = this.#asked
    try {
      const past = await this.#portal.api.behind<PastDays>(this.#deviceId, 'history', `?days=${this.#days}`)
      if (asked !== this.#asked) return
      this.#past = past
      this.#offer(past.metrics)
      this.#place.show()
      this.#show()
    } catch (error) {
      if (asked === this.#asked) this.#place.fail(error)
    }
  }

  #offer(metrics: readonly Metric[]): void {
    if (this.#select.length > 0) return
    this.#select.append(...metrics.map(({ id }) => h('option', {}, this.#portal.texts.metric[id])))
    this.#select.disabled = false
  }

  #show(): void {
    const { texts, formats } = this.#portal
    const { metrics = [], days = [] } = this.#past ?? {}
    const metric = metrics[Math.max(0, this.#select.selectedIndex)]
    if (metric === undefined) return
    const { id, unit, digits, range } = metric
    const band = days.map(({ day, values }) => ({ noon: Date.parse(`${day}T12:00:00Z`), ...values[id] ?? { low: 0, mean: 0, high: 0 } }))
    const write = (value: number): string => formats.number(value, digits)
    const dayAt = (index: number): string => formats.dayAndMonth(band[index]?.noon ?? 0, 'UTC')
    say(this.#chartTitle, titleOf(metric, texts))
    this.#chart.show({
      values: band.map(({ mean }) => mean), band, range, tick: (value) => formats.number(value, tickDigits(metric)),
      below: [dayAt(0), dayAt(Math.floor((band.length - 1) / 2)), dayAt(band.length - 1)],
      words: texts.bandChart(texts.metric[id], ...[Math.min(...band.map(({ low }) => low)), Math.max(...band.map(({ high }) => high))]
        .map((value) => `${write(value)} ${unit}`) as [string, string]),
    })
    this.#rows.replaceChildren(...band.map(({ noon, low, mean, high }) => h('tr', {},
      h('th', { scope: 'row' }, formats.weekday(noon, 'UTC')), ...[low, mean, high].map((value) => h('td', {}, write(value))))).reverse())
  }
}

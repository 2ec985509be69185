import { h, s } from './dom.ts'

/** What a chart draws. */
export interface ChartData {
  /** From left to right, evenly spaced. */
  values: readonly number[]
  /** Lowest and highest values around each of them, drawn as a band. */
  band?: readonly { low: number; high: number }[]
  range: readonly [low: number, high: number]
  /** How a value of the axis reads. */
  tick: (value: number) => string
  /** Under the axis, from left to right, evenly spaced. */
  below: readonly string[]
  /** All of it in words. */
  words: string
}

/** The room around the drawing (px). */
const ROOM = { top: 20, right: 16, bottom: 28, left: 48 }
const LINES = 4
/** Narrower than this, only the ends of the axis have a text (px). */
const NARROW = 360

/** A line over time, drawn as large as its place is. Its place has a height of its own, so that nothing moves. */
export class LineChart {
  readonly element = h('div', { class: 'chart' })
  readonly #observer = new ResizeObserver(() => { this.#draw() })
  #data: ChartData | null = null
  #drawn: SVGSVGElement | null = null

  constructor() {
    this.#observer.observe(this.element)
  }

  show(data: ChartData): void {
    this.#data = data
    this.#draw()
  }

  close(): void {
    this.#observer.disconnect()
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element
    const data = this.#data
    if (data === null || width === 0 || height === 0) return
    const drawing = drawChart(data, width, height)
    if (this.#drawn === null) this.element.append(drawing)
    else this.#drawn.replaceWith(drawing)
    this.#drawn = drawing
  }
}

function drawChart({ values, band, range: [low, high], tick, below, words }: ChartData, width: number, height: number): SVGSVGElement {
  const right = width - ROOM.right
  const bottom = height - ROOM.bottom
  const x = (index: number): number => round(ROOM.left + (right - ROOM.left) * (values.length < 2 ? 1 : index / (values.length - 1)))
  const y = (value: number): number => round(bottom - (bottom - ROOM.top) * ((value - low) / (high - low)))
  const grid = Array.from({ length: LINES + 1 }, (_, index) => low + ((high - low) * index) / LINES)
  const last = values.length - 1
  const texts = width < NARROW ? [below[0] ?? '', below.at(-1) ?? ''] : below
  return s('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': words }, s('g', { 'aria-hidden': 'true' },
    band !== undefined && s('path', { class: 'chart-band', d: `${line(band.map((one, at) => [x(at), y(one.high)]))}${
      line(band.map((one, at): [number, number] => [x(at), y(one.low)]).reverse()).replace('M', 'L')}Z` }),
    ...grid.flatMap((value) => [
      s('line', { class: 'chart-grid', x1: ROOM.left, x2: right, y1: y(value), y2: y(value) }),
      s('text', { class: 'chart-text', x: ROOM.left - 8, y: y(value) + 4, 'text-anchor': 'end' }, tick(value)),
    ]),
    ...texts.map((text, index) => s('text', {
      class: 'chart-text', x: round(ROOM.left + ((right - ROOM.left) * index) / Math.max(1, texts.length - 1)), y: height - 8,
      'text-anchor': index === 0 ? 'start' : index === texts.length - 1 ? 'end' : 'middle',
    }, text)),
    s('path', { class: 'chart-line', d: line(values.map((value, at) => [x(at), y(value)])) }),
    s('circle', { class: 'chart-last', cx: x(last), cy: y(values[last] ?? low), r: 4 })))
}

function line(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

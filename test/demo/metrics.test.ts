import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { familyOf, FUNCTIONS, type Metric, METRICS } from '../../bff/cli/demo/telemetry/families.ts'
import { reading, readingsOfDay } from '../../bff/cli/demo/telemetry/readings.ts'
import { EN } from '../../stories/portal/texts.en.ts'

const NOON = Date.parse('2026-11-21T12:00:00.000Z')
const all: readonly Metric[] = Object.values(METRICS).flat()

suite('the sample readings', () => {
  test('are the same each time, and others for another device', () => {
    for (const metric of all) {
      assert.equal(reading(metric, 'hp-north', NOON), reading(metric, 'hp-north', NOON), metric.id)
      assert.notEqual(reading(metric, 'hp-north', NOON), reading(metric, 'hp-south', NOON), metric.id)
    }
  })

  test('stay in the range of their chart, move, and never jump', () => {
    for (const metric of all) {
      const [low, high] = metric.range
      const values = Array.from({ length: 600 }, (_, index) => reading(metric, 'hp-north', NOON + index * 2_000))
      assert.ok(values.every((value) => value >= low && value <= high), metric.id)
      assert.ok(Math.max(...values) - Math.min(...values) > (high - low) / 20, metric.id)
      values.slice(1).forEach((value, index) => { assert.ok(Math.abs(value - (values[index] ?? 0)) < (high - low) / 4, metric.id) })
    }
  })

  test('of a day have their mean between the lowest and the highest', () => {
    for (const metric of all) {
      for (let day = 20_000; day < 20_100; day += 1) {
        const { low, mean, high } = readingsOfDay(metric, 'vu-hall', day)
        assert.ok(metric.range[0] <= low && low < mean && mean < high && high <= metric.range[1], `${metric.id} ${day}`)
      }
    }
  })

  test('and the functions have their words in the portal, and it has no others', () => {
    assert.deepEqual(Object.keys(EN.metric).sort(), all.map(({ id }) => id).sort())
    assert.deepEqual(Object.keys(EN.function).sort(), [...new Set(Object.values(FUNCTIONS).flat().map(({ id }) => id))].sort())
  })

  test('fit the model', () => {
    assert.deepEqual(['HP-12', 'VU-450', 'WS-20', '<b>'].map(familyOf), ['heat-pump', 'ventilation', 'softener', 'softener'])
  })
})

import assert from 'node:assert/strict'
import { inTransaction } from '../../../bff/db/transaction.ts'
import { tell } from '../../../bff/ledger/facts.sql.ts'
import type { World } from '../engines.ts'
import { makeWebhook } from '../webhooks/receiver.ts'

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const HELP = new RegExp(`^# HELP (${NAME}) [^\\n]+$`)
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`)
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? ([0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?)$`)

type Labels = Readonly<Record<string, string>>
interface Sample {
  name: string
  labels: Labels
  value: number
}

/** What a text of Prometheus says. */
export interface Parsed {
  text: string
  /** The number of a name without labels. */
  value: (name: string) => number
  /** The numbers of a name, added up by what their labels are called. */
  counts: (name: string, key: (labels: Labels) => string) => Record<string, number>
}

/** Reads the text format 0.0.4 strictly: HELP, TYPE and samples of each family in one place, each sample once, and histograms that add up. */
export function parse(text: string): Parsed {
  assert.ok(text.endsWith('\n'))
  const samples: Sample[] = []
  const types = new Map<string, string>()
  let [family, helped] = ['', '']
  for (const line of text.slice(0, -1).split('\n')) {
    const [help, type, sample] = [HELP, TYPE, SAMPLE].map((one) => one.exec(line))
    if (help !== null && help !== undefined) helped = help[1] ?? ''
    else if (type !== null && type !== undefined) {
      family = type[1] ?? ''
      assert.ok(family === helped && !types.has(family), `${line} after the help of ${helped}`)
      types.set(family, type[2] ?? '')
    } else {
      assert.ok(sample !== null && sample !== undefined, `no line of the format: ${line}`)
      const [, name = '', labels = '', value] = sample
      assert.equal(types.get(family) === 'histogram' ? name.replace(/_(?:bucket|sum|count)$/, '') : name, family, line)
      if (types.get(family) === 'counter') assert.match(name, /_total$/)
      samples.push({ name, labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, one]) => [label, one])), value: Number(value) })
    }
  }
  assert.equal(new Set(samples.map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)).size, samples.length, 'a sample stands twice')
  checkHistograms(samples)
  const named = (name: string): Sample[] => samples.filter((one) => one.name === name)
  return {
    text,
    value: (name) => {
      const [found, ...more] = named(name)
      assert.ok(found !== undefined && more.length === 0 && Object.keys(found.labels).length === 0, name)
      return found.value
    },
    counts: (name, key) => {
      const counts: Record<string, number> = {}
      for (const { labels, value } of named(name)) counts[key(labels)] = (counts[key(labels)] ?? 0) + value
      return counts
    },
  }
}

function checkHistograms(samples: readonly Sample[]): void {
  for (const { name, labels, value } of samples.filter((one) => one.name.endsWith('_count'))) {
    const buckets = samples.filter((one) => one.name === name.replace(/_count$/, '_bucket') && one.labels['route'] === labels['route'])
    assert.deepEqual(buckets.map((one) => one.labels['le']), ['0.001', '0.005', '0.025', '0.1', '0.5', '2.5', '+Inf'])
    assert.deepEqual(buckets.map((one) => one.value), buckets.map((one) => one.value).sort((a, b) => a - b))
    assert.equal(buckets.at(-1)?.value, value)
  }
}

/** An endpoint to which one event is on its way, and nobody who sends it. */
export async function exampleWebhook(world: World): Promise<void> {
  await makeWebhook(world, { role: 'admin' }, 'https://hooks.example/', ['voucher.redeemed'])
  await inTransaction(world.database, (trx) => tell(trx, world.now, { type: 'voucher.redeemed', workspace: 'acme', deviceId: 'pump-1', data: () => ({}) }))
}

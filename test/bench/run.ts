import { readdirSync } from 'node:fs'

/** One figure: what was measured, how it compares with the raw limit or a peer of the same run, and what it has to reach. */
export interface Figure {
  name: string
  /** Ours, and what it is compared with, in the unit. */
  ours: number
  peer?: number
  unit: string
  /** What is reached or missed. */
  goal: string
  reached: boolean
}

/** A bench file exports this. */
export interface Bench {
  run: () => Promise<Figure[]>
}

const wanted = process.argv.slice(2)
const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((one) => name.includes(one)))
if (names.length === 0) {
  console.error(`no bench is named ${wanted.join(', ')}`)
  process.exit(2)
}
let missed = 0
for (const name of names) {
  const { run } = await import(new URL(name, import.meta.url).href) as Bench
  for (const figure of await run()) {
    const ratio = figure.peer === undefined ? '' : `, peer ${round(figure.peer)} ${figure.unit}, ratio ${(figure.ours / figure.peer).toFixed(2)}`
    console.log(`${figure.reached ? 'reached' : 'MISSED '}  ${figure.name}: ${round(figure.ours)} ${figure.unit}${ratio} (goal: ${figure.goal})`)
    if (!figure.reached) missed += 1
  }
}
process.exit(missed === 0 ? 0 : 1)

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)
}

import { Keyring, policyOf } from '../../bff/index.ts'
import { decideAll } from '../../bff/reminders/decide.ts'
import { decideRaw, type Fleet, makeFleet, NOON } from './fleet.ts'
import { digestFigures } from './digests.ts'
import type { Figure } from './run.ts'
import { median, SECRET } from './world.ts'

const ROUNDS = 3

/** A scan over a million devices of which 1% are due, what it does to others meanwhile, and digests to a real server of mail. */
export async function run(): Promise<Figure[]> {
  return [
    ...await scanFigures('1,000,000 devices in 1,000 workspaces', { workspaces: 1_000, devices: 1_000, oneIn: 100 }, true),
    ...await scanFigures('1,000,000 devices in 100,000 workspaces, 100 due', { workspaces: 100_000, devices: 10, oneIn: 10_000 }, false),
    ...await digestFigures(),
  ]
}

interface Scan {
  seconds: number
  /** The longest time in which nothing else could run (ms), what 99 of 100 looks stayed below, and the longest that the scan itself
   * worked without a pause: without the time in which other programs had the processor. */
  longest: number
  p99: number
  worked: number
}

async function scanFigures(name: string, size: Parameters<typeof makeFleet>[0], hasGoal: boolean): Promise<Figure[]> {
  const fleet = await makeFleet(size)
  const [scans, raws, again]: [Scan[], number[], Scan[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    fleet.reset()
    const raw = decideRaw(fleet.file)
    if (raw.decided !== fleet.due) throw new Error(`the raw scan decided ${raw.decided} of ${fleet.due}`)
    raws.push(raw.ms / 1_000)
    fleet.reset()
    scans.push(await scan(fleet, fleet.due))
    again.push(await scan(fleet, 0))
  }
  await fleet.close()
  const middle = (of: (scan: Scan) => number, all = scans): number => median(all.map(of))
  const figure = (what: string, ours: number, unit: string): Figure => ({ name: `${name}: ${what}`, ours, unit, goal: 'none', reached: true })
  const [seconds, worked] = [middle((one) => one.seconds), middle((one) => one.worked)]
  return [
    { ...figure('a scan', seconds, 's'), peer: median(raws), ...(hasGoal ? { goal: 'under 2 s', reached: seconds < 2 } : {}) },
    { ...figure('the longest work without a pause', worked, 'ms'), ...(hasGoal ? { goal: 'under 20 ms', reached: worked < 20 } : {}) },
    figure('the longest wait of others, the middle of the scans', middle((one) => one.longest), 'ms'),
    figure('the longest wait of others in any scan', Math.max(...scans.map((one) => one.longest)), 'ms'),
    figure('99 of 100 waits of others', middle((one) => one.p99), 'ms'),
    figure('a look when nothing is due', middle((one) => one.seconds * 1_000, again), 'ms'),
  ]
}

async function scan({ store }: Fleet, due: number): Promise<Scan> {
  const [waits, works]: [number[], number[]] = [[], []]
  let [last, cpu] = [performance.now(), process.threadCpuUsage()]
  const look = setInterval(() => {
    const { user, system } = process.threadCpuUsage(cpu)
    waits.push(performance.now() - last - 1)
    works.push((user + system) / 1_000)
    last = performance.now()
    cpu = process.threadCpuUsage()
  }, 1)
  const started = performance.now()
  const decided = await decideAll({ database: store, policy: policyOf(), now: NOON, since: 0, senders: { keyring: new Keyring([SECRET]) } })
  const seconds = (performance.now() - started) / 1_000
  clearInterval(look)
  if (decided !== due) throw new Error(`${decided} of ${due} were decided`)
  waits.sort((a, b) => a - b)
  return { seconds, longest: waits.at(-1) ?? 0, p99: waits[Math.floor(waits.length * 0.99)] ?? 0, worked: Math.max(...works) }
}

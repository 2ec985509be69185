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
  /** The longest time in which nothing else could run, and what 99 of 100 turns stayed below (ms). */
  longest: number
  p99: number
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
  const [seconds, longest, peer] = [median(scans.map((one) => one.seconds)), median(scans.map((one) => one.longest)), median(raws)]
  return [
    { name: `${name}: a scan`, ours: seconds, peer, unit: 's', goal: hasGoal ? 'under 2 s' : 'none', reached: !hasGoal || seconds < 2 },
    { name: `${name}: the longest block, the middle of ${ROUNDS} scans`, ours: longest, unit: 'ms', goal: hasGoal ? 'under 20 ms' : 'none', reached: !hasGoal || longest < 20 },
    { name: `${name}: the longest block of all scans`, ours: Math.max(...scans.map((one) => one.longest)), unit: 'ms', goal: 'none', reached: true },
    { name: `${name}: 99 of 100 turns`, ours: median(scans.map((one) => one.p99)), unit: 'ms', goal: 'none', reached: true },
    { name: `${name}: a look when nothing is due`, ours: median(again.map((one) => one.seconds)), unit: 's', goal: 'none', reached: true },
  ]
}

async function scan({ store }: Fleet, due: number): Promise<Scan> {
  const turns: number[] = []
  let last = performance.now()
  let running = true
  const turn = (): void => {
    const now = performance.now()
    turns.push(now - last)
    last = now
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  const started = performance.now()
  const decided = await decideAll({ database: store, policy: policyOf(), now: NOON, since: 0, senders: { keyring: new Keyring([SECRET]) } })
  const seconds = (performance.now() - started) / 1_000
  running = false
  if (decided !== due) throw new Error(`${decided} of ${due} were decided`)
  turns.sort((a, b) => a - b)
  return { seconds, longest: turns.at(-1) ?? 0, p99: turns[Math.floor(turns.length * 0.99)] ?? 0 }
}

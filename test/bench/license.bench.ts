import { load } from './load.ts'
import type { Figure } from './run.ts'
import { makeWorld, median, startChild } from './world.ts'

const DEVICES = 100_000

/** Reading a licence over HTTP with an API key, against a bare server over one prepared statement. */
export async function run(): Promise<Figure[]> {
  const world = await makeWorld(DEVICES, true)
  const rates: Record<'bare' | 'bff', number[]> = { bare: [], bff: [] }
  let device = 0
  const next = (): { method: 'GET'; path: string } => {
    device = (device + 7_919) % DEVICES
    return { method: 'GET', path: `/v1/devices/device-${device}/license` }
  }
  const servers = { bare: await startChild('./bare.child.ts', [world.file]), bff: await startChild('./bff.child.ts', [world.file]) }
  // Servers run for days; the first seconds are for what is compiled.
  for (const { port } of Object.values(servers)) await load(port, world.key, next, { seconds: 5 })
  for (let round = 0; round < 5; round += 1) {
    for (const server of ['bare', 'bff'] as const) rates[server].push(await load(servers[server].port, world.key, next, { seconds: 3 }))
  }
  for (const { stop } of Object.values(servers)) await stop()
  const [ours, peer] = [median(rates.bff), median(rates.bare)]
  const query = await queryMedian(world)
  await world.close()
  return [
    { name: 'license over HTTP, 100,000 devices', ours, peer, unit: 'requests/s', goal: 'ratio 0.5', reached: ours >= peer * 0.5 },
    { name: 'licenses/query of 1,000 ids, median', ours: query, unit: 'ms', goal: 'under 15 ms', reached: query < 15 },
  ]
}

async function queryMedian(world: { file: string; key: string }): Promise<number> {
  const child = await startChild('./bff.child.ts', [world.file])
  const times: number[] = []
  for (let round = 0; round < 120; round += 1) {
    const deviceIds = Array.from({ length: 1_000 }, (_, index) => `device-${(index * 97 + round * 1_009) % DEVICES}`)
    const started = performance.now()
    const response = await fetch(`http://127.0.0.1:${child.port}/v1/licenses/query`, {
      method: 'POST', headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json' }, body: JSON.stringify({ deviceIds }),
    })
    const text = await response.text()
    if (round >= 20) times.push(performance.now() - started)
    const { items } = JSON.parse(text) as { items: unknown[] }
    if (items.length !== 1_000) throw new Error(`${items.length} of 1,000 licences`)
  }
  await child.stop()
  return median(times)
}

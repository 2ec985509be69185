import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBff, Keyring } from '../../bff/index.ts'
import { load, type NextRequest, tailAt } from './load.ts'
import type { Figure } from './run.ts'
import { type BenchWorld, SECRET, makeWorld, median, startChild } from './world.ts'

const DEVICES = 100_000
/** Decisions that are timed together: one is shorter than the clock can tell. */
const TOGETHER = 100

/** Decisions over HTTP, in process, and behind nginx. */
export async function run(): Promise<Figure[]> {
  const world = await makeWorld(DEVICES, true)
  try {
    return [...await overHttp(world), ...await inProcess(world), ...await behindNginx(world)]
  } finally {
    await world.close()
  }
}

function asking(path: (device: string) => string): NextRequest {
  let device = 0
  return () => {
    device = (device + 7_919) % DEVICES
    return { method: 'GET', path: path(`device-${device}`) }
  }
}

async function overHttp(world: BenchWorld): Promise<Figure[]> {
  const rates: Record<'bare' | 'bff', number[]> = { bare: [], bff: [] }
  const next = { bare: asking((device) => `/v1/devices/${device}/license`), bff: asking((device) => `/v1/authorize?device=${device}&feature=dashboard`) }
  const tails: Record<'bare' | 'bff', number[]> = { bare: [], bff: [] }
  for (let round = 0; round < 3; round += 1) {
    for (const server of ['bare', 'bff'] as const) {
      const child = await startChild(`./${server}.child.ts`, [world.file])
      // Every device once: a server that has run for a while.
      await load(child.port, world.key, next[server], { amount: DEVICES })
      rates[server].push(await load(child.port, world.key, next[server], { seconds: 4 }))
      tails[server].push(await tailAt(child.port, world.key, next[server], { rate: 2_000, seconds: 4 }))
      await child.stop()
    }
  }
  const [ours, peer] = [median(rates.bff), median(rates.bare)]
  const [p99, bare] = [median(tails.bff), median(tails.bare)]
  return [
    { name: 'authorize over HTTP, 100,000 devices', ours, peer, unit: 'requests/s', goal: 'ratio 0.7', reached: ours >= peer * 0.7 },
    { name: 'authorize at 2,000 requests/s, 99th percentile', ours: p99, peer: bare, unit: 'ms', goal: 'under 5 ms', reached: p99 < 5 },
  ]
}

async function inProcess({ store }: BenchWorld): Promise<Figure[]> {
  const licenses = createBff({ database: store, keyring: new Keyring([SECRET]) }).licenses
  const round = async (): Promise<number> => {
    const times: number[] = []
    for (let first = 0; first < DEVICES; first += TOGETHER) {
      // As between requests, when changes are told of.
      await new Promise((resolve) => { setImmediate(resolve) })
      const started = performance.now()
      for (let index = 0; index < TOGETHER; index += 1) {
        const { allowed } = await licenses.decide({ workspace: 'acme', deviceId: `device-${((first + index) * 7_919) % DEVICES}`, feature: 'dashboard' })
        if (!allowed) throw new Error('a device that is licensed was refused')
      }
      times.push(((performance.now() - started) * 1_000) / TOGETHER)
    }
    return median(times)
  }
  const first = await round()
  const again = await round()
  return [
    { name: 'decision in process, device asked for the first time', ours: first, unit: 'µs', goal: 'none', reached: true },
    { name: 'decision in process, 100,000 devices, median', ours: again, unit: 'µs', goal: '10 µs', reached: again <= 10 },
  ]
}

/** nginx with `auth_request` in front of an upstream, asking ours against asking a server that says 204 to everything. */
async function behindNginx(world: BenchWorld): Promise<Figure[]> {
  const yes = await always(204)
  const upstream = await always(200)
  const bff = await startChild('./bff.child.ts', [world.file])
  const folder = mkdtempSync(join(tmpdir(), 'license-nginx-'))
  const rates: Record<'bare' | 'bff', number[]> = { bare: [], bff: [] }
  const next = asking((device) => `/devices/${device}/live`)
  for (let round = 0; round < 3; round += 1) {
    for (const [name, port, path] of [['bare', yes.port, '/'], ['bff', bff.port, '/v1/authorize?device=$device&feature=dashboard']] as const) {
      const nginx = await startNginx(folder, port, path, upstream.port)
      await load(nginx.port, world.key, next, { seconds: 1 })
      rates[name].push(await load(nginx.port, world.key, next, { seconds: 4 }))
      await nginx.stop()
    }
  }
  for (const { server } of [yes, upstream]) server.close()
  await bff.stop()
  rmSync(folder, { recursive: true })
  const [ours, peer] = [median(rates.bff), median(rates.bare)]
  return [{ name: 'nginx with auth_request', ours, peer, unit: 'requests/s', goal: 'ratio 0.6', reached: ours >= peer * 0.6 }]
}

async function always(status: number): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => { response.writeHead(status).end() }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function startNginx(folder: string, decider: number, path: string, upstream: number): Promise<{ port: number; stop: () => Promise<void> }> {
  const probe = await always(200)
  probe.server.close()
  const { port } = probe
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events {}
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream decider { server 127.0.0.1:${decider}; keepalive 32; }
  upstream host { server 127.0.0.1:${upstream}; keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    location ~ ^/devices/(?<device>[A-Za-z0-9._-]+)/live$ { auth_request /gate; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://host; }
    location = /gate { internal; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_pass http://decider${path}; }
  }
}`)
  const child = spawn('nginx', ['-c', file, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = once(child, 'exit')
  await until(port)
  return { port, stop: async () => { child.kill('SIGQUIT'); await exited } }
}

async function until(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true) }).on('error', () => { resolve(false) })
    })
    if (open) return
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
  throw new Error('nginx does not listen')
}

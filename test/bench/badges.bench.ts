import { build } from 'esbuild'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { launch, type Page } from 'puppeteer-core'
import { getRequestListener } from '@hono/node-server'
import { createBff } from '../../bff/index.ts'
import { buildElements } from '../../build.ts'
import { chromium } from '../hosts/package.ts'
import type { Figure } from './run.ts'
import { makeWorld, median } from './world.ts'
import { tmpdir } from 'node:os'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const COUNT = 1_000
const ROUNDS = 25

/** How long it takes until 1,000 badges are drawn, ours with their licences from the BFF, against as many of Shoelace. */
export async function run(): Promise<Figure[]> {
  const world = await makeWorld(COUNT, true)
  // A minute later: what was changed a moment ago is asked for twice, in case that it was missed.
  const bff = createBff({ database: world.store, keyring: world.keyring, now: () => Date.now() + 60_000 })
  let queries = 0
  const folder = mkdtempSync(join(tmpdir(), 'license-bench-'))
  const files = new Map<string, Uint8Array | string>([
    ['/elements.js', await buildElements(folder)],
    ['/shoelace.js', await bundle("import '@shoelace-style/shoelace/dist/components/badge/badge.js'")],
    ['/', '<!doctype html><html lang="en"><meta charset="utf-8"><title>Badges</title><link rel="icon" href="data:,"><main></main></html>'],
  ])
  const server = createServer(getRequestListener(async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/v1/licenses/query') queries += 1
    const file = files.get(pathname)
    if (file === undefined) return bff(request)
    return new Response(file as BodyInit, { headers: { 'content-type': pathname.endsWith('.js') ? 'text/javascript' : 'text/html' } })
  })).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await warmUp(url, world.key)
  queries = 0
  const browser = await launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-background-networking'] })
  const times = { ours: [] as number[], shoelace: [] as number[] }
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const who of ['shoelace', 'ours'] as const) {
        const page = await browser.newPage()
        await page.goto(url)
        await page.addScriptTag({ url: who === 'ours' ? '/elements.js' : '/shoelace.js', type: 'module' })
        times[who].push(who === 'ours' ? await drawOurs(page, world.key) : await drawShoelace(page))
        await page.close()
      }
    }
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
    await world.close()
    rmSync(folder, { recursive: true })
  }
  const [ours, peer] = [median(times.ours), median(times.shoelace)]
  return [
    { name: `${COUNT} badges drawn, with one request for their licences`, ours, peer, unit: 'ms', goal: 'ratio 1.5 to <sl-badge>', reached: ours <= peer * 1.5 },
    { name: `requests for the licences of ${COUNT} badges`, ours: queries / ROUNDS, unit: 'requests', goal: '1', reached: queries === ROUNDS },
  ]
}

/** Servers run for days: what is measured is no code that was never run before. */
async function warmUp(url: string, key: string): Promise<void> {
  const body = JSON.stringify({ deviceIds: Array.from({ length: COUNT }, (_, index) => `device-${index}`) })
  for (let round = 0; round < 50; round += 1) {
    const answer = await fetch(`${url}v1/licenses/query`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body })
    await answer.text()
  }
}

async function bundle(contents: string): Promise<Uint8Array> {
  const { outputFiles: [file] = [] } = await build({
    stdin: { contents, resolveDir: import.meta.dirname }, bundle: true, minify: true, format: 'esm', write: false,
  })
  return file?.contents ?? new Uint8Array()
}

/** From the first tag in the page to the last badge painted (ms). */
function drawOurs(page: Page, key: string): Promise<number> {
  return page.evaluate(async (count, token) => {
    await customElements.whenDefined('license-badge')
    const started = performance.now()
    const provider = Object.assign(document.createElement('license-provider'), { getToken: () => token })
    provider.innerHTML = Array.from({ length: count }, (_, index) => `<p><license-badge device-id="device-${index}"></license-badge></p>`).join('')
    document.querySelector('main')?.append(provider)
    await (provider as unknown as { settled: () => Promise<void> }).settled()
    const badges = [...document.querySelectorAll('license-badge')] as (Element & { updateComplete: Promise<boolean> })[]
    await Promise.all(badges.map(async (badge) => badge.updateComplete))
    await new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve) }) })
    const taken = performance.now() - started
    const drawn = badges.filter((badge) => /day|today/.test(badge.shadowRoot?.textContent ?? '')).length
    if (drawn !== count) throw new Error(`${drawn} of ${count} badges were drawn`)
    return taken
  }, COUNT, key)
}

function drawShoelace(page: Page): Promise<number> {
  return page.evaluate(async (count) => {
    await customElements.whenDefined('sl-badge')
    const started = performance.now()
    const main = document.querySelector('main')
    if (main !== null) main.innerHTML = Array.from({ length: count }, (_, index) => `<p><sl-badge variant="success" pill>Active · ${index} days</sl-badge></p>`).join('')
    const badges = [...document.querySelectorAll('sl-badge')] as (Element & { updateComplete: Promise<boolean> })[]
    await Promise.all(badges.map(async (badge) => badge.updateComplete))
    await new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve) }) })
    return performance.now() - started
  }, COUNT)
}

/** One sample host for each road of bff/enforcement/README.md, with the package from its tarball: the same story on all of them. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { launch } from 'puppeteer-core'
import { chromium, type Installed, installPackage, read } from '../package.ts'
import { freePort } from '../../ports.ts'
import { until } from '../../until.ts'

const run = promisify(execFile)
const GUIDE = 'bff/enforcement/README.md'
const SECOND_MS = 1_000

/** What a person asks a host for. */
type Ask = (device: string, page: 'readings' | 'live', signal?: AbortSignal) => Promise<Response>

suite('gates of hosts', { timeout: 120_000 }, () => {
  let installed: Installed
  let folder: string
  let bffUrl: string
  let session: string
  let gatewayKey: string
  const codes: string[] = []
  const children: ChildProcess[] = []

  async function program(...args: string[]): Promise<string> {
    return (await run(process.execPath, [join(installed.packageFolder, 'dist/bff/cli/main.js'), ...args], { cwd: installed.folder })).stdout.trim()
  }

  /** Starts a program, which says a word once it listens. */
  async function start(command: string, args: string[], env: Record<string, string> = {}): Promise<ChildProcess> {
    const child = spawn(command, args, { cwd: installed.folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit').then(() => { throw new Error(`${args.join(' ')} did not start`) })])
    return child
  }

  async function startHost(name: string, env: Record<string, string> = {}): Promise<string> {
    const port = await freePort()
    const file = join(installed.folder, `${name}.js`)
    await copyFile(join(import.meta.dirname, `${name}.js`), file)
    await start(process.execPath, [file], { PORT: String(port), LICENSES: bffUrl, LICENSE_GATEWAY_KEY: gatewayKey, ...env })
    return `http://127.0.0.1:${port}`
  }

  async function bff<T>(key: string, method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(bffUrl + path, {
      method, headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    assert.ok(response.ok, `${method} ${path} was answered ${response.status}`)
    return await response.json() as T
  }
  const redeem = (device: string): Promise<unknown> => bff(session, 'POST', `/v1/devices/${device}/voucher`, { code: codes.pop() })

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'license-gates-'))
    installed = await installPackage()
    const roads = ['hono', 'express', 'fastify', 'plain', 'nginx', 'caddy', 'proxy', 'edge']
    await writeFile(join(installed.folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(installed.folder, 'devices.csv'), ['workspace,serial,model,name,site,id', ...roads.flatMap((road) =>
      ['on', 'off'].map((state) => `acme,SN-${road}-${state},P100,Pump,,${road}-${state}`)), ''].join('\n'))
    await writeFile(join(installed.folder, 'grants.csv'), ['workspace,serial,kind,firstDay,lastDay,reference', ...roads.flatMap((road) =>
      [['on', '2020-01-01', '2199-12-31'], ['off', '2020-01-01', '2020-12-31']].map(([state, from, to]) => `acme,SN-${road}-${state},standard,${from},${to},${road}-${state}`)), ''].join('\n'))
    await program('workspaces', 'create', 'acme', '--zone', 'Europe/Berlin')
    await program('devices', 'import', 'devices.csv')
    await program('grants', 'import', 'grants.csv')
    await program('vouchers', 'issue', '--count', '20', '--days', '365', '--csv', 'codes.csv')
    codes.push(...(await readFile(join(installed.folder, 'codes.csv'), 'utf8')).trim().split('\n').slice(1).map((line) => line.split(',')[0] ?? ''))
    const hostKey = await program('keys', 'create', '--role', 'host')
    gatewayKey = await program('keys', 'create', '--role', 'gateway')
    const cloud = await startCloud()
    const policy = JSON.parse(await fence('json', 'gatePatterns')) as object
    await writeFile(join(installed.folder, 'policy.json'), JSON.stringify({
      ...policy, upstreams: { dashboard: { url: `${cloud}/devices/{device}`, headers: { authorization: 'Bearer ${CLOUD_TOKEN}' } }, history: { url: `${cloud}/devices/{device}` } },
    }))
    const port = await freePort()
    bffUrl = `http://127.0.0.1:${port}`
    await start(process.execPath, [join(installed.packageFolder, 'dist/bff/cli/main.js'), 'serve', '--port', String(port), '--policy', 'policy.json'], { LICENSE_TRUSTED_PROXIES: '127.0.0.1', CLOUD_TOKEN: 'of-the-cloud' })
    session = (await bff<{ token: string }>(hostKey, 'POST', '/v1/host/sessions', { subject: 'jane', workspace: 'acme', roles: ['admin'] })).token
  })

  after(async () => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null) continue
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await installed.remove()
    await rm(folder, { recursive: true })
  })

  async function startCloud(): Promise<string> {
    const port = await freePort()
    await copyFile(join(import.meta.dirname, 'cloud.js'), join(installed.folder, 'cloud.js'))
    await start(process.execPath, [join(installed.folder, 'cloud.js')], { PORT: String(port) })
    return `http://127.0.0.1:${port}`
  }

  /** The story: an expired device is refused, an active one served; a voucher opens within a second, and an undoing closes; what runs is
   * ended by those who can. */
  async function story(road: string, ask: Ask, { ends }: { ends: boolean }): Promise<void> {
    const [on, off] = [`${road}-on`, `${road}-off`]
    for (const page of ['readings', 'live'] as const) {
      const refused = await ask(off, page)
      assert.equal(refused.status, 403, `${page} of ${off}`)
      await refused.body?.cancel()
    }
    assert.deepEqual(await (await ask(on, 'readings')).json(), { readings: [21.5, 21.7] })
    const redeemed = performance.now()
    await redeem(off)
    await until(async () => {
      const response = await ask(off, 'readings')
      await response.body?.cancel()
      return response.status === 200
    }, 1_500)
    assert.ok(performance.now() - redeemed < SECOND_MS)
    const gone = new AbortController()
    const live = await ask(off, 'live', gone.signal)
    assert.deepEqual([live.status, live.headers.get('content-type')?.split(';')[0]], [200, 'text/event-stream'])
    const reader = live.body!.getReader()
    await reader.read()
    const undone = performance.now()
    await bff(session, 'POST', `/v1/devices/${off}/undo`)
    if (ends) {
      while (!(await reader.read()).done);
      assert.ok(performance.now() - undone < SECOND_MS)
    }
    await until(async () => {
      const response = await ask(off, 'readings')
      await response.body?.cancel()
      return response.status === 403
    }, 1_500)
    gone.abort()
  }

  for (const road of ['hono', 'express', 'fastify', 'plain']) {
    test(`in a host’s server: ${road}`, async () => {
      const url = await startHost(road)
      await story(road, (device, page, signal) => fetch(`${url}/devices/${device}/${page}`, { signal: signal ?? null }), { ends: true })
      const refused = await fetch(`${url}/devices/${road}-off/readings`)
      const { status, code, licenseStatus, remedy, source } = await refused.json() as Record<string, string>
      assert.deepEqual([refused.headers.get('content-type')?.split(';')[0], status, code, licenseStatus, remedy, source], ['application/problem+json', 403, 'feature-closed', 'expired', 'renew', 'live'])
      assert.equal((await fetch(`${url}/devices/nobody/readings`)).status, 404)
    })
  }

  test('at nginx, as the guide has it', async () => {
    const [port, cloud] = [await freePort(), await startCloud()]
    const locations = (await fence('nginx', 'auth_request')).replaceAll('http://127.0.0.1:8787', bffUrl).replaceAll('http://127.0.0.1:3000', cloud)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
    await writeFile(join(folder, 'nginx.conf'), `daemon off; pid ${folder}/pid; error_log stderr crit;\nevents {}\nhttp { access_log off; ${temporary}\nserver { listen 127.0.0.1:${port};\n${locations}\n} }`)
    const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'inherit' })
    children.push(nginx)
    const ask = await gateway(`http://127.0.0.1:${port}`)
    await story('nginx', ask, { ends: false })
    assert.equal((await ask('nginx-on', 'readings')).headers.get('x-license-code'), 'active')
    await refusesTricks(`http://127.0.0.1:${port}`, 'nginx')
  })

  test('at Caddy, as the guide has it', async () => {
    const [port, cloud] = [await freePort(), await startCloud()]
    const site = (await fence('caddy', 'forward_auth')).replace('127.0.0.1:8787', bffUrl.slice('http://'.length)).replace('127.0.0.1:3000', cloud.slice('http://'.length))
    await writeFile(join(folder, 'Caddyfile'), `{\n admin off\n auto_https off\n}\nhttp://127.0.0.1:${port} {\n${site}\n}`)
    children.push(spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], { stdio: 'ignore', env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } }))
    await story('caddy', await gateway(`http://127.0.0.1:${port}`), { ends: false })
    await refusesTricks(`http://127.0.0.1:${port}`, 'caddy')
  })

  /** How a person asks through a gateway, once it listens. */
  async function gateway(url: string): Promise<Ask> {
    const ask: Ask = (device, page, signal) => fetch(`${url}/devices/${device}/${page}`, { headers: { authorization: `Bearer ${session}` }, signal: signal ?? null })
    await until(async () => (await fetch(url).catch(() => null)) !== null, 10_000)
    return ask
  }

  /** Nothing that a caller sends opens another device, or itself. */
  async function refusesTricks(url: string, road: string): Promise<void> {
    const [on, off] = [`${road}-on`, `${road}-off`]
    const rows: readonly [path: string, headers: Record<string, string>][] = [
      [`/devices/${off}/readings`, { 'x-original-uri': `/devices/${on}/readings` }], [`/devices/${off}/readings`, { 'x-forwarded-uri': `/devices/${on}/readings` }],
      [`/devices/${off}/readings?device=${on}`, {}], [`/devices/${off}%2f..%2f${on}/readings`, {}], [`/devices/${off}%26device=${on}/readings`, {}], [`/devices/${on}%2f../${off}/readings`, {}],
      [`/devices/${off}/readings`, { 'x-license-status': 'active' }], [`/devices/${on}/readings`, { authorization: 'Bearer garbage' }], [`/devices/${on}/readings`, { authorization: '' }],
    ]
    for (const [path, headers] of rows) {
      const response = await fetch(url + path, { headers: { authorization: `Bearer ${session}`, ...headers } })
      await response.body?.cancel()
      assert.ok([401, 403, 404].includes(response.status), `${path} ${JSON.stringify(headers)} was answered ${response.status}`)
    }
  }

  test('through the BFF', async () => {
    const ask: Ask = (device, page, signal) => fetch(`${bffUrl}/v1/devices/${device}/proxy/${page === 'live' ? 'dashboard/live' : 'history/readings'}`, {
      headers: { authorization: `Bearer ${session}` }, signal: signal ?? null,
    })
    await story('proxy', ask, { ends: true })
  })

  test('at the edge, in a worker of a browser that asks nobody', async () => {
    await copyFile(join(import.meta.dirname, 'edge.js'), join(installed.folder, 'edge.js'))
    const { outputFiles: [worker] = [] } = await build({ entryPoints: [join(installed.folder, 'edge.js')], bundle: true, format: 'iife', write: false, tsconfigRaw: {} })
    const browser = await launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-background-networking'] })
    try {
      const page = await browser.newPage()
      // Keys are checked in secure contexts alone.
      await page.goto(`${bffUrl}/healthz`)
      await page.evaluate((source) => {
        const edge = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
        const answers = new Map<number, (status: number) => void>()
        edge.onmessage = ({ data: { id, status } }: MessageEvent<{ id: number; status: number }>) => { answers.get(id)?.(status) }
        Object.assign(window, { decide: (question: object) => new Promise((resolve) => {
          answers.set(answers.size, resolve)
          edge.postMessage({ ...question, id: answers.size - 1 })
        }) })
      }, worker?.text ?? '')
      const jwks = await (await fetch(`${bffUrl}/.well-known/jwks.json`)).json() as object
      const token = async (device: string): Promise<string> => (await bff<{ token: string }>(session, 'POST', `/v1/devices/${device}/entitlement`)).token
      const decide = (device: string, of: string): Promise<number> => page.evaluate((question) => (window as unknown as { decide: (question: object) => Promise<number> }).decide(question), {
        jwks, token: of, device, feature: 'dashboard',
      })
      const [on, off] = [await token('edge-on'), await token('edge-off')]
      assert.deepEqual([await decide('edge-on', on), await decide('edge-off', off), await decide('edge-off', on), await decide('edge-on', `${on}x`)], [200, 403, 403, 403])
      await redeem('edge-off')
      assert.equal(await decide('edge-off', await token('edge-off')), 200)
    } finally {
      await browser.close()
    }
  })

  test('are the snippets of the guide', async () => {
    const [, snippet = ''] = /\/\/ README: begin\n([\s\S]+?)\/\/ README: end/.exec(await read('test/hosts/gates/hono.js')) ?? []
    assert.ok(snippet.length > 100)
    assert.equal((await fence('js', 'licenseGate')).trim(), snippet.trim())
  })
})

/** A code block of the guide, by its language and a word in it. */
async function fence(language: string, word: string): Promise<string> {
  const blocks = [...(await read(GUIDE)).matchAll(/^```(\w+)\n([\s\S]+?)^```/gm)].filter(([, name, text = '']) => name === language && text.includes(word))
  assert.equal(blocks.length, 1, `${GUIDE} has ${blocks.length} blocks of ${language} with ${word}`)
  return blocks[0]?.[2] ?? ''
}

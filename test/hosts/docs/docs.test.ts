/** The documents for host teams (stories/docs): their snippets are run, in the order of the pages. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { launch } from 'puppeteer-core'
import { freePort } from '../../ports.ts'
import { until } from '../../until.ts'
import { chromium, type Installed, installPackage } from '../package.ts'
import { blocksOf, onlyBlock, SCRIPTS } from './pages.ts'
import { runShell, type Shell } from './shell.ts'
import { typeFaults } from './types.ts'

suite('what the documents tell to do', { timeout: 120_000 }, () => {
  let installed: Installed
  let folder: string
  let portal: Server
  let answer: RequestListener
  let shell: Shell | null = null
  let urls: Record<'portal' | 'bff' | 'nginx', string>
  const children: ChildProcess[] = []

  before(async () => {
    [installed, folder] = await Promise.all([installPackage(), mkdtemp(join(tmpdir(), 'license-docs-'))])
    const ports = { portal: await freePort(), bff: await freePort(), nginx: await freePort() }
    urls = { portal: `http://127.0.0.1:${ports.portal}`, bff: `http://127.0.0.1:${ports.bff}`, nginx: `http://127.0.0.1:${ports.nginx}` }
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const keys = JSON.stringify({ keys: [{ ...await exportJWK(publicKey), kid: 'one', alg: 'ES256' }] })
    answer = (_request, response) => { response.end(keys) }
    portal = createServer((request, response) => { answer(request, response) }).listen(ports.portal, '127.0.0.1')
    const jwt = await new SignJWT({ tenant: 'acme', groups: ['Operators'] }).setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setSubject('joe').setIssuer('https://login.example').setAudience('licenses').setExpirationTime('1h').sign(privateKey)
    shell = await runShell(blocksOf('sh'), {
      cwd: folder,
      env: { MAIN: join(installed.packageFolder, 'dist/bff/cli/main.js'), LICENSE_PORT: String(ports.bff), LICENSE_METRICS_KEY: 'key-of-the-metrics', JWT: jwt },
      addresses: new Map([...addresses(), ['https://login.example/jwks.json', `${urls.portal}/jwks.json`]]),
    })
    await serveHost(shell.keys)
  })

  after(async () => {
    for (const child of children) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    portal.closeAllConnections()
    portal.close()
    await shell?.end()
    await installed.remove()
    await rm(folder, { recursive: true })
  })

  const addresses = (): [string, string][] => [['https://portal.example', urls.portal], ['https://licenses.example', urls.bff], ['http://127.0.0.1:8787', urls.bff]]
  const local = (text: string): string => addresses().reduce((all, [from, to]) => all.replaceAll(from, to), text)

  /** Has the host's server of the pages answer, with the page of the first of them. */
  async function serveHost(keys: Shell['keys']): Promise<void> {
    await writeFile(join(installed.folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(installed.folder, 'your-portal.js'), "export const signedIn = () => ({ id: 'jane', workspace: 'acme', role: 'admin' })\n")
    await writeFile(join(installed.folder, 'server.js'), blocksOf('js', 'server').map(({ text }) => text).join(''))
    Object.assign(process.env, { LICENSES: urls.bff, HOST_KEY: keys.host, GATEWAY_KEY: keys.gateway })
    const host = await import(pathToFileURL(join(installed.folder, 'server.js')).href) as { app: RequestListener; licenses: { close: () => void } }
    portal.once('close', () => { host.licenses.close() })
    const [, name = '', policy = ''] = /^([\w-]+): (.+)\n$/.exec(onlyBlock('http')) ?? []
    const files: Record<string, [type: string, text: string]> = {
      '/': ['text/html', `<!doctype html><html lang="en"><title>Pump north</title><link rel="icon" href="data:,">${local(onlyBlock('html', 'page'))}</html>`],
      '/portal.js': ['text/javascript', onlyBlock('js', 'portal')],
    }
    answer = (request, response) => {
      const [type, text] = files[request.url ?? ''] ?? []
      if (type === undefined) host.app(request, response)
      else response.writeHead(200, { 'content-type': type, [name]: local(policy) }).end(text)
    }
  }

  test('is typed as the package is', () => {
    assert.deepEqual(typeFaults(blocksOf(SCRIPTS), installed.folder), [])
  })

  test('shows the licence in a page, under the content security policy', async () => {
    const browser = await launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-background-networking'] })
    try {
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('pageerror', (error) => { faults.push(String(error)) })
      page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) faults.push(message.text()) })
      await page.goto(urls.portal)
      await page.waitForSelector('license-badge >>> ::-p-text(60 days)', { timeout: 10_000 }).catch((error: unknown) => { throw new Error(`there is no badge: ${faults.join('; ')}`, { cause: error }) })
      await page.waitForSelector('license-tab >>> ::-p-aria([name="Renew"][role="button"])')
      assert.deepEqual(faults, [])
    } finally {
      await browser.close()
    }
  })

  test('closes a route of the host’s server', async () => {
    const closed = await fetch(`${urls.portal}/devices/valve/readings`)
    const { code, licenseStatus } = await closed.json() as Record<string, string>
    assert.deepEqual([closed.status, code, licenseStatus], [403, 'feature-closed', 'none'])
    assert.equal((await fetch(`${urls.portal}/devices/pump-south/readings`)).status, 200)
  })

  test('has nginx answer under the portal’s own origin', async () => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
    await writeFile(join(folder, 'nginx.conf'), `daemon off; pid ${folder}/pid; error_log stderr crit;\nevents {}\nhttp { access_log off; ${temporary}\nserver { listen ${new URL(urls.nginx).host};\n${local(onlyBlock('nginx'))}\n} }`)
    children.push(spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'inherit' }))
    await until(async () => (await fetch(urls.nginx).catch(() => null)) !== null, 10_000)
    const session = await (await fetch(`${urls.portal}/session`, { method: 'POST' })).json() as { token: string }
    const ask = (origin: string): Promise<Response> => fetch(`${urls.nginx}/licenses/v1/licenses/query`, {
      method: 'POST', headers: { origin, authorization: `Bearer ${session.token}`, 'content-type': 'application/json' }, body: '{"deviceIds":["pump-north"]}',
    })
    const own = await ask(urls.nginx)
    assert.deepEqual([own.status, ((await own.json()) as { items: unknown[] }).items.length], [200, 1])
    assert.equal((await ask('https://elsewhere.example')).status, 403)
  })
})

/** The documents for host teams (stories/docs): every snippet is run, or compared with what it names. */
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
import { checkRecords } from '../../../bff/legacy/source.ts'
import { policyOf } from '../../../bff/policy.ts'
import { eventRows, partRows, problemRows } from '../../../stories/docs/tables.ts'
import { freePort } from '../../ports.ts'
import { until } from '../../until.ts'
import { chromium, type Installed, installPackage } from '../package.ts'
import { markupFaults, scriptFaults, styleFaults } from './names.ts'
import { type Block, ORDER, placeOf, readPages } from './pages.ts'
import { runShell, type Shell } from './shell.ts'
import { typeFaults } from './types.ts'

const pages = readPages()
const blocks = pages.flatMap((page) => page.blocks)
const SCRIPTS = /^(js|jsx|ts|vue|svelte)$/
const MARKUP = /^(html|jsx|ts|vue|svelte)$/
/** By language and use: the test that a block goes through. */
const CHECKED = /^(sh|html|html page|js|js portal|js server|jsx|ts|vue|svelte|css|json|json legacy|nginx|http)$/

const of = (language: RegExp | string, use?: string): Block[] => blocks.filter((block) =>
  (typeof language === 'string' ? block.language === language : language.test(block.language)) && (use === undefined || block.use === use))
/** The one block of a language and use. */
const only = (language: string, use = ''): string => {
  const found = of(language, use)
  assert.equal(found.length, 1, `${found.length} blocks of ${language} ${use}`)
  return found[0]?.text ?? ''
}
const faultsOf = (list: readonly Block[], faults: (text: string) => string[]): string[] => list.flatMap((block) => faults(block.text).map((fault) => `${placeOf(block)}: ${fault}`))

suite('the documents for host teams', () => {
  test('are these pages, each of which begins with what it is, within 130 lines', () => {
    assert.deepEqual(pages.map(({ name }) => name), [...ORDER])
    for (const { name, title, text } of pages) {
      assert.match(title, /^Documents\/[A-Z]/, name)
      assert.match(text, /\n# .+\n\n[^#<\n]+/, name)
      assert.ok(text.split('\n').length <= 130, `${name} has ${text.split('\n').length} lines`)
    }
  })

  test('have no snippet that nothing checks', () => {
    assert.deepEqual(blocks.filter(({ language, use }) => !CHECKED.test(`${language} ${use}`.trim())).map(placeOf), [])
    assert.equal(blocks.length, pages.reduce((sum, { text }) => sum + text.split('\n```').length - 1, 0) / 2)
    assert.ok(blocks.length > 40)
  })

  test('link to pages that there are', () => {
    const ids = pages.map(({ title }) => `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}--docs`)
    assert.deepEqual(pages.flatMap(({ name, text }) => [...text.matchAll(/\]\(([^)]+)\)/g)].filter(([, to = '']) => !ids.includes(to.replace('?path=/docs/', ''))).map(([, to]) => `${name}: ${to}`)), [])
  })

  test('list every problem with its remedy, every event and every part, as they are', () => {
    assert.ok(problemRows().some(({ code, status, remedy }) => code === 'voucher-used' && status === 409 && remedy !== ''))
    assert.ok(eventRows().some(({ name, meaning, tags }) => name === 'license-renew-request' && meaning !== '' && tags.includes('license-tab')))
    assert.ok(partRows().some(({ tag, parts }) => tag === 'license-badge' && parts.includes('pill')))
  })

  test('name only elements, attributes, events, slots, tokens, parts and texts that there are', () => {
    assert.deepEqual([...faultsOf(of(MARKUP), markupFaults), ...faultsOf(of('css'), styleFaults), ...faultsOf(of(SCRIPTS), scriptFaults)], [])
  })

  test('have policies, and records of an old platform, that are right', () => {
    for (const { text } of of('json', '')) policyOf(JSON.parse(text))
    assert.equal(checkRecords(JSON.parse(only('json', 'legacy'))).length, 1)
  })
})

suite('what the documents tell to do', { timeout: 120_000 }, () => {
  let installed: Installed
  let folder: string
  let portal: Server
  let answer: RequestListener
  let shell: Shell
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
    shell = await runShell(of('sh'), {
      cwd: folder,
      env: { MAIN: join(installed.packageFolder, 'dist/bff/cli/main.js'), LICENSE_PORT: String(ports.bff), LICENSE_METRICS_KEY: 'key-of-the-metrics', JWT: jwt },
      addresses: new Map([...addresses(), ['https://login.example/jwks.json', `${urls.portal}/jwks.json`]]),
    })
    await serveHost()
  })

  after(async () => {
    for (const child of children) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    portal.closeAllConnections()
    portal.close()
    await shell.end()
    await installed.remove()
    await rm(folder, { recursive: true })
  })

  const addresses = (): [string, string][] => [['https://portal.example', urls.portal], ['https://licenses.example', urls.bff], ['http://127.0.0.1:8787', urls.bff]]
  const local = (text: string): string => addresses().reduce((all, [from, to]) => all.replaceAll(from, to), text)

  /** Has the host's server of the pages answer, with the page of the first of them. */
  async function serveHost(): Promise<void> {
    await writeFile(join(installed.folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(installed.folder, 'your-portal.js'), "export const signedIn = () => ({ id: 'jane', workspace: 'acme', role: 'admin' })\n")
    await writeFile(join(installed.folder, 'server.js'), of('js', 'server').map(({ text }) => text).join(''))
    Object.assign(process.env, { LICENSES: urls.bff, HOST_KEY: shell.keys.host, GATEWAY_KEY: shell.keys.gateway })
    const host = await import(pathToFileURL(join(installed.folder, 'server.js')).href) as { app: RequestListener; licenses: { close: () => void } }
    portal.once('close', () => { host.licenses.close() })
    const [, name = '', policy = ''] = /^([\w-]+): (.+)\n$/.exec(only('http')) ?? []
    const files: Record<string, [type: string, text: string]> = {
      '/': ['text/html', `<!doctype html><html lang="en"><title>Pump north</title><link rel="icon" href="data:,">${local(only('html', 'page'))}</html>`],
      '/portal.js': ['text/javascript', only('js', 'portal')],
    }
    answer = (request, response) => {
      const [type, text] = files[request.url ?? ''] ?? []
      if (type === undefined) host.app(request, response)
      else response.writeHead(200, { 'content-type': type, [name]: local(policy) }).end(text)
    }
  }

  test('is typed as the package is', () => {
    assert.deepEqual(typeFaults(of(SCRIPTS), installed.folder), [])
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
    await writeFile(join(folder, 'nginx.conf'), `daemon off; pid ${folder}/pid; error_log stderr crit;\nevents {}\nhttp { access_log off; ${temporary}\nserver { listen ${new URL(urls.nginx).host};\n${local(only('nginx'))}\n} }`)
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

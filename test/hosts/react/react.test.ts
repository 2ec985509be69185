import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { type Browser, launch, type Page } from 'puppeteer-core'
import { chromium, type Installed, installPackage, read } from '../package.ts'
import { addressOf, startPortal } from './server.ts'

const run = promisify(execFile)
const DEVICES = 'workspace,serial,model,name,site,id\nacme,SN-1001,P100,Pump north,plant-1,pump-north\nacme,SN-1002,P100,Pump south,plant-1,pump-south\n'
const POLICY = { links: { device: '/devices/{deviceId}', licenseTab: '/devices/{deviceId}' } }

suite('a portal in React 19, with the package from its tarball', { timeout: 120_000 }, () => {
  let installed: Installed
  let bff: ChildProcess
  let portal: Server
  let browser: Browser
  let page: Page
  let code: string
  const faults: string[] = []

  /** Calls the program of the package. */
  async function program(...args: string[]): Promise<string> {
    const main = join(installed.packageFolder, 'dist/bff/cli/main.js')
    return (await run(process.execPath, [main, ...args], { cwd: installed.folder })).stdout.trim()
  }

  before(async () => {
    installed = await installPackage()
    const { folder, packageFolder } = installed
    await writeFile(join(folder, 'devices.csv'), DEVICES)
    await writeFile(join(folder, 'policy.json'), JSON.stringify(POLICY))
    await program('workspaces', 'create', 'acme', '--zone', 'Europe/Berlin')
    const hostKey = await program('keys', 'create', '--role', 'host')
    await program('devices', 'import', 'devices.csv')
    await program('vouchers', 'issue', '--count', '1', '--days', '365', '--csv', 'codes.csv')
    code = (await readFile(join(folder, 'codes.csv'), 'utf8')).split('\n')[1]?.split(',')[0] ?? ''
    // Where the package is installed, so that its own exports are what is found.
    await copyFile(join(import.meta.dirname, 'portal.jsx'), join(folder, 'portal.jsx'))
    const bffUrl = 'http://127.0.0.1:18931'
    const { outputFiles: [script] = [] } = await build({
      entryPoints: [join(folder, 'portal.jsx')], bundle: true, format: 'esm', minify: true, jsx: 'automatic', write: false, tsconfigRaw: {},
      define: { LICENSES: JSON.stringify(bffUrl), 'process.env.NODE_ENV': '"production"' },
    })
    portal = await startPortal({ script: script?.contents ?? new Uint8Array(), bffUrl, hostKey }, 18_930)
    bff = spawn(process.execPath, [
      join(packageFolder, 'dist/bff/cli/main.js'), 'serve', '--port', '18931', '--policy', 'policy.json',
    ], { cwd: folder, env: { ...process.env, LICENSE_ORIGINS: addressOf(portal) }, stdio: ['ignore', 'pipe', 'inherit'] })
    if (bff.stdout !== null) await once(bff.stdout, 'data')
    browser = await launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-background-networking'] })
    page = await browser.newPage()
    page.on('pageerror', (error) => { faults.push(String(error)) })
    page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) faults.push(message.text()) })
    await page.goto(addressOf(portal))
  })

  after(async () => {
    await browser.close()
    portal.closeAllConnections()
    portal.close()
    bff.kill('SIGTERM')
    await once(bff, 'exit')
    await installed.remove()
  })

  test('shows a badge for each device, as a link to its License tab', async () => {
    const badges = await Promise.all(['pump-north', 'pump-south'].map(async (id) => page.waitForSelector(`license-badge[device-id=${id}] >>> a`)))
    assert.deepEqual(await Promise.all(badges.map(async (badge) => badge?.evaluate((link) => link.textContent?.trim()))), ['No license', 'No license'])
  })

  test('goes there by its own router, without loading the page again', async () => {
    await page.evaluate(() => { Object.assign(window, { same: true }) })
    await page.locator('license-badge[device-id=pump-north] >>> a').click()
    await page.waitForSelector('license-tab >>> ::-p-text(Never activated)')
    assert.equal(new URL(page.url()).pathname, '/devices/pump-north')
    assert.equal(await page.evaluate(() => 'same' in window), true)
  })

  test('redeems a voucher by keyboard: badge and tab change', async () => {
    await page.locator('license-tab >>> ::-p-aria([name="Activate"][role="button"])').click()
    await page.waitForSelector('license-tab >>> dialog[open] input')
    await page.keyboard.type(code)
    await page.waitForSelector('license-tab >>> dialog[open] ::-p-text(Activate until)')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1 license-badge >>> ::-p-text(365 days)')
    await page.keyboard.press('Escape')
    await page.waitForSelector('license-tab >>> ::-p-aria([name="Renew"][role="button"])')
  })

  test('has shown the new licence on the page of all devices too', async () => {
    await page.locator('::-p-aria(All devices)').click()
    await page.waitForSelector('license-badge[device-id=pump-north] >>> ::-p-text(365 days)')
    await page.waitForSelector('license-badge[device-id=pump-south] >>> ::-p-text(No license)')
  })

  test('has had no error in the console, under a strict content security policy', () => {
    assert.deepEqual(faults, [])
  })

  test('is the snippet of the README', async () => {
    const [, snippet = ''] = /\/\/ README: begin\n([\s\S]+?)\/\/ README: end/.exec(await read('test/hosts/react/portal.jsx')) ?? []
    assert.ok(snippet.length > 100)
    assert.ok((await read('README.md')).includes(snippet.trim()))
  })
})

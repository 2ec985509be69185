import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chromiumOfSuite, type Visitor } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

const DAY_MS = 86_400_000
/** How long a change may take until the page shows it (ms): to be told, to ask, and to draw. */
const SOON_MS = 2_000
const DATA = /\/proxy\//

function asksForData({ requests }: Visitor): string[] {
  return requests.filter((request) => DATA.test(request))
}

async function soon<T>(seen: Promise<T>): Promise<T> {
  const from = performance.now()
  const value = await seen
  const took = performance.now() - from
  assert.ok(took < SOON_MS, `it took ${Math.round(took)} ms`)
  return value
}

suite('the gates of the portal', () => {
  const asked = demoOfSuite()
  const { visit } = chromiumOfSuite(asked)

  test('data come through the proxy, and only those of the tab that is shown', async () => {
    const visitor = await visit('/devices/hp-north')
    await visitor.page.waitForSelector('.chart-line')
    assert.deepEqual(await visitor.page.$$eval('.chart svg > *', (parts) => parts.map(({ ariaHidden }) => ariaHidden)), ['true'], 'its name says what it shows')
    assert.deepEqual(asksForData(visitor), ['GET /v1/devices/hp-north/proxy/dashboard/live'])
    const first = await visitor.page.$eval('.chart-line', (line) => line.getAttribute('d'))
    await visitor.page.waitForFunction((before) => document.querySelector('.chart-line')?.getAttribute('d') !== before, { timeout: 4_000 }, first)
    visitor.forget()
    await visitor.click('History', 'tab')
    await visitor.page.waitForSelector('.values tbody tr')
    await visitor.sees('Flow temperature, °C', 'table')
    await visitor.page.click('#period-30 + span')
    await visitor.page.waitForFunction(() => document.querySelectorAll('.values tbody tr').length === 30)
    assert.deepEqual(new Set(asksForData(visitor)), new Set(['GET /v1/devices/hp-north/proxy/history']))
    assert.deepEqual(visitor.complaints, [])
    await visitor.page.close()
  })

  test('a closed tab asks for no data', async () => {
    const visitor = await visit('/devices/hp-stable')
    await visitor.sees('The dashboard of')
    for (const tab of ['History', 'Functions', 'License', 'Dashboard']) await visitor.click(tab, 'tab')
    assert.deepEqual(asksForData(visitor), [])
    await visitor.page.close()
  })

  test('what a person switches is kept by the device cloud, and seen by the next one', async () => {
    const visitor = await visit('/devices/ws-annex#functions')
    await visitor.click('Raise: Residual hardness')
    await visitor.sees('6.5 °dH')
    await visitor.click('Away mode', 'switch')
    await visitor.page.waitForSelector('[aria-checked=true][aria-labelledby=function-away]')
    await visitor.click('Run')
    await visitor.sees('Running')
    await visitor.sees('passed')
    assert.deepEqual(await visitor.page.$$eval('#panel-functions :is([aria-live], [role=status], output)', (places) => places.map(({ textContent }) => textContent)),
      ['6.5 °dH', 'Self-test: passed'], 'each is read out once')
    const viewer = await visit('/devices/ws-annex#functions', { role: 'viewer' })
    await viewer.page.waitForSelector('[aria-checked=true][aria-labelledby=function-away]:disabled')
    await viewer.sees('6.5 °dH')
    assert.deepEqual([...visitor.complaints, ...viewer.complaints], [])
    await visitor.page.close()
    await viewer.page.close()
  })

  test('a tab locks by itself when the licence ends, and its data flow again when a voucher is redeemed', async () => {
    const visitor = await visit('/devices/hp-south')
    await visitor.page.waitForSelector('.chart-line')
    await asked.moveTo(new Date(asked.demo.now() + 13 * DAY_MS).toISOString())
    await soon(visitor.sees('The dashboard of'))
    assert.equal(await visitor.page.$('.chart'), null)
    const { status } = await asked.api('POST', '/v1/devices/hp-south/voucher', 'demo-member', { code: asked.demo.codes[0] })
    assert.equal(status, 200)
    await soon(visitor.page.waitForSelector('.chart-line'))
    await asked.moveTo(null)
    await visitor.page.close()
  })

  test('elements and pages that are tampered with in the console get nothing from the server', async () => {
    const visitor = await visit('/devices/hp-stable')
    await visitor.sees('The dashboard of')
    const answers = await visitor.page.evaluate(async () => {
      document.querySelector('.locked')?.remove()
      for (const element of document.querySelectorAll('license-badge, license-tab, license-provider')) {
        Object.assign(element, { license: { status: 'active', features: ['dashboard'], actions: [] }, status: 'active', allowed: true, open: true })
        for (const name of ['status', 'allowed', 'open']) element.setAttribute(name, 'active')
      }
      const read = async (path: string, init: RequestInit = {}): Promise<string> => {
        const response = await fetch(`/v1/devices/hp-stable/proxy/${path}`, init)
        const { code } = await response.json() as { code?: string }
        return `${response.status} ${code}`
      }
      return Promise.all([
        read('dashboard/live'), read('dashboard/live', { headers: { authorization: 'Bearer demo-member', 'x-license-status': 'active', 'x-license-device': 'hp-north' } }),
        read('history?days=7&device=hp-north'), read('functions'), read('functions/quiet', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"on":false}' }),
      ])
    })
    assert.deepEqual(answers, Array.from({ length: 5 }, () => '403 feature-closed'))
    assert.equal(await visitor.page.$('.chart, .tile, .values'), null)
    const direct = await visitor.page.evaluate((url) => fetch(url).then(() => 'reached', () => 'refused'), asked.demo.upstream.url.replace('{device}', 'hp-stable').replace('{feature}', 'functions'))
    assert.equal(direct, 'refused')
    await visitor.page.close()
  })

  test('a device cloud that does not answer is said so calmly, and asked again', async () => {
    const visitor = await visit('/devices/hp-north#license')
    const session = await visitor.page.createCDPSession()
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/proxy/history*' }] })
    let silent = true
    let count = 0
    session.on('Fetch.requestPaused', ({ requestId }) => {
      count += 1
      void (silent ? session.send('Fetch.fulfillRequest', { requestId, responseCode: 502, body: btoa('{"code":"upstream-failed"}') }) : session.send('Fetch.continueRequest', { requestId }))
    })
    await visitor.click('History', 'tab')
    await visitor.sees('The device cloud does not answer just now.')
    const first = await visitor.page.$('.notice')
    await visitor.click('Try again')
    await visitor.page.waitForFunction((before) => document.querySelector('.notice') !== before, {}, first)
    assert.deepEqual([await visitor.focused(), count], ['Try again', 2])
    silent = false
    await visitor.page.keyboard.press('Enter')
    await visitor.page.waitForSelector('.values tbody tr')
    assert.equal(await visitor.focused(), 'Readings by day')
    assert.equal(await visitor.page.$('.notice'), null)
    await visitor.page.close()
  })
})

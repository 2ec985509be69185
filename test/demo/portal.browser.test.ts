import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromiumOfSuite, type Visitor } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

/** The last days of the list's devices, from top to bottom, those without one left out. */
function lastDays({ page }: Visitor): Promise<string[]> {
  return page.$$eval('.devices tbody time[datetime]', (times) => times.map((time) => time.dateTime))
}

suite('the portal in a browser', () => {
  const asked = demoOfSuite()
  const { visit } = chromiumOfSuite(asked)

  test('sorts by what ends first, filters by tiles, and names it in the address', async () => {
    const visitor = await visit('/')
    const days = await lastDays(visitor)
    assert.deepEqual([days.length, days], [12, days.toSorted()])
    await visitor.page.click('.tile.bad')
    await visitor.sees('3 of 20 devices')
    assert.equal(new URL(visitor.page.url()).search, '?status=expired')
    assert.equal(await visitor.page.$eval('.tile.bad', (tile) => tile.getAttribute('aria-pressed')), 'true')
    await visitor.page.click('.tile.bad')
    await visitor.sees('20 devices')
    await visitor.page.click('th.until button')
    await visitor.page.waitForSelector('th.until[aria-sort=descending]')
    await visitor.page.waitForFunction((first) => document.querySelector<HTMLTimeElement>('.devices tbody time[datetime]')?.dateTime === first, {}, days.at(-1))
    assert.deepEqual(await lastDays(visitor), days.toReversed())
    assert.equal(new URL(visitor.page.url()).search, '?sort=-expiresAt')
    await visitor.click('Show 3 devices', 'link')
    await visitor.click('Show all')
    await visitor.sees('20 devices')
    assert.equal(await visitor.focused(), 'Assets')
    await visitor.page.setViewport({ width: 320, height: 640 })
    await visitor.click('Valid until')
    await visitor.page.waitForSelector('th.until[aria-sort=descending]')
  })

  test('opens the tab that the address names, and follows the arrow keys', async () => {
    const visitor = await visit('/devices/hp-north#functions')
    await visitor.sees('Quiet mode', 'switch')
    await visitor.page.focus('[role=tab][aria-selected=true]')
    await visitor.page.keyboard.press('ArrowRight')
    assert.equal(await visitor.focused(), 'License')
    await visitor.page.keyboard.press('ArrowRight')
    assert.deepEqual([await visitor.focused(), new URL(visitor.page.url()).hash], ['Dashboard', '#dashboard'])
    await visitor.sees('Live readings')
    await visitor.page.keyboard.press('End')
    assert.deepEqual([await visitor.focused(), await visitor.page.$$eval('[role=tab][tabindex="0"]', (tabs) => tabs.length)], ['License', 1])
  })

  test('goes to a device and back without loading again, and begins at its heading', async () => {
    const visitor = await visit('/')
    visitor.forget()
    await visitor.click('Heat pump North wing', 'link')
    await visitor.sees('Live readings')
    assert.equal(await visitor.page.evaluate(() => document.activeElement?.localName), 'h1')
    assert.match(await visitor.page.title(), /^Heat pump North wing · /)
    await visitor.page.goBack()
    await visitor.sees('20 devices')
    assert.ok(!visitor.requests.some((request) => request.endsWith('/portal.js')), visitor.requests.join(', '))
  })

  test('speaks the language that is chosen, also the next time', async () => {
    const { page, ...visitor } = await visit('/devices/hp-stable')
    await page.evaluate(() => { document.getElementById('language-de')?.click() })
    await page.waitForFunction(() => document.documentElement.lang === 'de' && document.querySelector('.locked h2')?.textContent?.includes('ist gesperrt'))
    assert.equal(await page.$eval('label:has(#language-en)', (label) => label.lang), 'en')
    await page.evaluateOnNewDocument(() => { localStorage.setItem('velthorn.language', 'de') })
    await page.waitForFunction(() => document.querySelector('license-badge')?.shadowRoot?.textContent?.includes('Abgelaufen'))
    assert.equal(await page.evaluate(() => localStorage.getItem('velthorn.language')), 'de')
    assert.deepEqual(visitor.complaints, [])
  })

  test('takes the theme that is chosen, elements too', async () => {
    const { page } = await visit('/', { theme: 'light' })
    const colours = (): Promise<string[]> => page.evaluate(() => [document.body, document.querySelector('license-badge')?.shadowRoot?.querySelector('[part=pill]')]
      .map((element) => (element === null || element === undefined ? '' : getComputedStyle(element).backgroundColor)))
    const light = await colours()
    await page.evaluate(() => { document.getElementById('theme-dark')?.click() })
    const dark = await colours()
    light.forEach((colour, index) => { assert.notEqual(colour, dark[index]) })
  })

  test('lets a viewer look and not act', async () => {
    const visitor = await visit('/', { role: 'viewer' })
    assert.deepEqual([(await lastDays(visitor)).length, await visitor.page.$$eval('td.act button', (buttons) => buttons.length)], [12, 0])
    const device = await visit('/devices/hp-stable', { role: 'viewer' })
    await device.sees('Your role can look, but not redeem.')
    assert.equal(await device.page.$('.locked .filled'), null)
  })

  test('moves the clock to the last day of a device, past it, and back', async () => {
    const visitor = await visit('/devices/hp-north')
    await visitor.sees('Live readings')
    await visitor.click('Last day')
    await visitor.sees('Expires today')
    await visitor.click('+1 day')
    await visitor.sees('The dashboard of')
    await visitor.sees('Expired · yesterday')
    await visitor.click('Back to today')
    await visitor.sees('Active · 212 days')
    await visitor.sees('Live readings')
    assert.ok(Math.abs(asked.demo.now() - Date.now()) < 60_000)
    const said = (): Promise<string> => visitor.page.$eval('.demo [role=status]', (status) => status.textContent ?? '')
    assert.match(await said(), /^Demo clock: /)
    await visitor.page.evaluate(() => { document.getElementById('language-de')?.click() })
    assert.equal(await said(), '', 'what was said is not said again in another language')
    // Data that are asked for before the page has heard of the new day are refused, as they should be.
    assert.deepEqual(visitor.complaints.filter((complaint) => !/ 403 .*\/proxy\//.test(complaint)), [])
  })

  test('keeps still for who wants less motion, until they say so', async () => {
    const visitor = await visit('/')
    await visitor.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    await visitor.page.reload({ waitUntil: 'networkidle2' })
    await visitor.click('Heat pump North wing', 'link')
    await visitor.click('Resume')
    await visitor.sees('Pause', 'button')
  })

  test('is there before the elements, which open what was asked for meanwhile', async () => {
    const visitor = await visit('/devices/hp-stable')
    const session = await visitor.page.createCDPSession()
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*/elements.js' }] })
    const paused = new Promise<string>((resolve) => { session.on('Fetch.requestPaused', ({ requestId }) => { resolve(requestId) }) })
    const loaded = visitor.page.reload()
    const requestId = await paused
    // What is looked for while one document gives way to the next may be looked for in the old one.
    const isNew = (): Promise<boolean> => visitor.page.evaluate(() => customElements.get('license-tab') === undefined && document.querySelector('h1') !== null).catch(() => false)
    while (!(await isNew())) await sleep(20)
    await visitor.click('Renew')
    await session.send('Fetch.continueRequest', { requestId })
    await visitor.sees('Voucher code', 'textbox')
    await loaded
    assert.deepEqual([await visitor.shift(), visitor.complaints], [0, []])
  })

  test('says that its server is not reached, and goes on at the heading when it is', async () => {
    const { page } = await visit('/')
    await page.setOfflineMode(true)
    await page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')) })
    await page.waitForSelector('main > .notice[role=alert] button')
    await page.setOfflineMode(false)
    await page.focus('.notice button')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('.notice') === null && document.activeElement?.localName === 'h1')
  })

  test('says that a device or a page is not there', async () => {
    for (const [path, words] of [['/devices/hp-harbour', 'There is no such device.'], ['/nothing', 'There is no such page.']] as const) {
      await (await visit(path)).sees(words)
    }
  })
})

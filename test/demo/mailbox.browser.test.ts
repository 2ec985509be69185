import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { chromiumOfSuite, Visitor } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

const DAY_MS = 86_400_000

suite('the mailbox in a browser', () => {
  const asked = demoOfSuite()
  const { visit, browser } = chromiumOfSuite(asked)
  before(async () => {
    await asked.moveTo(new Date(asked.demo.now() + 30 * DAY_MS).toISOString())
    for (const until = Date.now() + 5_000; (await asked.page('/demo/mailbox/3')).status !== 200; await wait(50)) assert.ok(Date.now() < until, 'no mail came')
  })

  /** Opens a page without what the portal's visitors bring, which a frame without scripts could not take. */
  async function open(path: string, { width, theme }: { width: number; theme: 'light' | 'dark' }): Promise<Visitor> {
    const page = await (await browser().createBrowserContext()).newPage()
    const visitor = new Visitor(page)
    await page.setViewport({ width, height: 640 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
    await page.goto(`${asked.demo.url}${path}`, { waitUntil: 'load' })
    return visitor
  }

  for (const look of [{ width: 1_280, theme: 'light' }, { width: 320, theme: 'dark' }] as const) {
    for (const path of ['/demo/mailbox', '/demo/mailbox/1']) {
      test(`${path} with ${JSON.stringify(look)}: accessible, not too wide, nothing is refused`, async () => {
        const visitor = await open(path, look)
        for (const summary of await visitor.page.$$('summary')) await summary.click()
        // Before axe knocks at the frame, which lets nobody in.
        assert.deepEqual([await visitor.overflow(), visitor.complaints, await visitor.smallTargets()], [0, [], []])
        await visitor.assertAccessible()
        await visitor.page.browserContext().close()
      })
    }
  }

  // As wide as the frame is on a narrow screen.
  for (const [language, look] of [['en', { width: 896, theme: 'light' }], ['de', { width: 286, theme: 'dark' }]] as const) {
    test(`a mail in ${language} with ${JSON.stringify(look)}: accessible, not too wide, nothing is refused`, async () => {
      const sent = await Promise.all([1, 2, 3].map(async (id) => ({ path: `/demo/mailbox/${id}.html`, text: (await asked.page(`/demo/mailbox/${id}.html`)).text })))
      const { path = '', text = '' } = sent.find((one) => one.text.includes(`<html lang="${language}">`)) ?? {}
      const visitor = await open(path, look)
      assert.deepEqual([await visitor.overflow(), visitor.complaints], [0, []])
      // Axe needs scripts, which a message may not have where it is shown. A mail program has its own landmarks around it.
      await visitor.page.goto('about:blank')
      await visitor.page.setContent(text.replace(/<body[^>]*>/, '$&<main>').replace('</body>', '</main></body>'))
      await visitor.assertAccessible()
      await visitor.page.browserContext().close()
    })
  }

  test('is opened from the portal', async () => {
    const visitor = await visit('/')
    await visitor.click('Mailbox', 'link')
    await visitor.page.waitForSelector('.mails')
    assert.deepEqual(visitor.complaints, [])
  })

  test('a link of a message opens the portal in a tab of its own, and it works there', async () => {
    const { page, complaints } = await open('/demo/mailbox', { width: 1_280, theme: 'light' })
    await page.click('.mails a')
    const frame = await (await page.waitForSelector('iframe'))?.contentFrame()
    const link = await frame?.waitForSelector('a[href*="/devices/"]')
    const opened = new Promise<Visitor>((resolve) => { page.once('popup', (popup) => { if (popup !== null) resolve(new Visitor(popup)) }) })
    await link?.click()
    const portal = await opened
    await portal.sees('License', 'tab')
    assert.deepEqual([complaints, portal.complaints], [[], []])
  })
})

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chromiumOfSuite, type Visitor } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

suite('the guide through the demo', () => {
  const { visit } = chromiumOfSuite(demoOfSuite())
  const step = ({ page }: Visitor): Promise<string | null> => page.$eval('.guide', (guide) => ((guide as HTMLElement).hidden ? null : guide.querySelector('p')?.textContent ?? ''))

  const live = ({ page }: Visitor): Promise<string | null> => page.$eval('.guide-text', (text) => text.ariaLive)

  test('leads through four steps by keyboard, and each way leads where it says', async () => {
    const visitor = await visit('/')
    await visitor.sees('Redeem a voucher', 'heading')
    await visitor.pressUntil('Tab', 'Open its License tab')
    await visitor.page.keyboard.press('Enter')
    await visitor.sees('Heat pump Old stable', 'heading')
    for (const heading of ['Let a license expire', 'Start a grace period', 'See what is closed']) {
      await visitor.pressUntil('Tab', 'Next')
      await visitor.page.keyboard.press('Enter')
      await visitor.sees(heading, 'heading')
      assert.equal(await visitor.focused(), heading === 'See what is closed' ? 'Finish' : 'Next')
      assert.equal(await live(visitor), 'polite')
    }
    await visitor.click('Open a closed dashboard', 'link')
    await visitor.sees('The dashboard of \u2068Ventilation Workshop\u2069 is closed', 'heading')
    await visitor.click('Finish')
    assert.equal(await step(visitor), null)
  })

  test('can be left at once, stays away, and comes back when asked for', async () => {
    const visitor = await visit('/')
    await visitor.sees('Redeem a voucher', 'heading')
    await visitor.click('Leave the guide')
    assert.deepEqual([await step(visitor), await visitor.page.evaluate(() => document.activeElement?.localName)], [null, 'main'])
    const later = await visit('/devices/hp-north', { beside: visitor })
    assert.equal(await step(later), null)
    await later.click('Guide')
    assert.equal(await step(later), 'Guide, 1 of 4')
    assert.equal(await later.focused(), 'Redeem a voucher')
    assert.equal(await live(later), 'off', 'it is not read twice')
    assert.deepEqual(later.complaints, [])
  })
})

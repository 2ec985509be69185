import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chromiumOfSuite, type Visitor } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

/** A code with two neighbours swapped: a typing mistake. */
function mistyped(code: string): string {
  const at = [...code].findIndex((sign, index) => index > 0 && sign !== '-' && code[index - 1] !== '-' && sign !== code[index - 1])
  return `${code.slice(0, at - 1)}${code[at] ?? ''}${code[at - 1] ?? ''}${code.slice(at + 1)}`
}

function vouchersAsked({ requests }: Visitor): string[] {
  return requests.filter((request) => request.includes('/voucher'))
}

suite('redeeming a printed code in the demo', () => {
  const asked = demoOfSuite()
  const { visit } = chromiumOfSuite(asked)
  const code = (index: number): string => asked.demo.codes[index] ?? ''

  test('by mouse: badge, date, action and counts change', async () => {
    const visitor = await visit('/')
    await visitor.seesRow('Ventilation Archive', /^No license \| – \| Activate$/)
    await visitor.click('Activate Ventilation Archive')
    await visitor.sees('Voucher code', 'textbox')
    await visitor.page.keyboard.type(code(0))
    await visitor.sees('365 days')
    await visitor.press('Activate until')
    await visitor.sees('The license is active')
    await visitor.click('Close')
    await visitor.seesRow('Ventilation Archive', /^Active · 365 days \| .*\d{4} \|$/)
    assert.equal(await visitor.page.$eval('.tile.neutral strong', (count) => count.textContent), '7')
    assert.equal(await visitor.focused(), 'Ventilation Archive')
    assert.deepEqual(visitor.complaints, [])
  })

  test('by keyboard alone: from the list to the tab, which has changed', async () => {
    const visitor = await visit('/')
    await visitor.pressUntil('Tab', 'Heat pump Old stable')
    await visitor.page.keyboard.press('Enter')
    await visitor.sees('The dashboard of')
    await visitor.pressUntil('Tab', 'Dashboard')
    await visitor.pressUntil('ArrowRight', 'License')
    await visitor.pressUntil('Tab', 'Renew')
    await visitor.page.keyboard.press('Enter')
    await visitor.sees('Voucher code', 'textbox')
    await visitor.page.keyboard.type(code(1).replaceAll('-', ' '))
    await visitor.sees('365 days')
    await visitor.page.keyboard.press('Enter')
    await visitor.sees('The license is renewed')
    await visitor.page.keyboard.press('Enter')
    await visitor.sees('Active · 365 days')
    assert.deepEqual(visitor.complaints, [])
  })

  test('mistyped: told before any request', async () => {
    const visitor = await visit('/')
    await visitor.click('Renew Heat pump South wing')
    await visitor.sees('Voucher code', 'textbox')
    visitor.forget()
    await visitor.page.keyboard.type(mistyped(code(2)))
    await visitor.sees('This code has a typing mistake.')
    await visitor.page.keyboard.press('Enter')
    assert.deepEqual(vouchersAsked(visitor), [])
    assert.equal(await visitor.focused(), 'Voucher code')
  })

  test('used on another device: says what to do', async () => {
    const visitor = await visit('/')
    await visitor.click('Renew Heat pump South wing')
    await visitor.sees('Voucher code', 'textbox')
    await visitor.page.keyboard.type(code(0))
    await visitor.sees('This code is used up.')
    await visitor.sees('Ask sales for another one.')
  })

  test('the same code on the same device: active here already', async () => {
    const visitor = await visit('/devices/vu-archive#license')
    await visitor.click('Renew')
    await visitor.sees('Voucher code', 'textbox')
    await visitor.page.keyboard.type(code(0))
    await visitor.sees('This code is already active on this device')
    await visitor.sees('Nothing was used up.')
  })
})

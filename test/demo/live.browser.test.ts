import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, suite, test } from 'node:test'
import { done, folder } from '../cli/program.ts'
import { chromiumOfSuite, type Visitor } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

/** How long a change may take until everybody sees it (ms): far less than pages wait that ask now and then. */
const SOON_MS = 3_000
const DAY_MS = 86_400_000
const STREAM = 'GET /v1/events'

function streams(...visitors: Visitor[]): number[] {
  return visitors.map(({ requests }) => requests.filter((request) => request === STREAM).length)
}

async function sooner<T>(seen: Promise<T>): Promise<T> {
  const from = performance.now()
  const value = await seen
  const took = performance.now() - from
  assert.ok(took < SOON_MS, `it took ${Math.round(took)} ms`)
  return value
}

suite('what changes, in pages that are open', () => {
  const where = folder()
  const db = `sqlite:${join(where, 'license.db')}`
  const asked = demoOfSuite(db)
  const { visit, browser } = chromiumOfSuite(asked)
  // Pages that are open do as much as those that are looked at.
  afterEach(async () => { for (const page of await browser().pages()) await page.close() })
  const redeem = async (id: string): Promise<void> => {
    const { body } = await asked.api<{ items: { code: string }[] }>('POST', '/v1/vendor/vouchers', 'demo-vendor', { count: 1, days: 365 })
    const { status } = await asked.api('POST', `/v1/devices/${id}/voucher`, 'demo-member', { code: body.items[0]?.code ?? '' })
    assert.equal(status, 200)
  }

  test('by a person in one tab: seen in the other one, and in another browser; each browser has one stream', async () => {
    const one = await visit('/')
    const two = await visit('/', { beside: one })
    const other = await visit('/')
    assert.deepEqual(streams(one, two, other), [1, 0, 1])
    await one.page.bringToFront()
    await one.click('Activate Ventilation Archive')
    await one.sees('Voucher code', 'textbox')
    await one.page.keyboard.type(asked.demo.codes[0] ?? '')
    await one.sees('365 days')
    await one.press('Activate until')
    await one.sees('The license is active')
    await sooner(other.seesRow('Ventilation Archive', /^Active · 365 days/))
    await two.page.bringToFront()
    await sooner(two.seesRow('Ventilation Archive', /^Active · 365 days/))
    assert.deepEqual([one, two, other].map(({ complaints }) => complaints), [[], [], []])
  })

  test('asks for the device that changed, and not for the others', async () => {
    const visitor = await visit('/')
    const bodies: string[] = []
    visitor.page.on('request', (request) => { if (request.url().endsWith('/v1/licenses/query')) bodies.push(request.postData() ?? '') })
    await redeem('hp-stable')
    await sooner(visitor.seesRow('Heat pump Old stable', /^Active · 365 days/))
    assert.deepEqual(JSON.parse(bodies[0] ?? '{}'), { deviceIds: ['hp-stable'] })
  })

  test('by a program', async () => {
    const visitor = await visit('/')
    const today = new Date().toISOString().slice(0, 10)
    const file = join(where, 'grants.csv')
    writeFileSync(file, `workspace,serial,kind,firstDay,lastDay,reference\ndemo,WS20-07731-08,standard,${today},${new Date(Date.now() + 90 * DAY_MS).toISOString().slice(0, 10)},order-1\n`)
    await done(['grants', 'import', file, '--db', db], { cwd: where })
    await sooner(visitor.seesRow('Water softener Staff house', /^Active · (89|90) days/))
  })

  test('when the first tab is closed, the next one reads the stream, and misses nothing', async () => {
    const one = await visit('/')
    const two = await visit('/', { beside: one })
    assert.deepEqual(streams(one, two), [1, 0])
    await one.page.close()
    await redeem('vu-workshop')
    await sooner(two.seesRow('Ventilation Workshop', /^Active · 365 days/))
    assert.deepEqual(streams(two), [1])
  })

  test('by a clock that was moved, and back', async () => {
    const visitor = await visit('/')
    await visitor.seesRow('Ventilation Concert hall', /^Trial · 176 days/)
    await asked.moveTo(new Date(asked.demo.now() + 200 * DAY_MS).toISOString())
    await sooner(visitor.seesRow('Ventilation Concert hall', /^Expired/))
    await asked.moveTo(null)
    await sooner(visitor.seesRow('Ventilation Concert hall', /^Trial · 176 days/))
  })
})

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { PostWebhook } from '../../../bff/index.ts'
import { onEveryEngine, START } from '../engines.ts'
import { bringLegacy } from '../grace/legacy.ts'
import { Desk } from '../vouchers/desk.ts'
import { makeWebhook } from './receiver.ts'

const SECOND = 1_000
const DAY = 86_400_000
const TYPES = ['license.expiring', 'license.expired', 'grace.available']

onEveryEngine('what time alone makes happen', (world) => {
  let got: { type: string; data: { workspace: string; deviceId: string; license: { status: string } }; timestamp: string }[] = []
  const post: PostWebhook = Object.assign(async ({ body }: { body: string }) => {
    got.push(JSON.parse(body) as (typeof got)[number])
    return { status: 204, retryAfter: null }
  }, { check: async () => null })
  before(() => { world().bff = world().make({}, { postWebhook: post }) })

  /** What was told of a desk since the last time, as `device type`. */
  async function passed(desk: Desk, at?: number): Promise<string[]> {
    if (at !== undefined) world().now = at
    await world().bff.webhooks.run()
    const own = got.filter(({ data }) => data.workspace === desk.workspace)
    got = []
    return own.map(({ data, type }) => `${data.deviceId} ${type}`).sort()
  }

  /** A desk with an endpoint; what was before it is told to nobody. */
  async function open(devices: string[]): Promise<Desk> {
    const desk = await Desk.open(world(), { devices })
    await makeWebhook(world(), desk.admin, 'https://hooks.example/', TYPES)
    assert.deepEqual(await passed(desk), [])
    return desk
  }

  test('is told once: when the last weeks begin, and at the end', async () => {
    const desk = await open(['long', 'short', 'renewed'])
    for (const [device, days] of [['long', 100], ['short', 40], ['renewed', 40]] as const) await desk.redeem(await desk.code({ days }), device)
    const { expiresAt } = await desk.license('short')
    const end = Date.parse(expiresAt ?? '')
    assert.deepEqual(await passed(desk, START + 8 * DAY), [])
    assert.deepEqual(await passed(desk, START + 10 * DAY), ['renewed license.expiring', 'short license.expiring'])
    assert.deepEqual(await passed(desk, START + 11 * DAY), [])
    await desk.redeem(await desk.code({ days: 365 }), 'renewed')
    assert.deepEqual(await passed(desk, end - 1), [])
    // A change that was asked for just before may still be on its way.
    assert.deepEqual(await passed(desk, end + 5 * SECOND - 1), [])
    assert.deepEqual(await passed(desk, end + 5 * SECOND), ['short license.expired'])
    for (const at of [end + 6 * SECOND, end + 1, end - 20 * DAY, START, end - DAY, end + DAY]) assert.deepEqual(await passed(desk, at), [], 'it was told again')
    assert.deepEqual(await passed(desk, START + 200 * DAY), ['long license.expired'], 'of what began and ended meanwhile, the end is told')
  })

  test('is told once by two servers, page by page', async () => {
    const devices = Array.from({ length: 1_100 }, (_, index) => `d${index}`)
    const desk = await open(devices)
    const { db } = world().database
    await desk.sell(...devices.map((device) => ({ device, firstDay: '2026-01-01', lastDay: '2026-11-22' })))
    world().now = START + 3 * DAY
    // Servers that can tell, and not send.
    const others = [world().make({}), world().make({})]
    await Promise.all(others.map((bff) => bff.webhooks.run()))
    await Promise.all(others.map((bff) => bff.close()))
    const told = await db.selectFrom('webhook_events as e').innerJoin('webhook_deliveries as d', 'd.event_id', 'e.id').select(['e.type', 'e.device_id'])
      .where('e.workspace_id', '=', desk.workspace).execute()
    assert.deepEqual(told.map(({ type, device_id: device }) => `${type} ${device}`).sort(), devices.map((device) => `license.expired ${device}`).sort())
    await db.updateTable('webhook_deliveries').set({ ended_at: 1 }).execute()
  })

  test('is told to nobody who asked later, and again from the moment that somebody wants to know', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    await desk.redeem(await desk.code({ days: 10 }), 'a')
    await desk.redeem(await desk.code({ days: 60 }), 'b')
    world().now = START + 20 * DAY
    await makeWebhook(world(), desk.admin, 'https://hooks.example/', TYPES)
    assert.deepEqual(await passed(desk), [])
    assert.deepEqual(await passed(desk, START + 21 * DAY), [])
    assert.deepEqual(await passed(desk, START + 40 * DAY), ['b license.expiring'])
  })

  test('says that a device may have grace: after records came, after a person did, after its licence ended; once ever', async () => {
    const desk = await open(['records', 'person', 'licensed', 'before'])
    const account = desk.member.subject ?? ''
    await world().ask(desk.member, 'GET', '/v1/me')
    await bringLegacy(desk, [account, 'records', 'W', 'S'], [`${account} two`, 'person', 'W', 'S'])
    assert.deepEqual(await passed(desk), ['records grace.available'])
    await world().ask({ ...desk.member, subject: `${account} two` }, 'GET', '/v1/me')
    assert.deepEqual(await passed(desk), ['person grace.available'])
    await desk.redeem(await desk.code({ days: 40 }), 'licensed')
    await bringLegacy(desk, [account, 'licensed', 'W', 'S'])
    assert.deepEqual(await passed(desk), [])
    assert.deepEqual(await passed(desk, START + 50 * DAY), ['licensed grace.available', 'licensed license.expired'])
    await desk.place('records', 'P200')
    for (const at of [START, START + 60 * DAY]) assert.deepEqual(await passed(desk, at), [])
  })

  test('does not say so of devices that could have it before anybody wanted to know', async () => {
    await world().database.db.updateTable('webhooks').set({ removed_at: 1 }).execute()
    const desk = await Desk.open(world(), { devices: ['old', 'new'] })
    await world().ask(desk.member, 'GET', '/v1/me')
    await bringLegacy(desk, [desk.member.subject ?? '', 'old', 'W', 'S'])
    assert.deepEqual(await passed(desk), [])
    await makeWebhook(world(), desk.admin, 'https://hooks.example/', TYPES)
    assert.deepEqual(await passed(desk), [])
    await bringLegacy(desk, [desk.member.subject ?? '', 'new', 'W', 'S'])
    assert.deepEqual(await passed(desk), ['new grace.available'])
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BESIDES, dump } from '../ledger/tables.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk, fresh, UNKNOWN, verdict } from './desk.ts'

const PERIOD = { notBefore: '2026-11-21T12:34:56.789Z', redeemBy: '2026-12-05T07:00:00.001Z' }
const BOUNDARIES: [at: string, expected: string][] = [
  ['2026-11-21T12:34:56.788Z', '409 voucher-not-yet-valid'],
  ['2026-11-21T12:34:56.789Z', '200 activated'],
  ['2026-11-21T12:34:56.790Z', '200 activated'],
  ['2026-12-05T07:00:00.000Z', '200 activated'],
  ['2026-12-05T07:00:00.001Z', '409 voucher-expired'],
  ['2026-12-05T07:00:00.002Z', '409 voucher-expired'],
]

const START = '2026-11-21T09:30:00.000Z'
const END = '2026-12-21T23:00:00.000Z'
const ENDS: [at: string, outcome: string, from: string, startsAt: string, lastDay: string][] = [
  ['2026-12-21T22:59:59.999Z', 'renewed', END, START, '2027-01-20'],
  // No dead time yet: the terms touch, and form one cover (R6).
  ['2026-12-21T23:00:00.000Z', 'activated', END, START, '2027-01-21'],
  ['2026-12-21T23:00:00.001Z', 'activated', '2026-12-21T23:00:00.001Z', '2026-12-21T23:00:00.001Z', '2027-01-21'],
  ['2027-06-01T10:00:00.000Z', 'activated', '2027-06-01T10:00:00.000Z', '2027-06-01T10:00:00.000Z', '2027-07-01'],
]

onEveryEngine('redeeming a voucher', (world) => {
  test('activates a device without a licence, from now to the end of the last day', async () => {
    const desk = await Desk.open(world())
    const { status, body: { outcome, license, grant } } = await desk.redeem(await desk.code({ reference: 'line 7' }))
    assert.deepEqual([status, outcome, license.status, license.lastDay, license.daysRemaining], [200, 'activated', 'active', '2027-11-21', 365])
    assert.deepEqual([grant.kind, grant.from, grant.to, grant.days], ['standard', '2026-11-21T09:30:00.000Z', '2027-11-21T23:00:00.000Z', 365])
    assert.deepEqual([grant.source.type, grant.source.reference, grant.undoneAt], ['voucher', 'line 7', null])
    const { ledger } = await desk.license()
    assert.deepEqual(ledger, [grant])
  })

  test('renews a device that has one: the new term begins where the old one ends', async () => {
    const desk = await Desk.open(world())
    const first = await desk.redeem(await desk.code({ days: 30 }))
    const second = await desk.redeem(await desk.code({ days: 10 }))
    assert.deepEqual([second.body.outcome, second.body.grant.from], ['renewed', first.body.grant.to])
    assert.deepEqual([first.body.license.lastDay, second.body.license.lastDay], ['2026-12-21', '2026-12-31'])
    assert.equal(second.body.license.startsAt, first.body.license.startsAt)
  })

  for (const [at, outcome, from, startsAt, lastDay] of ENDS) {
    test(`of a licence that ends at ${END} gives, at ${at}, ${outcome} from ${from}`, async () => {
      const desk = await Desk.open(world())
      assert.equal((await desk.redeem(await desk.code({ days: 30 }))).body.license.expiresAt, END)
      desk.now = at
      const { body } = await desk.redeem(await desk.code({ days: 30 }))
      assert.deepEqual([body.outcome, body.grant.from, body.license.startsAt, body.license.lastDay], [outcome, from, startsAt, lastDay])
    })
  }

  for (const [at, expected] of BOUNDARIES) {
    test(`from ${PERIOD.notBefore} and before ${PERIOD.redeemBy} answers ${expected} at ${at}`, async () => {
      const desk = await Desk.open(world())
      const code = await desk.code(PERIOD)
      desk.now = at
      const answer = await desk.redeem(code)
      assert.equal(verdict(answer), expected)
      assert.equal(answer.body.retryAt, expected.endsWith('not-yet-valid') ? PERIOD.notBefore : undefined)
    })
  }

  test('stands on up to maxDevices devices, on each once', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b', 'c', 'd'] })
    const { code, id } = await desk.issue({ maxDevices: 3 })
    const answers = []
    for (const device of ['a', 'b', 'a', 'c', 'd', 'c']) answers.push(verdict(await desk.redeem(code, device)))
    assert.deepEqual(answers, ['200 activated', '200 activated', '200 already-redeemed', '200 activated', '409 voucher-used', '200 already-redeemed'])
    assert.equal((await desk.license('d')).status, 'none')
    const { body } = await world().ask<{ items: { id: string; used: number; uses: { deviceId: string }[] }[] }>(
      { role: 'vendor' }, 'GET', `/v1/vendor/vouchers?last4=${code.slice(-4)}`)
    const own = body.items.find((item) => item.id === id)
    assert.deepEqual([own?.used, own?.uses.map((use) => use.deviceId)], [3, ['a', 'b', 'c']])
  })

  test('by a key or person of one workspace reaches no device of another', async () => {
    const [mine, theirs] = [await Desk.open(world()), await Desk.open(world(), { devices: ['theirs'] })]
    assert.equal(verdict(await mine.redeem(await mine.code(), 'theirs')), '404 device-not-found')
    assert.equal((await theirs.license('theirs')).status, 'none')
  })
})

const SINCE: Record<string, (desk: Desk, id: string) => Promise<unknown>> = {
  'at once': async () => {},
  'when its licence has expired': async (desk) => { desk.now = '2028-01-01T00:00:00Z' },
  'when the voucher was revoked since': async (desk, id) => { assert.equal(await desk.revoke(id), 200) },
  'when its redeem-by has passed': async (desk) => { desk.now = '2026-12-02T00:00:00Z' },
  'when the device is of another model now': async (desk) => { assert.equal(await desk.place('pump-1', 'X9'), 200) },
  'when the device was removed and brought back': async (desk) => {
    await desk.world.ask({ role: 'host' }, 'DELETE', `/v1/host/devices/pump-1?workspace=${desk.workspace}`)
    assert.equal(await desk.place('pump-1'), 201)
  },
}

onEveryEngine('the same code on the same device again', (world) => {
  for (const [when, happen] of Object.entries(SINCE)) {
    test(`is a success that changes nothing, ${when}`, async () => {
      const desk = await Desk.open(world())
      const { code, id } = await desk.issue({ redeemBy: '2026-12-01T00:00:00Z', models: ['P100'] })
      const first = await desk.redeem(code)
      await happen(desk, id)
      const license = await desk.license('pump-1', desk.member)
      const before = await dump(world().database, BESIDES)
      const again = await desk.redeem(code)
      assert.equal(verdict(again), '200 already-redeemed')
      assert.deepEqual(again.body.grant, first.body.grant)
      assert.deepEqual({ ...again.body.license, ledger: [first.body.grant] }, license)
      assert.deepEqual(await dump(world().database, BESIDES), before)
    })
  }
})

onEveryEngine('what strangers ask for', (world) => {
  test('is told alike of vouchers unknown, revoked or of another workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const revoked = await desk.issue()
    await desk.revoke(revoked.id)
    const foreign = await desk.code({ workspace: other.workspace })
    const spent = await desk.issue({ workspace: other.workspace })
    await other.redeem(spent.code)
    const answers = []
    for (const code of [UNKNOWN, revoked.code, foreign, spent.code, 'NobodysCode12']) answers.push(await desk.redeem(code))
    const [first] = answers.map(({ body }) => ({ ...body, triesLeft: 0 }))
    assert.deepEqual([first?.code, first?.remedy], ['voucher-not-found', 'check-code'])
    for (const { status, body, headers } of answers) {
      assert.deepEqual([status, { ...body, triesLeft: 0 }, [...headers]], [404, first, [...(answers[0]?.headers ?? [])]])
    }
    assert.deepEqual(answers.map(({ body }) => body.triesLeft), [999, 998, 997, 996, 995])
    assert.equal(verdict(await other.redeem(foreign)), '200 renewed')
  })

  test('is told alike of devices unknown, removed or of another workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world(), { devices: ['theirs'] })]
    await world().ask({ role: 'host' }, 'DELETE', `/v1/host/devices/pump-1?workspace=${desk.workspace}`)
    const code = await other.code()
    const answers = await Promise.all([fresh('nowhere'), 'pump-1', 'theirs'].map((device) => desk.redeem(code, device)))
    for (const { status, body, headers } of answers) {
      assert.deepEqual([status, body, [...headers]], [404, answers[0]?.body, [...(answers[0]?.headers ?? [])]])
    }
    assert.deepEqual([answers[0]?.body.code, answers[0]?.body.remedy, answers[0]?.body.triesLeft], ['device-not-found', 'contact', undefined])
    assert.equal(verdict(await other.redeem(code, 'theirs')), '200 activated')
  })
})

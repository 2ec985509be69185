import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, onEveryEngine, START } from '../engines.ts'
import { ATTEMPTS, BESIDES, dump, without } from '../ledger/tables.ts'
import { Desk, fresh, type Told, UNKNOWN, verdict } from './desk.ts'

const DAY = 86_400_000
const key = (name: string): Record<string, string> => ({ 'idempotency-key': name })
const isReplay = (answer: Answered<unknown>): boolean => answer.headers.get('idempotency-replayed') === 'true'

function assertReplay(again: Answered<unknown>, first: Answered<unknown>): void {
  assert.ok(!isReplay(first) && isReplay(again))
  assert.deepEqual([again.status, again.body, again.headers.get('content-type')], [first.status, first.body, first.headers.get('content-type')])
}

/** Requests that change something: role, method, path and body. */
const CHANGES: Record<string, (desk: Desk) => Promise<['admin' | 'vendor' | 'host', string, string, unknown]>> = {
  'redeeming': async (desk) => ['admin', 'POST', '/v1/devices/pump-1/voucher', { code: await desk.code() }],
  'undoing': async (desk) => {
    for (const code of await desk.codes(2)) await desk.redeem(code)
    return ['admin', 'POST', '/v1/devices/pump-1/undo', undefined]
  },
  'adding a device': async () => ['admin', 'POST', '/v1/devices', { serial: fresh('SN'), model: 'P100', name: 'New' }],
  'removing a device': async () => ['admin', 'DELETE', '/v1/devices/pump-1', undefined],
  'changing a workspace': async (desk) => ['host', 'PUT', `/v1/host/workspaces/${desk.workspace}`, { name: 'New', timeZone: 'UTC' }],
  'revoking a voucher': async (desk) => ['vendor', 'POST', `/v1/vendor/vouchers/${(await desk.issue()).id}/revoke`, undefined],
  'importing licences': async (desk) => ['vendor', 'POST', '/v1/vendor/grants/import',
    `workspace,serial,kind,firstDay,lastDay,reference\n${desk.workspace},SN-${desk.workspace}-pump-1,standard,2026-01-01,2026-12-31,${fresh('order')}`],
}

onEveryEngine('the same Idempotency-Key and request again', (world) => {
  for (const [what, arrange] of Object.entries(CHANGES)) {
    test(`is answered alike and changes nothing: ${what}`, async () => {
      const desk = await Desk.open(world())
      const [role, method, path, body] = await arrange(desk)
      const ask = (): Promise<Answered<Told>> => world().ask<Told>(role === 'admin' ? desk.admin : { role }, method, path, body, key('again'))
      const first = await ask()
      assert.ok(first.status < 300, JSON.stringify(first.body))
      const after = await dump(world().database)
      desk.now = '2026-11-21T10:30Z'
      for (let time = 0; time < 3; time += 1) assertReplay(await ask(), first)
      assert.deepEqual(await dump(world().database), after)
    })
  }

  test('is done anew when the answer is a day old', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code()
    const first = await desk.redeem(code, 'pump-1', desk.member, key('k'))
    world().now = START + DAY - 1
    assertReplay(await desk.redeem(code, 'pump-1', desk.member, key('k')), first)
    world().now = START + DAY
    const anew = await desk.redeem(code, 'pump-1', desk.member, key('k'))
    assert.deepEqual([verdict(anew), isReplay(anew)], ['200 already-redeemed', false])
    assertReplay(await desk.redeem(code, 'pump-1', desk.member, key('k')), anew)
  })

  test('with another body is refused, and nothing is changed', async () => {
    const desk = await Desk.open(world())
    const [code, other] = await desk.codes(2)
    await desk.redeem(code, 'pump-1', desk.member, key('k'))
    const before = await dump(world().database)
    for (const body of [other, UNKNOWN, 'short'])
      assert.equal(verdict(await desk.redeem(body, 'pump-1', desk.member, key('k'))), '422 idempotency-key-reused')
    assert.deepEqual(await dump(world().database), before)
  })
})

onEveryEngine('an Idempotency-Key', (world) => {
  for (const [length, status] of [[0, 422], [1, 200], [255, 200], [256, 422]] as const) {
    test(`of ${length} signs gets ${status}`, async () => {
      const desk = await Desk.open(world())
      const { status: got, body } = await desk.redeem(await desk.code(), 'pump-1', desk.member, key('k'.repeat(length)))
      assert.deepEqual([got, body.code], [status, status === 422 ? 'invalid' : undefined])
      assert.equal((await desk.license()).status, status === 422 ? 'none' : 'active')
    })
  }

  test('names one request of one caller on one address, and in one workspace', async () => {
    const [desk, other] = [await Desk.open(world(), { devices: ['pump-1', 'pump-2'] }), await Desk.open(world())]
    const [first, second] = await desk.codes(2, { maxDevices: 9 })
    const answers = [
      await desk.redeem(first, 'pump-1', desk.member, key('k')), await desk.redeem(first, 'pump-2', desk.member, key('k')),
      await desk.redeem(second, 'pump-1', desk.admin, key('k')), await desk.redeem(second, 'pump-1', desk.member, key('other')),
      await desk.redeem(first, 'pump-1', { ...desk.member, workspace: other.workspace }, key('k')),
    ]
    assert.deepEqual(answers.map(verdict), ['200 activated', '200 activated', '200 renewed', '200 already-redeemed', '422 idempotency-key-reused'])
    assert.equal((await other.license()).status, 'none')
  })

  test('covers the query of a request too', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const remove = ({ workspace }: Desk): Promise<Answered<Told>> =>
      world().ask<Told>({ role: 'host' }, 'DELETE', `/v1/host/devices/pump-1?workspace=${workspace}`, undefined, key('k'))
    assert.deepEqual([(await remove(desk)).status, verdict(await remove(other))], [200, '422 idempotency-key-reused'])
  })

  for (const name of ['', 'k'.repeat(256)]) {
    test(`of ${name.length} signs gets 422 also where nothing is kept`, async () => {
      const desk = await Desk.open(world())
      const code = await desk.code()
      const answers = [
        await world().ask<Told>(desk.member, 'POST', '/v1/devices/pump-1/voucher/preview', { code }, key(name)),
        await world().ask<Told>({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'ann', workspace: desk.workspace, roles: ['viewer'] }, key(name)),
      ]
      assert.deepEqual(answers.map(verdict), ['422 invalid', '422 invalid'])
    })
  }

  test('of a preview counts for nothing', async () => {
    const desk = await Desk.open(world())
    for (const code of await desk.codes(2)) {
      const answer = await world().ask<Told>(desk.member, 'POST', '/v1/devices/pump-1/voucher/preview', { code }, key('k'))
      assert.deepEqual([verdict(answer), isReplay(answer)], ['200 activated', false])
    }
  })

  test('of a request whose transaction failed was never used, and nothing else was done', async () => {
    const desk = await Desk.open(world())
    const { database } = world()
    const code = await desk.code()
    const before = await dump(database, BESIDES)
    const failed = await without(world(), 'audit', () => desk.redeem(code, 'pump-1', desk.member, key('k')))
    assert.equal(verdict(failed), '500 internal')
    assert.deepEqual(await dump(database, BESIDES), before)
    const anew = await desk.redeem(code, 'pump-1', desk.member, key('k'))
    assert.deepEqual([verdict(anew), isReplay(anew)], ['200 activated', false])
  })
})

onEveryEngine('issuing vouchers twice with one key', (world) => {
  test('tells the batch and the ids, never a code again', async () => {
    const desk = await Desk.open(world())
    const issue = (): Promise<Answered<{ code: string; batch: string; ids?: string[]; items: { id: string; code: string }[] }>> =>
      world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/vouchers', { count: 3, days: 30 }, key(desk.workspace))
    const first = await issue()
    const { batch, items } = first.body
    const after = await dump(world().database, ATTEMPTS)
    const again = await issue()
    assert.deepEqual([again.status, again.body.code, again.body.batch, again.body.ids], [409, 'already-issued', batch, items.map(({ id }) => id)])
    assert.ok(isReplay(again))
    assert.deepEqual(await dump(world().database, ATTEMPTS), after)
    for (const { code } of items) assert.ok(!JSON.stringify([again.body, after]).includes(code))
  })
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { policyOf } from '../../../bff/index.ts'
import { rounds } from '../../rounds.ts'
import { bringLegacy } from '../grace/legacy.ts'
import { assertBooks, assertCovers } from '../ledger/books.ts'
import { Desk } from '../vouchers/desk.ts'
import { onSharedEngines, type Racer, tally } from './arena.ts'
import type { Came, Redemption } from './racer.ts'

const names = Array.from({ length: 60 }, (_, index) => `d${index}`)

onSharedEngines('grace and trials, by two processes on one database', (arena) => {
  let racers: Racer[] = []
  before(async () => { racers = await Promise.all([arena().racer(), arena().racer()]) })
  after(async () => { await Promise.all(racers.map((racer) => racer.end({ kill: false }))) })

  const race = async (asks: readonly Redemption[]): Promise<Came[]> =>
    (await Promise.all(racers.map((racer, which) => racer.race(asks.filter((_, index) => index % 2 === which))))).flat()
  const press = (desk: Desk, path: string): Redemption => ({ workspace: desk.workspace, device: '', code: '', path })
  /** A workspace whose devices are all in the records of whom the racers send. */
  const open = async (): Promise<Desk> => {
    const desk = await Desk.open(arena().world, { devices: names })
    await bringLegacy(desk, ...names.map((name): [string, string, string, string] => [`${desk.workspace} racer`, name, 'W', 'S']))
    return desk
  }
  const grants = async (desk: Desk): Promise<{ device: string; kind: string }[]> => arena().world.database.db.selectFrom('grants')
    .select(['device_id as device', 'kind']).where('workspace_id', '=', desk.workspace).execute()
  const assertOrder = async (desk: Desk): Promise<void> => {
    await assertBooks(arena().world.database)
    await assertCovers(arena().world.database, policyOf(), desk.workspace)
  }

  test('for all, pressed eight times: every device has one, and each is told to have been started once', async () => {
    for (let round = 0; round < rounds(2); round += 1) {
      const desk = await open()
      const came = await race(Array.from({ length: 8 }, () => press(desk, '/v1/grace')))
      assert.deepEqual([came.map(({ status }) => status), came.reduce((sum, { started = 0 }) => sum + started, 0)], [Array(8).fill(200), names.length])
      assert.deepEqual((await grants(desk)).map(({ device, kind }) => `${device} ${kind}`).sort(), names.map((name) => `${name} grace`).sort())
      await assertOrder(desk)
    }
  })

  test('for all and one by one, in any order: nothing starts twice, and nobody waits in a circle', async () => {
    const desk = await open()
    const single = [...names].reverse().map((name) => press(desk, `/v1/devices/${name}/grace`))
    const came = await race([press(desk, '/v1/grace'), ...single.slice(0, 30), press(desk, '/v1/grace'), ...single.slice(30)])
    for (const { status, said } of came) assert.ok(status === 200 || said === 'grace-not-eligible', `${status} ${said}`)
    assert.equal(came.reduce((sum, { started, status }) => sum + (started ?? (status === 200 ? 1 : 0)), 0), names.length)
    assert.equal((await grants(desk)).length, names.length)
    await assertOrder(desk)
  })

  test('for all, while vouchers are redeemed: every voucher counts, no device has two graces, no day is lost', async () => {
    const desk = await open()
    const codes = await desk.codes(names.length, { days: 30 })
    const came = await race([...codes.map((code, index) => ({ workspace: desk.workspace, device: names[index] ?? '', code })), press(desk, '/v1/grace'), press(desk, '/v1/grace')])
    const { '200 activated': activated = 0, '200 renewed': renewed = 0 } = tally(came)
    assert.equal(activated + renewed, names.length)
    const started = came.reduce((sum, one) => sum + (one.started ?? 0), 0)
    const kinds = (await grants(desk)).map(({ kind }) => kind)
    assert.deepEqual([kinds.filter((kind) => kind === 'standard').length, kinds.filter((kind) => kind === 'grace').length, renewed], [names.length, started, started])
    await assertOrder(desk)
  })

  test('a trial, pressed forty times: one starts', async () => {
    const desk = await Desk.open(arena().world)
    const came = await race(Array.from({ length: 40 }, () => press(desk, '/v1/devices/pump-1/trial')))
    assert.deepEqual(tally(came), { '200 ': 1, '409 trial-not-eligible': 39 })
    assert.deepEqual(await grants(desk), [{ device: 'pump-1', kind: 'trial' }])
    await assertOrder(desk)
  })
})

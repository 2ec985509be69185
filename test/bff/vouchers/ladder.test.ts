import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { As } from '../engines.ts'
import { onEveryEngine } from '../engines.ts'
import { BESIDES, dump } from '../ledger/tables.ts'
import { Desk, UNKNOWN, verdict } from './desk.ts'

/** Devices: three of model P100, one of X9. */
const DEVICES = ['p', 'q', 'r', 'x']
const SOON = '2026-11-22T09:30:00.000Z'

/** What is asked: a code on a device, by somebody. */
interface Asked {
  code: string
  device: string
  as?: As
}

const used = async (desk: Desk, terms: object = {}): Promise<{ code: string; id: string }> => {
  const voucher = await desk.issue({ models: ['P100'], ...terms })
  assert.equal(verdict(await desk.redeem(voucher.code, 'p')), '200 activated')
  return voucher
}

/** Each row fails at its own rung and, where that can be, at every rung below. */
const LADDER: [name: string, expected: string, remedy: string | undefined, arrange: (desk: Desk) => Promise<Asked>][] = [
  ['a viewer, with what is no code, on no device', '403 role-required', undefined,
    async (desk) => ({ code: 'short', device: 'nowhere', as: desk.viewer })],
  ['what is no code, on no device', '422 voucher-malformed', 'check-code', async () => ({ code: 'short', device: 'nowhere' })],
  ['an unknown code on no device', '404 device-not-found', 'contact', async () => ({ code: UNKNOWN, device: 'nowhere' })],
  ['a revoked code that is early, of another model and workspace', '404 voucher-not-found', 'check-code', async (desk) => {
    const { code, id } = await desk.issue({ workspace: (await Desk.open(desk.world)).workspace, notBefore: SOON, models: ['P100'] })
    await desk.revoke(id)
    return { code, device: 'x' }
  }],
  ['a revoked code that is late, of another model and used', '404 voucher-not-found', 'check-code', async (desk) => {
    const { code, id } = await used(desk, { redeemBy: SOON })
    await desk.revoke(id)
    desk.now = SOON
    return { code, device: 'x' }
  }],
  ["another workspace's code that is late and of another model", '404 voucher-not-found', 'check-code', async (desk) => {
    const { code } = await desk.issue({ workspace: (await Desk.open(desk.world)).workspace, redeemBy: SOON, models: ['P100'] })
    desk.now = SOON
    return { code, device: 'x' }
  }],
  ['a code that is early, of another model and used', '409 voucher-not-yet-valid', 'wait', async (desk) => {
    desk.now = SOON
    const { code } = await used(desk, { notBefore: SOON })
    desk.now = '2026-11-21T09:30:00Z'
    return { code, device: 'x' }
  }],
  ['a code that is late, of another model and used', '409 voucher-expired', 'contact', async (desk) => {
    const { code } = await used(desk, { redeemBy: SOON })
    desk.now = SOON
    return { code, device: 'x' }
  }],
  ['a code of another model, and used', '409 voucher-wrong-model', 'contact', async (desk) => ({ code: (await used(desk)).code, device: 'x' })],
  ['a code of other models in other capitals', '409 voucher-wrong-model', 'contact',
    async (desk) => ({ code: (await desk.issue({ models: ['p100', 'P1000'] })).code, device: 'q' })],
  ['a code that is used', '409 voucher-used', 'contact', async (desk) => ({ code: (await used(desk)).code, device: 'q' })],
]

async function open(world: Parameters<typeof Desk.open>[0]): Promise<Desk> {
  const desk = await Desk.open(world, { devices: DEVICES })
  assert.equal(await desk.place('x', 'X9'), 200)
  return desk
}

onEveryEngine('refusing a voucher', (world) => {
  for (const [name, expected, remedy, arrange] of LADDER) {
    test(`${name}: ${expected}, and nothing is changed`, async () => {
      const desk = await open(world())
      const { code, device, as = desk.member } = await arrange(desk)
      const before = await dump(world().database, BESIDES)
      for (const ask of ['redeem', 'preview'] as const) {
        const answer = await desk[ask](code, device, as)
        assert.equal(verdict(answer), expected, ask)
        assert.equal(answer.body.remedy, remedy)
        assert.equal(answer.headers.get('content-type'), 'application/problem+json')
        assert.ok(!JSON.stringify(answer.body).includes(code), 'the answer echoes the code')
        assert.deepEqual(await dump(world().database, BESIDES), before)
      }
    })
  }

  test('a code that fits no longer fails when its reason is gone', async () => {
    const desk = await open(world())
    const code = await desk.code({ models: ['X9'], notBefore: SOON })
    const answers = [verdict(await desk.redeem(code, 'q'))]
    desk.now = SOON
    answers.push(verdict(await desk.redeem(code, 'q')), verdict(await desk.redeem(code, 'x')))
    assert.deepEqual(answers, ['409 voucher-not-yet-valid', '409 voucher-wrong-model', '200 activated'])
  })
})

const PAUSED: [name: string, expected: string, ask: (desk: Desk) => Asked][] = [
  ['a viewer', '403 role-required', (desk) => ({ code: UNKNOWN, device: 'p', as: desk.viewer })],
  ['what is no code', '422 voucher-malformed', () => ({ code: 'short', device: 'p' })],
  ['an unknown code on no device', '429 too-many-attempts', () => ({ code: UNKNOWN, device: 'nowhere' })],
  ['an unknown code', '429 too-many-attempts', () => ({ code: UNKNOWN, device: 'p' })],
]

onEveryEngine('while redeeming is paused', (world) => {
  for (const [name, expected, ask] of PAUSED) {
    test(`${name}: ${expected}`, async () => {
      const desk = await open(world())
      assert.equal(verdict(await desk.redeem(UNKNOWN, 'p')), '404 voucher-not-found')
      const { code, device, as } = ask(desk)
      for (const how of ['redeem', 'preview'] as const) assert.equal(verdict(await desk[how](code, device, as)), expected)
    })
  }
}, { attempts: { person: 1, workspace: 1000 } })

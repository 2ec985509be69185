import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../../bff/ids.ts'
import { insertKey } from '../../../bff/http/who.sql.ts'
import { newApiKey } from '../../../bff/http/who.ts'
import { type Answered, onEveryEngine, START } from '../engines.ts'
import { Desk, type Told, UNKNOWN, verdict } from './desk.ts'

const MINUTE = 60_000
const DEFAULTS = { attempts: { person: 10, workspace: 50, minutes: 15 } }
const iso = (at: number): string => new Date(at).toISOString()

/** Verdict and tries left of wrong codes, one after another. */
async function guess(desk: Desk, times: number, as = desk.member): Promise<Answered<Told>[]> {
  const answers: Answered<Told>[] = []
  for (let time = 0; time < times; time += 1) answers.push(await desk.redeem(UNKNOWN, 'pump-1', as))
  return answers
}

function assertPaused(answer: Answered<Told>, until: number, now: number): void {
  const { body, headers } = answer
  assert.equal(verdict(answer), '429 too-many-attempts')
  assert.deepEqual([body.retryAt, body.triesLeft, body.remedy], [iso(until), 0, 'wait'])
  assert.equal(headers.get('retry-after'), String(Math.ceil((until - now) / 1_000)))
}

/** What looked a code up and was refused; device x is of another model. */
const COUNTED: Record<string, (desk: Desk) => Promise<[code: string, device: string]>> = {
  'voucher-not-found': async () => [UNKNOWN, 'pump-1'],
  'voucher-not-yet-valid': async (desk) => [await desk.code({ notBefore: iso(START + 1) }), 'pump-1'],
  'voucher-expired': async (desk) => [await desk.code({ redeemBy: iso(START) }), 'pump-1'],
  'voucher-wrong-model': async (desk) => [await desk.code({ models: ['X9'] }), 'pump-1'],
  'voucher-used': async (desk) => {
    const code = await desk.code()
    await desk.redeem(code, 'pump-2')
    return [code, 'pump-1']
  },
}

onEveryEngine('refused look-ups', (world) => {
  test('are counted down, and the eleventh is refused until the first is a quarter of an hour old', async () => {
    const desk = await Desk.open(world())
    const answers = await guess(desk, 11)
    assert.deepEqual(answers.slice(0, 10).map(verdict), Array.from({ length: 10 }, () => '404 voucher-not-found'))
    assert.deepEqual(answers.map(({ body }) => body.triesLeft), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0])
    assertPaused(answers[10] as Answered<Told>, START + 15 * MINUTE, START)
    assert.equal(answers[10]?.headers.get('retry-after'), '900')
  })

  for (const [code, arrange] of Object.entries(COUNTED)) {
    test(`count: ${code}, also by preview`, async () => {
      const desk = await Desk.open(world(), { devices: ['pump-1', 'pump-2'] })
      const [which, device] = await arrange(desk)
      const answers = [await desk.redeem(which, device), await desk.preview(which, device), await desk.redeem(which, device)]
      assert.deepEqual(answers.map(({ body }) => [body.code, body.triesLeft]), [[code, 9], [code, 8], [code, 7]])
    })
  }

  test('are the only ones that count', async () => {
    const desk = await Desk.open(world())
    for (const code of await desk.codes(11, { days: 1 })) {
      for (const answer of [await desk.preview(code), await desk.redeem(code), await desk.redeem(code)]) assert.equal(answer.status, 200)
      assert.equal(verdict(await desk.redeem('short')), '422 voucher-malformed')
      assert.equal(verdict(await desk.redeem(code, 'nowhere')), '404 device-not-found')
      assert.equal(verdict(await desk.redeem(UNKNOWN, 'pump-1', desk.viewer)), '403 role-required')
    }
    assert.equal((await desk.redeem(UNKNOWN)).body.triesLeft, 9)
  })

  test('leave the window one by one, each exactly a quarter of an hour later', async () => {
    const desk = await Desk.open(world())
    for (let minute = 0; minute < 10; minute += 1) {
      world().now = START + minute * MINUTE
      await desk.redeem(UNKNOWN)
    }
    for (const before of [1_001, 1_000, 1]) {
      world().now = START + 15 * MINUTE - before
      assertPaused(await desk.redeem(UNKNOWN), START + 15 * MINUTE, world().now)
    }
    world().now = START + 15 * MINUTE
    assert.deepEqual((await guess(desk, 1)).map(({ body }) => body.triesLeft), [0])
    assertPaused(await desk.redeem(UNKNOWN), START + 16 * MINUTE, world().now)
    world().now = START + 18 * MINUTE
    assert.deepEqual((await guess(desk, 3)).map(({ body }) => body.triesLeft), [2, 1, 0])
    assertPaused(await desk.redeem(UNKNOWN), START + 19 * MINUTE, world().now)
  })

  test('while paused do not extend the pause, and a right code has to wait too', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code()
    await guess(desk, 10)
    for (let minute = 1; minute < 15; minute += 1) {
      world().now = START + minute * MINUTE
      for (const answer of [await desk.redeem(code), await desk.preview(code), await desk.redeem(UNKNOWN)])
        assertPaused(answer, START + 15 * MINUTE, world().now)
    }
    world().now = START + 15 * MINUTE
    assert.equal(verdict(await desk.redeem(code)), '200 activated')
    assert.equal((await desk.redeem(UNKNOWN)).body.triesLeft, 9)
  })

  test('pause their caller alone, in every workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    await guess(desk, 10)
    assert.equal((await guess(desk, 1, desk.as('member', 'colleague')))[0]?.body.triesLeft, 9)
    assert.equal((await guess(other, 1))[0]?.body.triesLeft, 9)
    assert.equal(verdict(await other.redeem(UNKNOWN, 'pump-1', { ...desk.member, workspace: other.workspace })), '429 too-many-attempts')
  })

  test('of an API key count for the key', async () => {
    const desk = await Desk.open(world())
    const key = newApiKey()
    const { hash, secretId } = await world().keyring.hash('key', key)
    await world().database.db.transaction().execute((trx) => insertKey(trx, {
      id: newId(START), hash, secret_id: secretId, role: 'member', workspace_id: desk.workspace, name: null, created_at: START, revoked_at: null,
    }))
    const byKey = (): Promise<Answered<Told>> => world().ask<Told>(null, 'POST', '/v1/devices/pump-1/voucher', { code: UNKNOWN }, { authorization: `Bearer ${key}` })
    for (let left = 9; left >= 0; left -= 1) assert.equal((await byKey()).body.triesLeft, left)
    assert.equal(verdict(await byKey()), '429 too-many-attempts')
    assert.equal((await guess(desk, 1))[0]?.body.triesLeft, 9)
  })

  test('of fifty in a workspace pause everybody there, and nobody elsewhere', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    for (let person = 0; person < 4; person += 1) await guess(desk, 10, desk.as('member', `person ${person}`))
    world().now = START + MINUTE
    await guess(desk, 5, desk.as('member', 'fifth'))
    assert.deepEqual((await guess(desk, 5, desk.as('member', 'sixth'))).map(({ body }) => body.triesLeft), [4, 3, 2, 1, 0])
    for (const as of [desk.admin, desk.as('member', 'sixth')]) assertPaused(await desk.redeem(UNKNOWN, 'pump-1', as), START + 15 * MINUTE, world().now)
    assert.equal((await guess(other, 1))[0]?.body.triesLeft, 9)
    world().now = START + 15 * MINUTE
    assert.equal((await guess(desk, 1, desk.admin))[0]?.body.triesLeft, 9)
  })

  test('of a caller and of the workspace together pause until both have room', async () => {
    const desk = await Desk.open(world())
    for (let person = 0; person < 4; person += 1) await guess(desk, 10, desk.as('member', `person ${person}`))
    world().now = START + 5 * MINUTE
    await guess(desk, 10)
    assertPaused(await desk.redeem(UNKNOWN), START + 20 * MINUTE, world().now)
    assertPaused(await desk.redeem(UNKNOWN, 'pump-1', desk.admin), START + 15 * MINUTE, world().now)
  })
}, DEFAULTS)

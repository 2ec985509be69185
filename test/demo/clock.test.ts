import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { demoOfSuite } from './demos.ts'

const DAY_MS = 86_400_000

interface Moved {
  status: number
  body: { now: string; code: string; errors: { pointer: string }[] }
}

function near(actual: string, wanted: number): void {
  assert.ok(Math.abs(Date.parse(actual) - wanted) < 10_000, `${actual} is far from ${new Date(wanted).toISOString()}`)
}

suite('POST /demo/clock', () => {
  const asked = demoOfSuite()
  const move = (body: object): Promise<Moved> => asked.api('POST', '/demo/clock', null, body)

  test('adds days, again and again', async () => {
    await move({})
    near((await move({ addDays: 30 })).body.now, Date.now() + 30 * DAY_MS)
    near((await move({ addDays: -31 })).body.now, Date.now() - DAY_MS)
  })

  test('moves to an instant, and comes back to real time', async () => {
    const wanted = '2031-02-03T04:05:06.000Z'
    const { status, body } = await move({ now: wanted })
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(body), ['now'])
    near(body.now, Date.parse(wanted))
    near((await move({ now: '2031-02-03T05:05:06+01:00' })).body.now, Date.parse(wanted))
    near((await move({})).body.now, Date.now())
  })

  test('is moved by every identity of the demo, and by nobody else', async () => {
    assert.equal((await asked.api('POST', '/demo/clock', 'demo-viewer', {})).status, 200)
    assert.equal((await asked.api('POST', '/demo/clock', 'nobody', { addDays: 1 })).status, 401)
    near(new Date(asked.demo.now()).toISOString(), Date.now())
  })

  test('keeps running from where it was moved to', async () => {
    const { body } = await move({ now: '2031-02-03T04:05:06.000Z' })
    const before = asked.demo.now()
    assert.ok(before >= Date.parse(body.now))
    while (asked.demo.now() === before) await new Promise(setImmediate)
    assert.ok(asked.demo.now() > before)
    await move({})
  })

  test('is the clock of the API too', async () => {
    await move({ addDays: 400 })
    const devices = await asked.devices()
    assert.ok(devices.filter(({ license }) => license.status === 'expired').length > 8)
    near(devices[0]?.license.now ?? '', Date.now() + 400 * DAY_MS)
    await move({})
  })

  for (const addDays of [36_500, -36_500]) {
    test(`takes ${addDays} days`, async () => {
      near((await move({ addDays })).body.now, Date.now() + addDays * DAY_MS)
      assert.equal((await asked.page('/')).status, 200)
      await move({})
    })
  }

  for (const [body, pointer] of [
    [{ addDays: 1.5 }, '/addDays'], [{ addDays: '5' }, '/addDays'], [{ addDays: 36_501 }, '/addDays'], [{ addDays: -36_501 }, '/addDays'],
    [{ addDays: null }, '/addDays'],
    [{ now: 'tomorrow' }, '/now'], [{ now: 5 }, '/now'], [{ now: '2026-02-30T00:00:00Z' }, '/now'], [{ now: '9999-01-01T00:00:00Z' }, '/now'],
    [{ addDays: 1, now: '2026-11-21T09:30:00.000Z' }, ''], [{ days: 1 }, '/days'], [{ addDays: 1, status: 'x' }, '/status'], [[], ''],
  ] as const) {
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const { status, body: problem } = await move(body)
      assert.deepEqual([status, problem.code, problem.errors[0]?.pointer], [422, 'invalid', pointer])
      near(new Date(asked.demo.now()).toISOString(), Date.now())
    })
  }

  test('refuses what is no JSON, by what is wrong with it', async () => {
    const post = (body: string, type = 'application/json'): Promise<{ status: number }> =>
      asked.ask('/demo/clock', { method: 'POST', body, headers: { 'content-type': type } })
    assert.equal((await post('')).status, 400)
    assert.equal((await post('{"addDays":')).status, 400)
    assert.equal((await post('{"addDays":1,"addDays":2}')).status, 400)
    assert.equal((await post('addDays=1', 'application/x-www-form-urlencoded')).status, 415)
    assert.equal((await post(`{"addDays":${' '.repeat(20_000)}1}`)).status, 413)
    assert.equal((await asked.ask('/demo/clock?addDays=1', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status, 422)
  })

  test('answers other methods with 405', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const { status, headers } = await asked.ask('/demo/clock', { method })
      assert.deepEqual([status, headers.get('allow'), headers.get('content-type')], [405, 'POST', 'application/problem+json'])
    }
  })
})

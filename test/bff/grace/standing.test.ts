import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DeviceView } from '../../../bff/ledger/view.ts'
import { GRACE_REASONS, graceReason, legacyStanding, type LegacyRecord } from '../../../bff/rules/index.ts'
import { rounds } from '../../rounds.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { bringLegacy, type Summary } from './legacy.ts'

const POLICY = { graceOpenUntil: '2026-11-30', models: { OVER: { graceOpenUntil: '2026-11-20' }, EVER: { graceOpenUntil: null } } }
const WINDOWS: Record<string, string | null> = { P100: '2026-11-30', OVER: '2026-11-20', EVER: null }
const DEVICES = ['a', 'b', 'c', 'd']

const record = fc.record({ account: fc.constantFrom('ours', 'also ours', 'theirs'), workspace: fc.constantFrom('W', 'W2'), site: fc.constantFrom('S', 'S2', 's') })
const device = fc.record({
  // Most are clear, so that the rest of the ladder is reached as often.
  records: fc.oneof(fc.constant([{ account: 'ours', workspace: 'W', site: 'S' }] as LegacyRecord[]), fc.array(record, { maxLength: 3 })) as fc.Arbitrary<LegacyRecord[]>, model: fc.constantFrom(...Object.keys(WINDOWS)), planned: fc.boolean(),
  // Nothing, what covers now, what has ended, and a grace that has ended.
  history: fc.constantFrom(null, null, ['standard', '2026-01-01', '2026-12-31'], ['standard', '2025-01-01', '2025-12-31'], ['grace', '2026-01-01', '2026-03-01']),
})
const worlds = fc.record({ devices: fc.array(device, { minLength: DEVICES.length, maxLength: DEVICES.length }), today: fc.constantFrom('2026-11-21', '2026-11-30', '2026-12-01') })

onEveryEngine('where devices of the legacy records stand', (world) => {
  test('is what the rules say, in every licence, list, count and press', async () => {
    const seen = new Set<string>()
    await fc.assert(fc.asyncProperty(worlds, async ({ devices, today }) => {
      const desk = await Desk.open(world(), { devices: DEVICES })
      const account = (name: string): string => `${desk.workspace} ${name}`
      const isOurs = (name: string): boolean => name === account('ours') || name === account('also ours')
      const records = devices.map((one) => one.records.map((row): LegacyRecord => ({ ...row, account: account(row.account) })))
      for (const subject of [account('ours'), account('also ours')]) await world().ask({ role: 'viewer', workspace: desk.workspace, subject }, 'GET', '/v1/me')
      await bringLegacy(desk, ...records.flatMap((rows, index) => rows.map((row): [string, string, string, string] => [row.account, DEVICES[index] ?? '', row.workspace, row.site])))
      for (const [index, { model, planned, history }] of devices.entries()) {
        const id = DEVICES[index] ?? ''
        await desk.place(id, model)
        if (!planned) await world().ask(desk.admin, 'PUT', `/v1/devices/${id}/renewal`, { planned })
        const [kind = '', firstDay = '', lastDay = ''] = history ?? []
        if (history !== null) assert.equal(await desk.sell({ device: id, kind, firstDay, lastDay }), 200)
      }
      desk.now = `${today}T12:00Z`

      const expected = devices.map(({ model, history }, index) => graceReason({
        legacy: records[index] ?? [], isOurs, used: history?.[0] === 'grace', covered: history?.[2] === '2026-12-31', today, openUntil: WINDOWS[model] ?? null,
      }))
      expected.forEach((reason) => seen.add(reason))
      const { body: { items } } = await world().ask<{ items: DeviceView[] }>(desk.viewer, 'GET', '/v1/devices')
      assert.deepEqual(items.map(({ license: { grace } }) => [grace.reason, grace.eligible]), expected.map((reason) => [reason, reason === 'eligible']))
      for (const [index, id] of DEVICES.entries()) assert.equal((await desk.license(id)).grace.reason, expected[index])

      const count = (wanted: string): number => expected.filter((reason) => reason === wanted).length
      const { body: { alerts, grace } } = await world().ask<Summary>(desk.viewer, 'GET', '/v1/summary')
      const reasons = GRACE_REASONS.filter((reason) => reason !== 'eligible' && reason !== 'not-legacy' && count(reason) > 0)
      assert.deepEqual(grace, { eligible: count('eligible'), byReason: Object.fromEntries(reasons.map((reason) => [reason, count(reason)])) })
      const warned = DEVICES.filter((_, index) => expected[index] === 'eligible' && devices[index]?.planned === true)
      const { body: listed } = await world().ask<{ items: DeviceView[] }>(desk.viewer, 'GET', '/v1/devices?alert=grace')
      assert.deepEqual([listed.items.map(({ id }) => id), alerts.grace], [warned, warned.length])

      const { body: pressed } = await world().ask<{ started: number; items: { deviceId: string; outcome: string }[] }>(desk.member, 'POST', '/v1/grace')
      const told = DEVICES.flatMap((deviceId, index) => (expected[index] === 'not-legacy' ? [] : [{ deviceId, outcome: expected[index] === 'eligible' ? 'started' : expected[index] }]))
      assert.deepEqual([pressed.started, pressed.items.map(({ deviceId, outcome }) => ({ deviceId, outcome }))], [count('eligible'), told])
    }), { numRuns: rounds(15), seed: 20_261_121 })
    assert.deepEqual([...seen].sort(), [...GRACE_REASONS].sort())
  })

  test('is by the records alone, until the rest has to be asked', () => {
    const row = { account: 'a', workspace: 'W', site: 'S' }
    for (const [legacy, ours, standing] of [
      [[], true, 'not-legacy'], [[row], false, 'claimed-by-other'], [[row, { ...row, workspace: 'W2' }], true, 'in-several-workspaces'],
      [[row, { ...row, site: 'S2' }], true, 'in-several-sites'], [[row, { ...row, account: 'b' }], true, 'clear'],
    ] as const) assert.equal(legacyStanding(legacy, () => ours), standing)
  })
}, POLICY)

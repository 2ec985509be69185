import assert from 'node:assert/strict'
import test from 'node:test'
import { latestGrant, undoReason, undoUntil, type UndoGrant, type UndoReason } from '../../bff/rules/index.ts'
import { iso, ms } from './build.ts'

const at = (id: string, from: string, more: Partial<UndoGrant> = {}): UndoGrant & { id: string } =>
  ({ id, from: ms(from), at: ms(from), undone: false, voucherId: 'v', ...more })

const LATEST: readonly [name: string, ledger: (UndoGrant & { id: string })[], id: string | null][] = [
  ['nothing of an empty ledger', [], null],
  ['nothing where all is undone', [at('a', '2026-01-01', { undone: true })], null],
  ['the only one', [at('a', '2026-01-01')], 'a'],
  ['the one with the latest start, appended last', [at('a', '2026-01-01'), at('b', '2026-02-01')], 'b'],
  ['the one with the latest start, appended first', [at('b', '2026-02-01'), at('a', '2026-01-01')], 'b'],
  ['the last appended of equal starts', [at('a', '2026-01-01'), at('b', '2026-01-01')], 'b'],
  ['the last that counts of equal starts', [at('a', '2026-01-01'), at('b', '2026-01-01', { undone: true })], 'a'],
  ['the one before an undone one', [at('a', '2026-01-01'), at('b', '2026-02-01', { undone: true })], 'a'],
  ['a grant without a voucher too', [at('a', '2026-01-01'), at('b', '2026-02-01', { voucherId: null })], 'b'],
]
for (const [name, ledger, id] of LATEST) {
  test(`the latest grant is ${name}`, () => assert.equal(latestGrant(ledger)?.id ?? null, id))
}

const GRANT = at('a', '2026-01-10T15:30Z')
const UNTIL = undoUntil(GRANT.at, 7, 'UTC')

test('a redemption can be undone to the end of the seventh date after it', () => {
  assert.equal(iso(UNTIL), '2026-01-18T00:00Z')
  assert.equal(iso(undoUntil(GRANT.at, 0, 'Pacific/Auckland')), '2026-01-11T11:00Z')
})

const NONE_UNDONE = { undone: 0, maxDevices: 1 }
const REASONS: readonly [
  name: string, grant: UndoGrant | null, voucher: { undone: number; maxDevices: number } | null, now: string, reason: UndoReason,
][] = [
  ['nothing is there to undo', null, null, '2026-01-11', 'no-grant'],
  ['nothing is there to undo, long after', null, NONE_UNDONE, '2030-01-01', 'no-grant'],
  ['an imported grant or a trial', { ...GRANT, voucherId: null }, null, '2026-01-11', 'not-a-voucher'],
  ['a grant without a voucher, long after', { ...GRANT, voucherId: null }, NONE_UNDONE, '2030-01-01', 'not-a-voucher'],
  ['a voucher that cannot be found', GRANT, null, '2026-01-11', 'not-a-voucher'],
  ['just redeemed', GRANT, NONE_UNDONE, '2026-01-10T15:30Z', 'possible'],
  ['a millisecond before the window closes', GRANT, NONE_UNDONE, '2026-01-17T23:59:59.999Z', 'possible'],
  ['as the window closes', GRANT, NONE_UNDONE, '2026-01-18', 'too-late'],
  ['as the window closes, and undone too often', GRANT, { undone: 1, maxDevices: 1 }, '2026-01-18', 'too-late'],
  ['undone as often as it has devices', GRANT, { undone: 3, maxDevices: 3 }, '2026-01-11', 'undone-too-often'],
  ['undone more often than it has devices', GRANT, { undone: 4, maxDevices: 3 }, '2026-01-11', 'undone-too-often'],
  ['undone once less than it has devices', GRANT, { undone: 2, maxDevices: 3 }, '2026-01-11', 'possible'],
]
for (const [name, grant, voucher, now, reason] of REASONS) {
  test(`undoing is ${reason}: ${name}`, () => assert.equal(undoReason(grant, voucher, UNTIL, ms(now)), reason))
}

import assert from 'node:assert/strict'
import test from 'node:test'
import { VOUCHER_REFUSALS, voucherRefusal, type Voucher, type VoucherRefusal } from '../../bff/rules/index.ts'
import { ms, pairs, subsets } from './build.ts'

const NOW = ms('2026-03-01T12:00Z')
const DEVICE = { workspace: 'w1', model: 'm1' }
const GOOD: Voucher = {
  days: 365, maxDevices: 1, models: null, workspace: null, notBefore: null, redeemBy: null, revoked: false,
  used: 0, freed: 0, reuseUntil: null, undone: 0,
}

/** What makes a voucher refused for each reason. */
const FAULTS: Record<VoucherRefusal, Partial<Voucher>> = {
  'voucher-not-found': { revoked: true },
  'voucher-not-yet-valid': { notBefore: NOW + 1 },
  'voucher-expired': { redeemBy: NOW },
  'voucher-wrong-model': { models: ['m2'] },
  'voucher-used': { used: 1 },
}

test('a voucher without limits is redeemed', () => assert.equal(voucherRefusal(GOOD, DEVICE, NOW), null))

for (const [first, later] of pairs(VOUCHER_REFUSALS)) {
  test(`${first} is said before ${later}`, () => {
    assert.equal(voucherRefusal({ ...GOOD, ...FAULTS[later], ...FAULTS[first] }, DEVICE, NOW), first)
    assert.equal(voucherRefusal({ ...GOOD, ...FAULTS[later] }, DEVICE, NOW), later)
  })
}

test('of any faults together the first of the ladder is said', () => {
  for (const faults of subsets(VOUCHER_REFUSALS)) {
    const voucher = Object.assign({}, GOOD, ...faults.map((fault) => FAULTS[fault])) as Voucher
    assert.equal(voucherRefusal(voucher, DEVICE, NOW), faults[0] ?? null)
  }
})

test('an unknown voucher, a revoked one and that of another workspace look the same, whatever else is wrong', () => {
  const wrong = Object.assign({}, GOOD, ...Object.values(FAULTS), { revoked: false }) as Voucher
  assert.equal(voucherRefusal(null, DEVICE, NOW), 'voucher-not-found')
  assert.equal(voucherRefusal({ ...wrong, revoked: true }, DEVICE, NOW), 'voucher-not-found')
  assert.equal(voucherRefusal({ ...wrong, workspace: 'w2' }, DEVICE, NOW), 'voucher-not-found')
})

const LIMITS: readonly [name: string, voucher: Partial<Voucher>, refusal: VoucherRefusal | null][] = [
  ['of this workspace', { workspace: 'w1' }, null],
  ['of another workspace', { workspace: 'w2' }, 'voucher-not-found'],
  ['a millisecond before its first instant', { notBefore: NOW + 1 }, 'voucher-not-yet-valid'],
  ['at its first instant', { notBefore: NOW }, null],
  ['after its first instant', { notBefore: NOW - 1 }, null],
  ['a millisecond before redeem-by', { redeemBy: NOW + 1 }, null],
  ['at redeem-by', { redeemBy: NOW }, 'voucher-expired'],
  ['after redeem-by', { redeemBy: NOW - 1 }, 'voucher-expired'],
  ['for this model among others', { models: ['m2', 'm1'] }, null],
  ['for other models', { models: ['m2', 'm3'] }, 'voucher-wrong-model'],
  ['for no model at all', { models: [] }, 'voucher-wrong-model'],
  ['with one use left of five', { maxDevices: 5, used: 4 }, null],
  ['with five uses of five', { maxDevices: 5, used: 5 }, 'voucher-used'],
  ['with more uses than allowed', { maxDevices: 5, used: 6 }, 'voucher-used'],
  ['undone, past redeem-by, in the last millisecond for using it again', { redeemBy: NOW - 1, freed: 1, reuseUntil: NOW + 1 }, null],
  ['undone, past redeem-by, as the time for using it again ends', { redeemBy: NOW - 1, freed: 1, reuseUntil: NOW }, 'voucher-expired'],
  ['undone and used again, past redeem-by', { redeemBy: NOW - 1, freed: 0, reuseUntil: NOW + 1 }, 'voucher-expired'],
  ['past redeem-by with a freed use that has no time', { redeemBy: NOW - 1, freed: 1, reuseUntil: null }, 'voucher-expired'],
  ['undone, within redeem-by', { redeemBy: NOW + 1, freed: 1, reuseUntil: NOW }, null],
  ['undone, but not valid yet', { notBefore: NOW + 1, freed: 1, reuseUntil: NOW + 1 }, 'voucher-not-yet-valid'],
  ['undone, but revoked since', { revoked: true, freed: 1, reuseUntil: NOW + 1 }, 'voucher-not-found'],
  ['undone, but for another model', { redeemBy: NOW, freed: 1, reuseUntil: NOW + 1, models: ['m2'] }, 'voucher-wrong-model'],
]
for (const [name, voucher, refusal] of LIMITS) {
  test(`a voucher ${name} is ${refusal === null ? 'redeemed' : `refused as ${refusal}`}`, () => {
    assert.equal(voucherRefusal({ ...GOOD, ...voucher }, DEVICE, NOW), refusal)
  })
}

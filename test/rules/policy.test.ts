import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import {
  allFeatures, DEFAULT_POLICY, FEATURES, openFeatures, policyFor, STATUSES, type Policy, type Status,
} from '../../bff/rules/index.ts'

const ALL = ['listing', 'dashboard', 'history', 'functions', 'automation', 'integrations', 'site-analytics', 'reports']
const OPEN: Record<Status, string[]> = { none: ['listing'], active: ALL, expiring: ALL, grace: ALL, expired: ['listing'] }

for (const status of STATUSES) {
  test(`the status ${status} opens ${OPEN[status].length} of the built-in features`, () => {
    assert.deepEqual(openFeatures(DEFAULT_POLICY, status), OPEN[status])
  })
}

test("a host's own features follow the built-in ones and open where they say", () => {
  const map = { id: 'map', openIn: ['expired', 'active'] } as const
  const policy: Policy = { ...DEFAULT_POLICY, features: [map] }
  assert.deepEqual(allFeatures(DEFAULT_POLICY), FEATURES)
  assert.deepEqual(allFeatures(policy), [...FEATURES, map])
  const two = allFeatures({ ...policy, features: [{ id: 'never', openIn: [] }, map] })
  assert.deepEqual(two.map((feature) => feature.id), [...ALL, 'never', 'map'])
  assert.deepEqual(STATUSES.filter((status) => openFeatures(policy, status).includes('map')), ['active', 'expired'])
  assert.deepEqual(openFeatures(policy, 'expired'), ['listing', 'map'])
})

test('a model overrides the numbers it names and keeps the others', () => {
  const policy: Policy = { ...DEFAULT_POLICY, models: { m1: { trialDays: 0, expiringWithinDays: 14 } } }
  const { trialDays, expiringWithinDays, graceDays, undoDays, graceOpenUntil } = policyFor(policy, 'm1')
  assert.deepEqual([trialDays, expiringWithinDays, graceDays, undoDays, graceOpenUntil], [0, 14, 60, 7, null])
  assert.equal(policyFor(policy, 'm2').trialDays, 180)
  assert.equal(policy.trialDays, 180)
})

test('a model whose name is that of an inherited property has the general numbers', () => {
  for (const model of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    assert.equal(policyFor(DEFAULT_POLICY, model), DEFAULT_POLICY)
  }
})

const README = readFileSync(new URL('../../bff/rules/README.md', import.meta.url), 'utf8')

test('the page of the rules names each rule once, in order', () => {
  const numbers = [...README.matchAll(/^- \*\*R(\d+)\*\*/gm)].map((match) => Number(match[1]))
  assert.deepEqual(numbers, Array.from({ length: 33 }, (_, index) => index + 1))
})

test("the page's policy table has the defaults of the code", () => {
  const table = new Map([...README.matchAll(/^\| `(\w+)` \| (.+?) \|/gm)].map((match) => [match[1], match[2]]))
  const { models, features, attempts, ...plain } = DEFAULT_POLICY
  for (const [name, value] of Object.entries(plain)) {
    const shown = value === null ? 'none' : value === false ? 'off' : Array.isArray(value) ? value.join(', ') : String(value)
    assert.equal(table.get(name), shown, name)
  }
  assert.equal(table.get('attempts'), `${attempts.person} a caller, ${attempts.workspace} a workspace, ${attempts.minutes} minutes`)
  assert.deepEqual([table.get('features'), table.get('models')], ['none', 'none'])
  assert.deepEqual([features, models], [[], {}])
  assert.deepEqual([...table.keys()].sort(), Object.keys(DEFAULT_POLICY).sort())
})

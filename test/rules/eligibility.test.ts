import assert from 'node:assert/strict'
import test from 'node:test'
import {
  GRACE_REASONS, graceReason, TRIAL_REASONS, trialReason,
  type GraceFacts, type GraceReason, type LegacyRecord, type TrialFacts, type TrialReason,
} from '../../bff/rules/index.ts'
import { pairs, subsets } from './build.ts'

const TRIAL: TrialFacts = { used: false, covered: false, trialDays: 180, seenBefore: false, startedInWorkspace: 0, limit: null }
const TRIAL_FAULTS: Record<Exclude<TrialReason, 'eligible'>, Partial<TrialFacts>> = {
  'already-used': { used: true },
  'already-licensed': { covered: true },
  'model-excluded': { trialDays: 0 },
  'seen-before': { seenBefore: true },
  'workspace-limit': { limit: 3, startedInWorkspace: 3 },
}
const trialFaults = TRIAL_REASONS.filter((reason) => reason !== 'eligible')

for (const [first, later] of pairs(trialFaults)) {
  test(`for a trial ${first} is said before ${later}`, () => {
    assert.equal(trialReason({ ...TRIAL, ...TRIAL_FAULTS[first], ...TRIAL_FAULTS[later] }), first)
    assert.equal(trialReason({ ...TRIAL, ...TRIAL_FAULTS[later] }), later)
  })
}

test('for a trial the first reason that fits is said, eligible where none does', () => {
  for (const faults of subsets(trialFaults)) {
    const facts = Object.assign({}, TRIAL, ...faults.map((fault) => TRIAL_FAULTS[fault])) as TrialFacts
    assert.equal(trialReason(facts), faults[0] ?? 'eligible')
  }
})

const LIMITS: readonly [limit: number | null, started: number, reason: TrialReason][] = [
  [null, 0, 'eligible'], [null, 10_000, 'eligible'], [0, 0, 'workspace-limit'], [3, 2, 'eligible'],
  [3, 3, 'workspace-limit'], [3, 4, 'workspace-limit'],
]
for (const [limit, startedInWorkspace, reason] of LIMITS) {
  test(`with a limit of ${limit ?? 'no'} trials and ${startedInWorkspace} started, one more is ${reason}`, () => {
    assert.equal(trialReason({ ...TRIAL, limit, startedInWorkspace }), reason)
  })
}

test('a trial of one day is a trial', () => assert.equal(trialReason({ ...TRIAL, trialDays: 1 }), 'eligible'))

const HERE: LegacyRecord = { account: 'ours', workspace: 'w1', site: 's1' }
const GRACE: GraceFacts = {
  legacy: [HERE], isOurs: (account) => account === 'ours', used: false, covered: false, today: '2026-03-01', openUntil: null,
}
/** Each fault changes the facts that the others left, so that they can stand together. */
const GRACE_FAULTS: Record<Exclude<GraceReason, 'eligible'>, (facts: GraceFacts) => GraceFacts> = {
  'not-legacy': (facts) => ({ ...facts, legacy: [] }),
  'claimed-by-other': (facts) => ({ ...facts, isOurs: () => false }),
  'in-several-workspaces': (facts) => ({ ...facts, legacy: [...facts.legacy, { ...HERE, workspace: 'w2' }] }),
  'in-several-sites': (facts) => ({ ...facts, legacy: [...facts.legacy, { ...HERE, site: 's2' }] }),
  'already-used': (facts) => ({ ...facts, used: true }),
  'already-licensed': (facts) => ({ ...facts, covered: true }),
  'window-closed': (facts) => ({ ...facts, openUntil: '2026-02-28' }),
}
const graceFaults = GRACE_REASONS.filter((reason) => reason !== 'eligible')

for (const [first, later] of pairs(graceFaults)) {
  test(`for grace ${first} is said before ${later}`, () => {
    assert.equal(graceReason(GRACE_FAULTS[first](GRACE_FAULTS[later](GRACE))), first)
    assert.equal(graceReason(GRACE_FAULTS[later](GRACE)), later)
  })
}

test('for grace the first reason that fits is said, eligible where none does', () => {
  for (const faults of subsets(graceFaults)) {
    const facts = faults.reduceRight((before, fault) => GRACE_FAULTS[fault](before), GRACE)
    assert.equal(graceReason(facts), faults[0] ?? 'eligible')
  }
})

const RECORDS: readonly [name: string, legacy: readonly LegacyRecord[], reason: GraceReason][] = [
  ['one account of ours', [HERE], 'eligible'],
  ['another account only', [{ ...HERE, account: 'theirs' }], 'claimed-by-other'],
  ['another account beside ours, at the same place', [{ ...HERE, account: 'theirs' }, HERE], 'eligible'],
  ['accounts of others in two workspaces', [{ ...HERE, account: 'a' }, { ...HERE, account: 'b', workspace: 'w2' }],
    'claimed-by-other'],
  ['the same record twice', [HERE, HERE], 'eligible'],
  ['our account in two workspaces', [HERE, { ...HERE, workspace: 'w2' }], 'in-several-workspaces'],
  ['another account in another workspace', [HERE, { account: 'theirs', workspace: 'w2', site: 's1' }],
    'in-several-workspaces'],
  ['two workspaces and two sites', [HERE, { ...HERE, workspace: 'w2', site: 's2' }], 'in-several-workspaces'],
  ['two sites of one workspace', [HERE, { ...HERE, site: 's2' }], 'in-several-sites'],
]
for (const [name, legacy, reason] of RECORDS) {
  test(`a serial number in the legacy records with ${name} is ${reason}`, () => {
    assert.equal(graceReason({ ...GRACE, legacy }), reason)
  })
}

const WINDOW: readonly [openUntil: string | null, reason: GraceReason][] = [
  [null, 'eligible'], ['2026-03-02', 'eligible'], ['2026-03-01', 'eligible'],
  ['2026-02-28', 'window-closed'], ['2025-12-31', 'window-closed'],
]
for (const [openUntil, reason] of WINDOW) {
  test(`on 2026-03-01 grace that is open until ${openUntil ?? 'ever'} is ${reason}`, () => {
    assert.equal(graceReason({ ...GRACE, openUntil }), reason)
  })
}

import assert from 'node:assert/strict'
import test from 'node:test'
import {
  ACTIONS, actionsFor, GRACE_REASONS, holds, ROLES, STATUSES, TRIAL_REASONS, UNDO_REASONS, WORKSPACE_ROLES,
  type Action, type Role, type Status, type WorkspaceRole,
} from '../../bff/rules/index.ts'

const HELD: Record<Role, WorkspaceRole[]> = {
  viewer: ['viewer'], member: ['viewer', 'member'], admin: ['viewer', 'member', 'admin'], vendor: [], host: [], gateway: [],
}
for (const role of ROLES) {
  test(`${role} holds ${HELD[role].join(', ') || 'no role of a workspace'}`, () => {
    assert.deepEqual(WORKSPACE_ROLES.filter((one) => holds([role], one)), HELD[role])
  })
}

test('the highest of several roles counts, whatever their order', () => {
  assert.ok(holds(['viewer', 'admin'], 'member'))
  assert.ok(holds(['admin', 'viewer'], 'admin'))
  assert.ok(holds(['vendor', 'member'], 'member'))
  assert.ok(!holds(['vendor', 'member'], 'admin'))
  assert.ok(!holds([], 'viewer'))
})

const NOTHING = { trial: 'already-used', grace: 'not-legacy', undo: 'no-grant' } as const
const EVERYTHING = { trial: 'eligible', grace: 'eligible', undo: 'possible' } as const

const OFFERED: readonly [name: string, status: Status, roles: Role[], few: Action[], all: Action[]][] = [
  ['nobody', 'none', [], ['contact'], ['contact']],
  ['a viewer', 'expired', ['viewer'], ['contact'], ['contact']],
  ['a vendor', 'expired', ['vendor'], ['contact'], ['contact']],
  ['a member without licence', 'none', ['member'], ['activate', 'contact'], ['activate', 'start-trial', 'start-grace', 'contact']],
  ['a member', 'active', ['member'], ['renew', 'contact'], ['renew', 'start-trial', 'start-grace', 'contact']],
  ['an admin without licence', 'none', ['admin'], ['activate', 'contact'], ['activate', 'start-trial', 'start-grace', 'undo', 'contact']],
  ['an admin', 'expired', ['admin'], ['renew', 'contact'], ['renew', 'start-trial', 'start-grace', 'undo', 'contact']],
]
for (const [name, status, roles, few, all] of OFFERED) {
  test(`${name} (${status}) is offered ${few.join(', ')}, and at best ${all.join(', ')}`, () => {
    assert.deepEqual(actionsFor({ status, ...NOTHING }, roles), few)
    assert.deepEqual(actionsFor({ status, ...EVERYTHING }, roles), all)
  })
}

for (const status of STATUSES) {
  test(`in the status ${status} a member can always redeem, and anybody make contact`, () => {
    const wanted = status === 'none' ? 'activate' : 'renew'
    assert.deepEqual(actionsFor({ status, ...NOTHING }, ['member']), [wanted, 'contact'])
    assert.deepEqual(actionsFor({ status, ...NOTHING }, ['viewer']), ['contact'])
  })
}

test('only the one reason that allows it offers an action', () => {
  const offered = (more: Partial<Parameters<typeof actionsFor>[0]>): Action[] =>
    actionsFor({ status: 'expired', ...NOTHING, ...more }, ['admin']).filter((action) => action !== 'renew' && action !== 'contact')
  for (const trial of TRIAL_REASONS) assert.deepEqual(offered({ trial }), trial === 'eligible' ? ['start-trial'] : [])
  for (const grace of GRACE_REASONS) assert.deepEqual(offered({ grace }), grace === 'eligible' ? ['start-grace'] : [])
  for (const undo of UNDO_REASONS) assert.deepEqual(offered({ undo }), undo === 'possible' ? ['undo'] : [])
})

test('actions come in the order of their list', () => {
  const all = actionsFor({ status: 'none', ...EVERYTHING }, ['admin'])
  assert.deepEqual(all, ACTIONS.filter((action) => all.includes(action)))
})

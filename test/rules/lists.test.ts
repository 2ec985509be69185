import assert from 'node:assert/strict'
import test from 'node:test'
import {
  CODE_FAULTS, GRACE_REASONS, KINDS, ROLES, STATUSES, TRIAL_REASONS, UNDO_REASONS, VOUCHER_OUTCOMES, VOUCHER_REFUSALS,
  WORKSPACE_ROLES,
} from '../../bff/rules/index.ts'

const LISTS: readonly [name: string, list: readonly string[], words: string][] = [
  ['kinds, best first', KINDS, 'standard trial grace'],
  ['statuses', STATUSES, 'none active expiring grace expired'],
  ['roles', ROLES, 'viewer member admin vendor host gateway'],
  ['roles of a workspace, lowest first', WORKSPACE_ROLES, 'viewer member admin'],
  ['reasons of a trial, first match first', TRIAL_REASONS,
    'already-used already-licensed model-excluded seen-before workspace-limit eligible'],
  ['reasons of grace, first match first', GRACE_REASONS,
    'not-legacy claimed-by-other in-several-workspaces in-several-sites already-used already-licensed window-closed eligible'],
  ['refusals of a voucher, first match first', VOUCHER_REFUSALS,
    'voucher-not-found voucher-not-yet-valid voucher-expired voucher-wrong-model voucher-used'],
  ['outcomes of a voucher', VOUCHER_OUTCOMES, 'activated renewed already-redeemed'],
  ['reasons of an undo, first match first', UNDO_REASONS, 'no-grant not-a-voucher too-late undone-too-often possible'],
  ['faults of a code', CODE_FAULTS, 'empty length signs lower-case check'],
]
for (const [name, list, words] of LISTS) {
  test(`the list of ${name} is as the rules have it`, () => assert.equal(list.join(' '), words))
}

import type { Action, GraceReason, Status, TrialReason, UndoReason, WorkspaceRole } from './lists.ts'
import { WORKSPACE_ROLES } from './lists.ts'

/** Whether somebody holds a role, or a higher one of the workspace (R31). */
export function holds(roles: readonly string[], role: WorkspaceRole): boolean {
  return WORKSPACE_ROLES.slice(WORKSPACE_ROLES.indexOf(role)).some((one) => roles.includes(one))
}

/** What somebody with these roles may do about a licence (R31): exactly one of `activate` and `renew` for members. */
export function actionsFor(
  license: { status: Status; trial: TrialReason; grace: GraceReason; undo: UndoReason }, roles: readonly string[],
): Action[] {
  const actions: Action[] = []
  if (holds(roles, 'member')) {
    actions.push(license.status === 'none' ? 'activate' : 'renew')
    if (license.trial === 'eligible') actions.push('start-trial')
    if (license.grace === 'eligible') actions.push('start-grace')
  }
  if (holds(roles, 'admin') && license.undo === 'possible') actions.push('undo')
  actions.push('contact')
  return actions
}

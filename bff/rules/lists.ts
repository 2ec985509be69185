/** The closed lists of the licensing rules. Everything that names a status, kind or reason derives from these. */

/** Kinds of grant, best first (R5, R8). */
export const KINDS = ['standard', 'trial', 'grace'] as const
export type Kind = (typeof KINDS)[number]

/** Where a grant came from (R5). */
export const SOURCES = ['voucher', 'trial', 'grace', 'import'] as const
export type Source = (typeof SOURCES)[number]

/** States of a licence (R7). */
export const STATUSES = ['none', 'active', 'expiring', 'grace', 'expired'] as const
export type Status = (typeof STATUSES)[number]

/** What a person may do about a licence, in the order in which it is offered. */
export const ACTIONS = ['activate', 'renew', 'start-trial', 'start-grace', 'undo', 'contact'] as const
export type Action = (typeof ACTIONS)[number]

/** Roles (R31). The first three belong to a workspace, each holding the rights of those before it. */
export const ROLES = ['viewer', 'member', 'admin', 'vendor', 'host', 'gateway'] as const
export type Role = (typeof ROLES)[number]

/** Roles that a person or key has inside one workspace (R31). */
export const WORKSPACE_ROLES = ['viewer', 'member', 'admin'] as const satisfies readonly Role[]
export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number]

/** Why a device may or may not have its first-device trial, first match wins (R22). */
export const TRIAL_REASONS = [
  'already-used', 'already-licensed', 'model-excluded', 'seen-before', 'workspace-limit', 'eligible',
] as const
export type TrialReason = (typeof TRIAL_REASONS)[number]

/** Why a device may or may not have migration grace, first match wins (R24). */
export const GRACE_REASONS = [
  'not-legacy', 'claimed-by-other', 'in-several-workspaces', 'in-several-sites', 'already-used', 'already-licensed',
  'window-closed', 'eligible',
] as const
export type GraceReason = (typeof GRACE_REASONS)[number]

/** Why a voucher is refused once it was looked up, first match wins (R17). `voucher-not-found` covers revoked ones too. */
export const VOUCHER_REFUSALS = [
  'voucher-not-found', 'voucher-not-yet-valid', 'voucher-expired', 'voucher-wrong-model', 'voucher-used',
] as const
export type VoucherRefusal = (typeof VOUCHER_REFUSALS)[number]

/** What redeeming did (R17). */
export const VOUCHER_OUTCOMES = ['activated', 'renewed', 'already-redeemed'] as const
export type VoucherOutcome = (typeof VOUCHER_OUTCOMES)[number]

/** Why the latest grant cannot be undone, first match wins (R20). */
export const UNDO_REASONS = ['no-grant', 'not-a-voucher', 'too-late', 'undone-too-often', 'possible'] as const
export type UndoReason = (typeof UNDO_REASONS)[number]

/** How a decision is known: asked this moment, asked since the licence changed last, or by the policy while nobody can be asked. */
export const DECISION_SOURCES = ['live', 'cache', 'fallback'] as const
export type DecisionSource = (typeof DECISION_SOURCES)[number]

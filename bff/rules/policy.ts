import type { Status } from './lists.ts'

/** Numbers that a device model may have of its own (the "licence type" of the portal). */
export interface ModelPolicy {
  /** Days remaining from which a licence counts as expiring (R7). */
  expiringWithinDays: number
  /** Days of migration grace (R25). */
  graceDays: number
  /** Last date on which grace can be started, `YYYY-MM-DD`, inclusive; null = no end (R24). */
  graceOpenUntil: string | null
  /** Days of the first-device trial; 0 = no trial (R21). */
  trialDays: number
  /** Days in which a redemption can be undone (R20). */
  undoDays: number
}

/** A feature and the statuses that open it (R10). */
export interface Feature {
  id: string
  openIn: readonly Status[]
}

/** Every number of the rules, with a place per device model to override it. */
export interface Policy extends ModelPolicy {
  /** Trials that one workspace may start; null = no limit (R21). */
  trialsPerWorkspace: number | null
  /** Days that a snoozed warning stays away (R29). */
  snoozeDays: number
  /** Days remaining at which a reminder goes out; -1 = the day after the last (R27). */
  reminderDays: readonly number[]
  /** Local time of reminders, `HH:MM` (R27). */
  reminderHour: string
  /** Refused look-ups that pause redeeming (R19). */
  attempts: { person: number; workspace: number; minutes: number }
  /** Whether members may add devices, not only admins (R30). */
  memberAddsDevices: boolean
  /** Days without a visit after which a person gets no more digests (R29). */
  recipientSeenDays: number
  /** Features of the host's own, beside the built-in list (R10). */
  features: readonly Feature[]
  /** Overrides by device model. */
  models: Readonly<Record<string, Partial<ModelPolicy>>>
}

const LICENSED = ['active', 'expiring', 'grace'] as const satisfies readonly Status[]
const ALWAYS = ['none', 'active', 'expiring', 'grace', 'expired'] as const satisfies readonly Status[]

/** The built-in features (R10). */
export const FEATURES = [
  { id: 'listing', openIn: ALWAYS },
  { id: 'dashboard', openIn: LICENSED },
  { id: 'history', openIn: LICENSED },
  { id: 'functions', openIn: LICENSED },
  { id: 'automation', openIn: LICENSED },
  { id: 'integrations', openIn: LICENSED },
  { id: 'site-analytics', openIn: LICENSED },
  { id: 'reports', openIn: LICENSED },
] as const satisfies readonly Feature[]

/** The defaults of the rules page. */
export const DEFAULT_POLICY: Policy = {
  expiringWithinDays: 31,
  graceDays: 60,
  graceOpenUntil: null,
  trialDays: 180,
  undoDays: 7,
  trialsPerWorkspace: null,
  snoozeDays: 7,
  reminderDays: [30, 14, 7, 3, 1, 0, -1],
  reminderHour: '09:00',
  attempts: { person: 10, workspace: 50, minutes: 15 },
  memberAddsDevices: false,
  recipientSeenDays: 180,
  features: [],
  models: {},
}

/** The numbers that hold for one device model. */
export function policyFor(policy: Policy, model: string): ModelPolicy {
  return Object.hasOwn(policy.models, model) ? { ...policy, ...policy.models[model] } : policy
}

/** Every feature, the built-in ones first, then the host's own (R10). */
export function allFeatures(policy: Policy): readonly Feature[] {
  return policy.features.length === 0 ? FEATURES : [...FEATURES, ...policy.features]
}

/** Ids of the features that a status opens (R10). */
export function openFeatures(policy: Policy, status: Status): string[] {
  return allFeatures(policy).filter((feature) => feature.openIn.includes(status)).map((feature) => feature.id)
}

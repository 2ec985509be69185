import { z } from 'zod'
import { DEFAULT_POLICY, FEATURES, type ModelPolicy, type Policy } from './rules/policy.ts'
import { parseDay } from './rules/calendar.ts'
import { STATUSES, WORKSPACE_ROLES, type WorkspaceRole } from './rules/lists.ts'

/** The rules' policy, and what the BFF needs to know of the host: its pages and the claims of its tokens. */
export interface BffPolicy extends Policy {
  /** Addresses of the host's pages, with `{deviceId}` in them; null = the host has none. */
  links: { device: string | null; assets: string | null; licenseTab: string | null }
  /** Names of the claims in the host's own tokens, and of its roles. */
  claims: { workspace: string; roles: string; roleNames: Record<string, WorkspaceRole | 'vendor'> }
}

/** Longest term, in days: a century. */
export const MAX_DAYS = 36_500

const days = z.int().min(0).max(MAX_DAYS)
const date = z.string().refine((text) => parseDay(text) !== null, 'not a date such as 2026-11-21')
const link = z.string().min(1).max(2_000)

const modelFields = {
  expiringWithinDays: days,
  graceDays: days.min(1),
  graceOpenUntil: date.nullable(),
  trialDays: days,
  undoDays: days,
} satisfies Record<keyof ModelPolicy, z.ZodType>

const featureId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens')
  .refine((id) => !FEATURES.some((feature) => feature.id === id), 'a built-in feature cannot be changed')

/** What a policy file may hold: any part of the policy, checked. */
const PolicyFile = z.strictObject({
  ...modelFields,
  trialsPerWorkspace: z.int().min(0).nullable(),
  snoozeDays: days.min(1),
  reminderDays: z.array(z.int().min(-1).max(MAX_DAYS)).max(50),
  reminderHour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time such as 09:00'),
  attempts: z.strictObject({
    person: z.int().min(1).max(1_000_000), workspace: z.int().min(1).max(1_000_000), minutes: z.int().min(1).max(1_440),
  }).partial(),
  memberAddsDevices: z.boolean(),
  recipientSeenDays: days.min(1),
  features: z.array(z.strictObject({ id: featureId, openIn: z.array(z.enum(STATUSES)).min(1) })).max(100)
    .refine((list) => new Set(list.map((feature) => feature.id)).size === list.length, 'a feature stands twice'),
  models: z.record(z.string().min(1).max(200), z.strictObject(modelFields).partial()),
  links: z.strictObject({ device: link.nullable(), assets: link.nullable(), licenseTab: link.nullable() }).partial(),
  claims: z.strictObject({
    workspace: z.string().min(1), roles: z.string().min(1),
    roleNames: z.record(z.string().min(1), z.enum([...WORKSPACE_ROLES, 'vendor'])),
  }).partial(),
}).partial()

/** Any part of the policy. */
export type PolicyInput = z.input<typeof PolicyFile>

/** A policy that cannot be; the message names every member that is wrong. */
export class PolicyError extends Error {}

/** The whole policy from a part of it; what is not said is the default. Throws a PolicyError. */
export function policyOf(input: unknown = {}): BffPolicy {
  const parsed = PolicyFile.safeParse(input)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.length === 0 ? 'policy' : issue.path.join('.')}: ${issue.message}`)
    throw new PolicyError(faults.join('; '))
  }
  const { attempts, links, claims, ...rest } = parsed.data
  return {
    ...DEFAULT_POLICY,
    ...withoutUndefined(rest),
    attempts: { ...DEFAULT_POLICY.attempts, ...withoutUndefined(attempts ?? {}) },
    links: { device: null, assets: null, licenseTab: null, ...withoutUndefined(links ?? {}) },
    claims: { workspace: 'workspace', roles: 'roles', roleNames: {}, ...withoutUndefined(claims ?? {}) },
  } as BffPolicy
}

function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}

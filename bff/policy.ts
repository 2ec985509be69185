import { z } from 'zod'
import { DEFAULT_POLICY, FEATURES, type ModelPolicy, type Policy } from './rules/policy.ts'
import { parseDay } from './rules/calendar.ts'
import { STATUSES, WORKSPACE_ROLES, type WorkspaceRole } from './rules/lists.ts'

/** What becomes of a feature while nobody can be asked: closed, open, or as it was last known for some hours. */
export type WhenDown = 'closed' | 'open' | { lastKnownHours: number }

/** A server of the host's that the BFF stands in front of. */
export interface Upstream {
  /** Its address, with `{workspace}`, `{device}` and `{feature}` in its path; what the caller names is appended. */
  url: string
  /** Headers of its own, such as its credentials. */
  headers: Readonly<Record<string, string>>
  /** How long its answer may take to begin, and then stand still (seconds). */
  timeoutSeconds: number
  idleSeconds: number
}

/** An address behind a gateway, and the feature that opens it. */
export interface GatePattern {
  /** A path such as `/devices/{device}/history/*`: `{device}` and `{feature}` are one segment each, a last `*` is any rest. */
  path: string
  /** Null where `{feature}` stands in the path. */
  feature: string | null
}

/** Languages that mail is written in (BCP 47). */
export const MAIL_LANGUAGES = ['en', 'de'] as const
export type MailLanguage = (typeof MAIL_LANGUAGES)[number]

/** The rules' policy, and what the BFF needs to know of the host: its pages, its servers and the claims of its tokens. */
export interface BffPolicy extends Policy {
  /** By feature, where it is not `closed`. */
  whenDown: Readonly<Record<string, WhenDown>>
  /** Features that are decided and told of, but closed to nobody; true = all of them. */
  reportOnly: boolean | readonly string[]
  /** Servers behind the BFF, by feature. */
  upstreams: Readonly<Record<string, Upstream>>
  /** Addresses behind gateways. */
  gatePatterns: readonly GatePattern[]
  /** Longest life of an entitlement (minutes). */
  entitlementMinutes: number
  /** How mail to people looks: the host's name (null = the workspace's), the address that its links begin with (null = only absolute
   * ones are shown), its colour as `#rrggbb`, and the language of those whose own is not known. */
  mail: { name: string | null; url: string | null; accent: string; locale: MailLanguage }
  /** Days that reminders which were decided, and the digests about them, are kept. */
  reminderLogDays: number
  /** Days that the log of webhooks is kept. */
  webhookLogDays: number
  /** Addresses of the host's pages, with `{deviceId}` in them; null = the host has none. */
  links: { device: string | null; assets: string | null; licenseTab: string | null }
  /** Names of the claims in the host's own tokens, and of its roles. */
  claims: { workspace: string; roles: string; roleNames: Record<string, WorkspaceRole | 'vendor'> }
}

/** What the policy says of a feature for when nobody can be asked. */
export function whenDownOf({ whenDown }: BffPolicy, feature: string): WhenDown {
  return Object.hasOwn(whenDown, feature) ? whenDown[feature] ?? 'closed' : 'closed'
}

/** Whether a feature is only reported, and closed to nobody. */
export function isReportOnly({ reportOnly }: BffPolicy, feature: string): boolean {
  return typeof reportOnly === 'boolean' ? reportOnly : reportOnly.includes(feature)
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

const anyFeature = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens')

const featureId = anyFeature.refine((id) => !FEATURES.some((feature) => feature.id === id), 'a built-in feature cannot be changed')

const whenDown = z.union([z.enum(['closed', 'open']), z.strictObject({ lastKnownHours: z.number().positive().max(8_760) })], {
  error: 'neither "closed", "open" nor { "lastKnownHours": N }',
})

const upstream = z.strictObject({
  url: z.string().max(2_000).refine(isUpstream, 'not an http or https address without credentials, query and fragment, its host without {…}'),
  headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'no name of a header'), z.string().regex(/^[\t\x20-\x7e]*$/, 'no value of a header')).default({}),
  timeoutSeconds: z.number().positive().max(300).default(10),
  idleSeconds: z.number().positive().max(300).default(300),
})

const gatePattern = z.strictObject({ path: z.string().max(500).refine(isPattern, 'not a path such as /devices/{device}/history/*'), feature: anyFeature.nullable().default(null) })
  .refine(({ path, feature }) => path.includes('{feature}') === (feature === null), 'names its feature either by {feature} or by itself')

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
  whenDown: z.record(anyFeature, whenDown),
  reportOnly: z.union([z.boolean(), z.array(anyFeature).max(200)]),
  upstreams: z.record(anyFeature, upstream),
  gatePatterns: z.array(gatePattern).max(1_000),
  entitlementMinutes: z.int().min(1).max(43_200),
  mail: z.strictObject({
    name: z.string().trim().min(1).max(100).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'holds line breaks or control characters').nullable(),
    url: z.url({ protocol: /^https?$/ }).max(2_000).nullable(), accent: z.string().regex(/^#[\da-f]{6}$/i, 'not a colour such as #1f5fd6'), locale: z.enum(MAIL_LANGUAGES),
  }).partial(),
  reminderLogDays: days.min(90),
  webhookLogDays: days.min(4),
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
  const unknown = unknownFeatures(parsed.data)
  if (unknown.length > 0) throw new PolicyError(unknown.map(([where, id]) => `${where}: ${id} is no feature`).join('; '))
  const { attempts, mail, links, claims, ...rest } = parsed.data
  return {
    ...DEFAULT_POLICY,
    ...{ whenDown: {}, reportOnly: false, upstreams: {}, gatePatterns: [], entitlementMinutes: 15, reminderLogDays: 400, webhookLogDays: 30 },
    ...withoutUndefined(rest),
    attempts: { ...DEFAULT_POLICY.attempts, ...withoutUndefined(attempts ?? {}) },
    mail: { name: null, url: null, accent: '#1f5fd6', locale: 'en', ...withoutUndefined(mail ?? {}) },
    links: { device: null, assets: null, licenseTab: null, ...withoutUndefined(links ?? {}) },
    claims: { workspace: 'workspace', roles: 'roles', roleNames: {}, ...withoutUndefined(claims ?? {}) },
  } as BffPolicy
}

/** Where a policy names a feature that neither we nor the host have. */
function unknownFeatures({ features = [], whenDown: down = {}, reportOnly = [], upstreams = {}, gatePatterns = [] }: z.output<typeof PolicyFile>): [where: string, id: string][] {
  const known = new Set<string>([...FEATURES, ...features].map(({ id }) => id))
  const named: [string, string][] = [
    ...Object.keys(down).map((id): [string, string] => ['whenDown', id]), ...(Array.isArray(reportOnly) ? reportOnly : []).map((id): [string, string] => ['reportOnly', id]),
    ...Object.keys(upstreams).map((id): [string, string] => ['upstreams', id]), ...gatePatterns.flatMap(({ feature }): [string, string][] => (feature === null ? [] : [['gatePatterns', feature]])),
  ]
  return named.filter(([, id]) => !known.has(id))
}

/** Whether an address can be an upstream: what callers name goes into its path alone. */
function isUpstream(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash, host } = new URL(text)
  return /^https?:$/.test(protocol) && username + password + search + hash === '' && !/[{}]|%7b|%7d/i.test(host)
    && [...text.matchAll(/\{(.*?)\}/g)].every(([, name]) => ['workspace', 'device', 'feature'].includes(name ?? ''))
}

/** Whether a text is a pattern of paths: a device in it once, a feature at most once, a star at the end alone. */
function isPattern(text: string): boolean {
  const [first, ...segments] = text.split('/')
  const rest = segments.at(-1) === '*' ? segments.slice(0, -1) : segments
  const count = (name: string): number => rest.filter((segment) => segment === name).length
  return first === '' && count('{device}') === 1 && count('{feature}') <= 1
    && rest.every((segment) => segment === '{device}' || segment === '{feature}' || /^[\w.~!$&'()+,;=:@-]+$/.test(segment) && !/^\.\.?$/.test(segment))
}

function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}

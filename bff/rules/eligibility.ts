import type { GraceReason, TrialReason } from './lists.ts'

/** What has to be known to offer a first-device trial (R21, R22). */
export interface TrialFacts {
  /** A trial was started or imported for this serial number, anywhere. */
  used: boolean
  /** The device is covered now, by any kind. */
  covered: boolean
  /** `trialDays` of the device's model; 0 = no trial. */
  trialDays: number
  /** The serial number is in the legacy records, or was on the platform before this device's first row. */
  seenBefore: boolean
  /** Trials that the workspace has started. */
  startedInWorkspace: number
  /** `trialsPerWorkspace` of the policy; null = no limit. */
  limit: number | null
}

/** The ladder of R22: the first reason that fits. */
export function trialReason(facts: TrialFacts): TrialReason {
  if (facts.used) return 'already-used'
  if (facts.covered) return 'already-licensed'
  if (facts.trialDays === 0) return 'model-excluded'
  if (facts.seenBefore) return 'seen-before'
  if (facts.limit !== null && facts.startedInWorkspace >= facts.limit) return 'workspace-limit'
  return 'eligible'
}

/** One pairing of the legacy platform's records: which account had a serial number, and where (R23). */
export interface LegacyRecord {
  account: string
  workspace: string
  site: string
}

/** What the legacy records say of a serial number in a workspace: the first rungs of R24, or that grace depends on the rest. */
export type LegacyStanding = (typeof LEGACY_STANDINGS)[number]
export const LEGACY_STANDINGS = ['not-legacy', 'claimed-by-other', 'in-several-workspaces', 'in-several-sites', 'clear'] as const satisfies readonly (GraceReason | 'clear')[]

/** Where a serial number stands by its records (R23, R24). `isOurs`: whether an account was recognised in this workspace. */
export function legacyStanding(legacy: readonly LegacyRecord[], isOurs: (account: string) => boolean): LegacyStanding {
  if (legacy.length === 0) return 'not-legacy'
  if (!legacy.some((record) => isOurs(record.account))) return 'claimed-by-other'
  if (new Set(legacy.map((record) => record.workspace)).size > 1) return 'in-several-workspaces'
  return new Set(legacy.map((record) => record.site)).size > 1 ? 'in-several-sites' : 'clear'
}

/** What has to be known to offer migration grace (R23, R24). */
export interface GraceFacts extends GraceUse {
  /** The legacy records of this serial number. */
  legacy: readonly LegacyRecord[]
  /** Whether a legacy account was recognised as somebody's in this workspace. */
  isOurs: (account: string) => boolean
}

/** What has to be known beside the legacy records. */
export interface GraceUse {
  /** Grace was started or imported for this serial number, anywhere. */
  used: boolean
  /** The device is covered now, by any kind. */
  covered: boolean
  /** Today's local date, `YYYY-MM-DD`. */
  today: string
  /** `graceOpenUntil` of the policy: the last date, inclusive; null = no end. */
  openUntil: string | null
}

/** The ladder of R24: the first reason that fits. */
export function graceReason(facts: GraceFacts): GraceReason {
  return graceReasonOf(legacyStanding(facts.legacy, facts.isOurs), facts)
}

/** The ladder of R24 where the standing is known. */
export function graceReasonOf(standing: LegacyStanding, facts: GraceUse): GraceReason {
  if (standing !== 'clear') return standing
  if (facts.used) return 'already-used'
  if (facts.covered) return 'already-licensed'
  if (facts.openUntil !== null && facts.today > facts.openUntil) return 'window-closed'
  return 'eligible'
}

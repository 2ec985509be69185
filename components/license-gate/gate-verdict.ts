import type { Resource } from '../shared/resource.ts'
import type { FeatureRule, LicenseView, Me, ProblemBody } from '../shared/wire.ts'

/** Why a gate is closed: the licence, an answer that does not come, or something that nobody knows. */
export type Why = 'none' | 'ended' | 'status' | 'unchecked' | 'feature' | 'device'

/** What a gate shows. */
export interface Verdict {
  is: 'pending' | 'open' | 'closed'
  why: Why
  /** When the licence ends and the gate with it (ms); null = not by time alone. */
  closesAt: number | null
  /** The next instant (ms) at which time alone changes the verdict; `Infinity` = none. */
  nextAt: number
}

/** What is known. */
export interface Known {
  feature: string
  me: Resource<Me> | null
  license: Resource<LicenseView> | null
  /** The server's instant (ms). */
  now: number
  /** Since when the licence cannot be asked for (ms); null = it can. */
  troubledAt: number | null
}

/** How long the licence has to be out of reach (ms) before that counts: the store asks twice more within it. */
const CALM_MS = 5_000

const HOUR_MS = 3_600_000
/** Nobody knows yet. */
export const PENDING: Verdict = { is: 'pending', why: 'unchecked', closesAt: null, nextAt: Number.POSITIVE_INFINITY }
const OPEN: Verdict = { ...PENDING, is: 'open' }

function closed(why: Why): Verdict {
  return { ...PENDING, is: 'closed', why }
}

/** Decides what a gate shows: what the licence opens, or, while nobody answers, what the policy says of that. */
export function judge({ feature, me, license, now, troubledAt }: Known): Verdict {
  if (me === null || license === null) return PENDING
  if (me.value === null) return me.problem === null ? PENDING : closed('unchecked')
  const rule = me.value.policy.features.find(({ id }) => id === feature)
  if (rule === undefined) return closed('feature')
  if (rule.reportOnly === true) return OPEN
  const { value, problem } = license
  if (problem?.code === 'device-not-found') return closed('device')
  if (value === null && problem === null) return PENDING
  const known = value === null ? closed('unchecked') : ofLicense(rule, value, now)
  if (problem === null) return known
  const outAt = value === null || troubledAt === null ? now : troubledAt + CALM_MS
  return now < outAt ? { ...known, nextAt: Math.min(known.nextAt, outAt) } : unanswered(rule, known, license.at, { problem, now })
}

function ofLicense({ id, openIn }: FeatureRule, { features, status, expiresAt }: LicenseView, now: number): Verdict {
  if (!features.includes(id)) return closed(status === 'none' ? 'none' : status === 'expired' ? 'ended' : 'status')
  const closesAt = openIn.includes('expired') || expiresAt === null ? null : Date.parse(expiresAt)
  if (closesAt === null) return OPEN
  return now < closesAt ? { ...OPEN, closesAt, nextAt: closesAt } : closed('ended')
}

/** While nobody answers; `at`: the instant of the last answer (ms). */
function unanswered({ whenDown = 'closed' }: FeatureRule, known: Verdict, at: number, { problem, now }: { problem: ProblemBody; now: number }): Verdict {
  if (!isDown(problem)) return closed('unchecked')
  if (whenDown === 'open') return OPEN
  if (known.is === 'closed') return known
  const until = whenDown === 'closed' ? at : at + whenDown.lastKnownHours * HOUR_MS
  return now < until ? { ...known, nextAt: Math.min(known.nextAt, until) } : closed('unchecked')
}

/** Whether nobody answers, and not somebody who says no. */
export function isDown({ code, status }: ProblemBody): boolean {
  return code === 'unreachable' || ![401, 403, 404].includes(status)
}

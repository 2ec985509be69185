import { Problem, type ProblemCode } from '../http/problem.ts'
import { type Action, type DecisionSource, type Status, STATUSES } from '../rules/lists.ts'

/** Whether a licence opens a feature (R10, R11): the one decision of every gate. */
export interface Decision {
  /** Whether to go on; in a mode that only reports, also where the licence does not open it. */
  allowed: boolean
  /** Why: the status of the licence, or a problem's code where that is not known. */
  code: Status | ProblemCode
  /** When an open feature closes by itself, null = never; of a closed one when the licence ended (ISO 8601). */
  until: string | null
  /** What opens it again; null where nothing has to be done. */
  remedy: Action | null
  source: DecisionSource
}

/** What is asked. */
export interface Question {
  /** Null = that of the one who asks. */
  workspace: string | null
  deviceId: string
  feature: string
}

const STATUS_CODES: ReadonlySet<string> = new Set(STATUSES)

/** Whether a decision's code is the status of a licence. */
export function isStatus(code: string): code is Status {
  return STATUS_CODES.has(code)
}

/** A refusal as an answer (RFC 9457): 403 `feature-closed` by a licence, or the problem that kept it from being known. */
export function refusalOf({ code, until, remedy, source }: Decision): Problem {
  if (isStatus(code)) return new Problem('feature-closed', undefined, { licenseStatus: code, until, remedy, source })
  return new Problem(code, undefined, { source }, AWAY.has(code) ? { 'retry-after': '2' } : {})
}

/** Codes that pass by themselves. */
const AWAY: ReadonlySet<ProblemCode> = new Set(['storage-unavailable', 'upstream-failed', 'upstream-timeout'])

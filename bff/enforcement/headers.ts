import type { WhenDown } from '../policy.ts'

/** Headers of a decision: its instant, and the next one at which the status changes by time alone (ISO 8601). */
export const NOW = 'x-license-now'
export const CHANGES_AT = 'x-license-changes-at'
/** What the policy says for when nobody can be asked: `closed`, `open`, or `last-known` and hours. */
export const WHEN_DOWN = 'x-license-when-down'

/** A policy for when nobody can be asked, as a header carries it. */
export function writeWhenDown(policy: WhenDown): string {
  return typeof policy === 'string' ? policy : `last-known ${policy.lastKnownHours}`
}

/** What a header carries of such a policy; closed where it cannot be read. */
export function readWhenDown(text: string | null): WhenDown {
  if (text === 'open') return 'open'
  const hours = Number(/^last-known (\d+(?:\.\d+)?)$/.exec(text ?? '')?.[1])
  return hours > 0 ? { lastKnownHours: hours } : 'closed'
}

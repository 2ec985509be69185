import { coverRows, type Grant } from './license.ts'
import type { Status } from './lists.ts'
import type { Feature } from './policy.ts'

/** A status and the instant (ms) from which it holds, to the next one's. */
export interface Span {
  from: number
  status: Status
  /** When the cover that decides ends or has ended (ms); null before the first one. */
  expiresAt: number | null
}

/** Every status that a ledger will ever have by time alone, in order of time (R4, R6, R7): computed once, it answers for every
 * instant until the ledger changes. The first holds from the beginning of time. */
export function timelineOf(grants: readonly Grant[], zone: string, expiringWithinDays: number): Span[] {
  const spans: Span[] = [{ from: Number.NEGATIVE_INFINITY, status: 'none', expiresAt: null }]
  for (const { startsAt, expiringFrom, graceFrom, expiresAt } of coverRows(grants, zone, expiringWithinDays)) {
    const ends = [startsAt, expiringFrom, graceFrom ?? startsAt].filter((at) => at < expiresAt)
    for (const from of [...new Set(ends)].sort((a, b) => a - b)) {
      const status = graceFrom !== null && from >= graceFrom ? 'grace' : from >= expiringFrom ? 'expiring' : 'active'
      if (spans.at(-1)?.status !== status || from === startsAt) spans.push({ from, status, expiresAt })
    }
    spans.push({ from: expiresAt, status: 'expired', expiresAt })
  }
  return spans
}

/** What a timeline says of a feature at an instant. */
export interface Ruling {
  allowed: boolean
  status: Status
  /** When a feature that is open closes by time alone (ms), null = never; of a closed one, when the licence ended or ends. */
  until: number | null
  /** The next instant at which the status changes by time alone (ms); null = never. */
  changesAt: number | null
}

/** Whether a feature is open at an instant, and until when (R10, R11). */
export function ruleAt(timeline: readonly Span[], { openIn }: Feature, now: number): Ruling {
  const index = timeline.findLastIndex((span) => span.from <= now)
  const { status, expiresAt } = timeline[index] ?? { status: 'none', expiresAt: null } as const
  const allowed = openIn.includes(status)
  const changesAt = timeline[index + 1]?.from ?? null
  if (!allowed) return { allowed, status, until: expiresAt, changesAt }
  let closes = index + 1
  while (closes < timeline.length && openIn.includes(timeline[closes]?.status ?? 'none')) closes += 1
  return { allowed, status, until: timeline[closes]?.from ?? null, changesAt }
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Pauses before a delivery is tried again (ms), as the Standard Webhooks specification has them. */
export const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
/** How long a delivery is tried (ms); the last time at its end. */
export const PATIENCE_MS = 72 * HOUR
/** Part of a pause by which it is longer or shorter, so that those who failed together do not come back together. */
const JITTER = 0.1
/** Longest wait that a receiver can ask for (ms). */
const LONGEST_MS = 24 * HOUR

/** A delivery that failed. */
export interface Failed {
  createdAt: number
  /** Times that it was tried. */
  tries: number
  /** What the receiver asked to wait (ms); null = nothing. */
  askedMs: number | null
}

/** When a delivery that failed is tried again (ms); null = never. `random`: from 0 to 1. */
export function nextTry({ createdAt, tries, askedMs }: Failed, now: number, random: number): number | null {
  const last = createdAt + PATIENCE_MS
  if (now >= last) return null
  const pause = PAUSES[Math.min(tries, PAUSES.length) - 1] ?? 0
  const wait = Math.max(pause * (1 + JITTER * (2 * random - 1)), Math.min(askedMs ?? 0, LONGEST_MS))
  return Math.min(now + Math.round(wait), last)
}

/** What a receiver that is busy (429, 503) asks to wait, by its Retry-After (RFC 9110 §10.2.3), in ms; null = nothing. */
export function askedWait(status: number, retryAfter: string | null, now: number): number | null {
  if (retryAfter === null || (status !== 429 && status !== 503)) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * SECOND
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

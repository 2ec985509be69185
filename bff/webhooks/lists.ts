/** Why an endpoint gets nothing: somebody said so, it answered 410, or the secret that its own is derived from is not given any more. */
export const DISABLED_WHY = ['requested', 'gone', 'secret-missing'] as const
export type DisabledWhy = (typeof DISABLED_WHY)[number]

/** How a delivery ended: answered 2xx, tried for three days, its endpoint disabled or removed, or its address a private one by now. */
export const OUTCOMES = ['delivered', 'gave-up', 'disabled', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** How long a secret is good after a rotation (ms). */
export const OVERLAP_MS = 86_400_000

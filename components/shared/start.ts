import { formatDay, lastDayOf } from './dates.ts'
import type { Localize } from './localize.ts'
import type { StartText } from './start.texts.ts'
import type { GraceReason, Me, ModelDays, ProblemBody, TrialReason } from './wire.ts'

/** What can be started without a voucher. */
export type Startable = 'trial' | 'grace'

/** The days that hold for a device model. */
export function daysFor({ policy }: Me, model: string): ModelDays {
  const { models = {} } = policy
  return Object.hasOwn(models, model) ? models[model] ?? policy : policy
}

/** Days of a kind for whatever model; null where models have different ones. */
export function daysForAll({ policy }: Me, days: keyof ModelDays): number | null {
  return Object.values(policy.models ?? {}).every((model) => model[days] === policy[days]) ? policy[days] : null
}

/** Whether somebody may do more than look (R31). */
export function isMember({ roles }: Me): boolean {
  return roles.includes('member') || roles.includes('admin')
}

/** The last day of what is started now (ms), in words. */
export function lastDayWords({ formats }: Localize<never>, days: number, now: number, { workspace }: Me): string {
  return formatDay(formats, lastDayOf(now, days, workspace.timeZone))
}

/** Why there is no trial, or no grace period, in a sentence. */
export function reasonText(words: Localize<StartText>, kind: Startable, reason: TrialReason | GraceReason): string {
  return words.text(`${kind}.${reason}` as StartText)
}

/** What is told where it did not start: the first sentence says what happened. */
export function startRefusal(words: Localize<StartText>, kind: Startable, { code, status, reason }: ProblemBody): string {
  if (code === `${kind}-not-eligible`) return `${words.text(`start.no-${kind}`)} ${reasonText(words, kind, reason as TrialReason)}`
  if (code === 'device-not-found') return words.text('start.gone')
  if (code === 'unreachable') return words.text('start.unanswered')
  return words.text(status === 401 ? 'start.signed-out' : status === 403 ? 'start.role' : 'start.failed')
}

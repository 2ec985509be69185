import type { Problem } from '../../../http/problem.ts'
import { CODE_FAULTS } from '../../../rules/code.ts'
import { UNDO_REASONS, VOUCHER_REFUSALS } from '../../../rules/lists.ts'
import type { Language } from './language.ts'
import type { Message } from './texts.en.ts'

/** A refusal in the person's words, with its remedy and, where they are counted, the tries that are left. */
export function refusalMessage(problem: Problem, language: Language, timeZone: string): Message {
  const [title, detail] = messageOf(problem, language, timeZone)
  const { texts, formats } = language
  const { triesLeft } = problem.fields
  if (triesLeft === undefined || problem.code === 'too-many-attempts') return [title, detail]
  return [title, `${detail} ${texts.triesLeft(formats.number(triesLeft), formats.plural(triesLeft))}`.trim()]
}

function messageOf({ code, fields }: Problem, { texts, formats }: Language, timeZone: string): Message {
  const { reason, retryAt } = fields
  if (code === 'voucher-malformed') return texts.malformed[CODE_FAULTS.find((fault) => fault === reason) ?? 'check']
  if (code === 'too-many-attempts') return texts.paused(formats.time(retryAt ?? 0, timeZone))
  if (code === 'undo-not-possible') return texts.undoRefused[UNDO_REASONS.find((one) => one === reason) ?? 'possible']
  if (code === 'voucher-not-yet-valid' && retryAt !== undefined) return [texts.refused[code][0], texts.validFrom(formats.time(retryAt, timeZone))]
  const refusal = VOUCHER_REFUSALS.find((one) => one === code)
  if (refusal !== undefined) return texts.refused[refusal]
  return pageMessage(code, texts)
}

/** What a whole page says that cannot be shown. */
export function pageMessage(code: Problem['code'], texts: Language['texts']): Message {
  if (code === 'role-required') return texts.roleRequired
  if (code === 'device-not-found' || code === 'not-found') return texts.notFound
  if (code === 'invalid') return texts.outdated
  return code === 'origin-forbidden' ? texts.forbidden : texts.failed
}

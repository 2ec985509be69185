import { formatClockOf, formatDayOf, formatTimeOf } from './dates.ts'
import type { Localize } from './localize.ts'
import type { TroubleText } from './trouble.texts.ts'
import type { ProblemBody } from './wire.ts'

type Words = Localize<TroubleText>

/** Why there is no answer, in few words. */
type Trouble = 'unreachable' | 'signed-out' | 'forbidden' | 'failed'

function troubleOf({ code, status }: ProblemBody): Trouble {
  if (code === 'unreachable') return 'unreachable'
  return status === 401 ? 'signed-out' : status === 403 ? 'forbidden' : 'failed'
}

/** What is told where nothing is known: what is wrong, and what to do. */
export function troubleWords(words: Words, problem: ProblemBody): [title: string, detail: string] {
  const trouble = troubleOf(problem)
  return [words.text(`trouble.${trouble}`), words.text(`trouble.${trouble}-more`)]
}

/** What is told where only what was known before can be shown; instants in ms. */
export function staleWords(words: Words, problem: ProblemBody, { at, now, timeZone }: { at: number; now: number; timeZone: string }): [title: string, detail: string] {
  const isToday = formatDayOf(words.formats, at, timeZone) === formatDayOf(words.formats, now, timeZone)
  const time = (isToday ? formatClockOf : formatTimeOf)(words.formats, at, timeZone)
  return [words.text(`trouble.${troubleOf(problem)}`), words.text('trouble.as-known', { time })]
}

import { formatDay } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { daysForAll, isMember, lastDayWords } from '../shared/start.ts'
import type { GraceStarted, Me, Summary } from '../shared/wire.ts'
import type { BannerText } from './grace-banner.texts.ts'
import type { Group } from './groups.ts'

type Words = Localize<BannerText>

/** How many devices can have grace. */
export function offerTitle(words: Words, { grace: { eligible } }: Summary, me: Me): string {
  const days = daysForAll(me, 'graceDays')
  if (days === null) return words.text('banner.eligible-any', { count: eligible })
  return words.text('banner.eligible', { count: eligible, days: words.text('start.of-days', { count: days }) })
}

/** Until when it would last if it were started now (ms), who can start it, and how many cannot have it. */
export function offerMore(words: Words, groups: readonly Group[], me: Me, now: number): string {
  const days = daysForAll(me, 'graceDays')
  const others = groups.reduce((sum, { count }) => sum + count, 0)
  return sentence(
    days === null ? '' : words.text('banner.until', { day: lastDayWords(words, days, now, me) }),
    isMember(me) ? '' : words.text('banner.role'),
    others === 0 ? '' : words.text('banner.others', { count: others }),
  )
}

/** On how many devices it has started. */
export function doneTitle(words: Words, { started }: GraceStarted): string {
  return started === 0 ? words.text('banner.none-started') : words.text('banner.started', { count: started })
}

/** Until when it lasts, and on how many devices it has not started. */
export function doneMore(words: Words, { started, items }: GraceStarted): string {
  if (started === 0) return ''
  const days = new Set(items.flatMap(({ outcome, license }) => (outcome === 'started' ? license?.lastDay ?? [] : [])))
  const [day] = days
  return sentence(
    days.size === 1 && day !== undefined ? words.text('banner.open-until', { day: formatDay(words.formats, day) }) : '',
    items.length > started ? words.text('banner.not-started', { count: items.length - started }) : '',
  )
}

function sentence(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

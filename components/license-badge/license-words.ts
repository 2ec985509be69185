import { daysSince } from '../shared/formats.ts'
import type { Localize } from '../shared/localize.ts'
import type { LicenseView } from '../shared/wire.ts'
import type { BadgeText } from './license-badge.texts.ts'

/** What a licence is called in a few words: its state, and the days that go with it (null where none do). */
export function licenseWords(license: LicenseView, words: Localize<BadgeText>): { label: string; days: string | null } {
  const { status, type, daysRemaining, expiringSoon, lastDay, timeZone, now } = license
  if (status === 'none') return { label: words.text('badge.none'), days: null }
  if (status === 'expired') {
    return { label: words.text('badge.expired'), days: lastDay === null ? null : words.formats.ago(daysSince(lastDay, now, timeZone)) }
  }
  const kind = status === 'grace' ? 'grace' : type === 'trial' ? 'trial' : null
  if (daysRemaining === 0) return { label: words.text(`badge.today-${kind ?? 'expiring'}`), days: null }
  const label = kind === null ? words.text(`badge.${status}`) : words.text(expiringSoon ? `badge.${kind}-expiring` : `badge.${kind}`)
  return { label, days: daysRemaining === null ? null : words.formats.days(daysRemaining) }
}

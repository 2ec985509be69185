import type { Localize } from '../shared/localize.ts'
import { isolated } from '../shared/plain.ts'
import type { DevicePage, Me, Summary } from '../shared/wire.ts'
import type { AlertsText } from './license-alerts.texts.ts'

type Words = Localize<AlertsText>

/** What a warning says first, with its count. */
export function alertTitle(words: Words, alert: 'expired' | 'expiring', count: number, { policy }: Me): string {
  const within = Math.max(policy.expiringWithinDays, ...Object.values(policy.models ?? {}).map((model) => model.expiringWithinDays))
  return words.text(`alerts.${alert}`, { count, days: words.text('alerts.days', { count: within }) })
}

/** What it means. `soonest`: the device that expires first. */
export function alertMore(words: Words, alert: 'expired' | 'expiring', { alerts }: Summary, soonest: DevicePage | null): string {
  if (alert === 'expired') return words.text('alerts.expired-more')
  const [device] = soonest?.items ?? []
  const days = device?.license.daysRemaining ?? null
  if (device === undefined || days === null) return words.text('alerts.renew')
  return words.text(alerts.expiring === 1 ? 'alerts.only' : 'alerts.first', { name: isolated(device.name), when: words.formats.ago(-days) })
}

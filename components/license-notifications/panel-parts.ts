import { html, nothing, type TemplateResult } from 'lit'
import { formatDayOf, formatTimeOf } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import { notice } from '../shared/notice.ts'
import { isMember } from '../shared/start.ts'
import type { Alert, Me, Notifications } from '../shared/wire.ts'
import type { NotificationsText } from './license-notifications.texts.ts'

type Words = Localize<NotificationsText>

/** What is wrong, with a way to try again. */
export function troubleNote(words: Words, [title, detail]: [title: string, detail: string], retry: () => void): TemplateResult {
  return html`<div class="note" part="trouble">${notice('warn', title, detail)}<div class="actions"><button type="button" class="link" @click=${retry}>${words.text('trouble.retry')}</button></div></div>`
}

type Warning = Notifications['warnings'][number]

/** What admins have to know of the reminders themselves, in a sentence. */
export function warningTitle(words: Words, { code, since }: Warning, { workspace: { timeZone } }: Me): string {
  if (code === 'no-recipient') return words.text('notifications.no-recipient')
  return since === null ? words.text('notifications.never') : words.text('notifications.late', { time: formatTimeOf(words.formats, since, timeZone) })
}

/** The same with what to do about it. */
export function warningNote(words: Words, warning: Warning, me: Me): TemplateResult {
  const { code } = warning
  const title = warningTitle(words, warning, me)
  const detail = words.text(code === 'no-recipient' ? 'notifications.no-recipient-more' : 'notifications.late-more')
  return html`<div class="note tone-warn" part="warning">${notice('warn', title, detail)}</div>`
}

/** That there is nothing; nothing at all where nobody has looked. */
export function emptyNote(words: Words, { warnings }: Notifications): TemplateResult | typeof nothing {
  if (warnings.some(({ code }) => code === 'reminders-late')) return nothing
  return html`<p class="empty"><strong>${words.text('notifications.empty')}</strong> <span class="muted">${words.text('notifications.empty-more')}</span></p>`
}

/** What warnings can be put off, by members, and which are; `now` in ms. */
export function snoozeFoot(words: Words, { items, snoozedUntil }: Notifications, { me, now, snooze }: { me: Me; now: number; snooze: (alert: Alert) => void }): TemplateResult | typeof nothing {
  const lines = (['expired', 'expiring'] as const).flatMap((alert) => {
    const until = snoozedUntil[alert]
    if (until !== null && Date.parse(until) > now) {
      return [html`<p class="muted small">${words.text(`notifications.snoozed-${alert}`, { day: formatDayOf(words.formats, until, me.workspace.timeZone) })}</p>`]
    }
    if (!isMember(me) || !items.some(({ status }) => (status === 'expired') === (alert === 'expired'))) return []
    return [html`<button type="button" class="link" part="snooze" @click=${() => { snooze(alert) }}>${words.text(`notifications.snooze-${alert}`, { days: words.formats.days(me.policy.snoozeDays) })}</button>`]
  })
  return lines.length === 0 ? nothing : html`<div class="foot">${lines}</div>`
}

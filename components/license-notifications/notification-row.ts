import { html, nothing, type TemplateResult } from 'lit'
import { formatAgo, formatDay } from '../shared/dates.ts'
import { daysSince } from '../shared/formats.ts'
import { statusIcon, statusShape } from '../shared/icons.ts'
import type { Localize } from '../shared/localize.ts'
import { linkTo } from '../shared/navigate.ts'
import { plain } from '../shared/plain.ts'
import type { Me, Notification } from '../shared/wire.ts'
import type { NotificationsText } from './license-notifications.texts.ts'

type Words = Localize<NotificationsText>

/** What a row is drawn from, beside its notification. */
export interface RowContext {
  me: Me
  /** The server's instant (ms). */
  now: number
  /** Somebody chose it; the event is of its link, or of its button where the host has no page for it. */
  chosen: (notification: Notification, event: MouseEvent) => void
}

/** When a licence ends or has ended, in a sentence; `past`: whole days since its last one. */
export function endWords(words: Words, { kind, lastDay }: Notification, past: number): string {
  // Lines break beside a date, and not in it.
  const values = { when: words.formats.ago(past).replaceAll(' ', '\u00a0'), day: formatDay(words.formats, lastDay).replaceAll(' ', '\u00a0') }
  return words.text(`notifications.${past < 0 ? 'ends' : past === 0 ? 'today' : past === 1 ? 'yesterday' : 'ended'}-${kind}`, values)
}

/** One reminder: whose licence, when it ends, and since when that is told. All of it leads to the device's License tab. */
export function notificationRow(words: Words, notification: Notification, { me, now, chosen }: RowContext): TemplateResult {
  const { deviceId, status, lastDay, at, name, serial, read, snoozed } = notification
  const past = daysSince(lastDay, now, me.workspace.timeZone)
  const isNew = !read && !snoozed
  const content = html`${statusIcon(status, -past / Math.max(1, me.policy.expiringWithinDays))}<span class="what">
      <span class="name"><bdi>${plain(name)}</bdi></span> <span class="serial muted small"><bdi>${plain(serial)}</bdi></span>
      <span class="line"><bdi>${endWords(words, notification, past)}</bdi></span>
      <span class="muted small line"><time datetime=${at}><bdi>${formatAgo(words.formats, Math.max(0, now - Date.parse(at)))}</bdi></time>${snoozed
        ? html` · ${words.text('notifications.put-off')}` : nothing}</span></span>
    ${isNew ? html`<span class="dot" part="unread"><span class="hidden">${words.text('notifications.unread')}</span></span>` : nothing}`
  const look = `item ${snoozed ? 'tone-neutral' : statusShape(status).tone} ${isNew ? 'new' : ''}`
  const choose = (event: MouseEvent): void => { chosen(notification, event) }
  const { licenseTab } = me.links
  return licenseTab === null ? html`<button type="button" class=${look} part="item" @click=${choose}>${content}</button>`
    : html`<a class=${look} part="item" href=${linkTo(licenseTab, deviceId)} @click=${choose}>${content}</a>`
}

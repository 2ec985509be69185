import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator'
import { breathe } from '../breathe.ts'
import type { Connection } from '../db/database.ts'
import type { BffPolicy } from '../policy.ts'
import { dayOf, startOfDay } from '../rules/calendar.ts'
import { type CalendarWorkspace, type EndsQuery, type LicenseEnd, licenseEnds } from './ends.sql.ts'
import { CALENDAR_TEXTS, type CalendarLanguage } from './calendar.texts.ts'

/** Days for which what has ended stays in a calendar. */
const STAYS_DAYS = 30
/** How often programs are asked to come back (s). */
const REFRESH_SECONDS = 43_200
/** Devices that are written at once. */
const PAGE = 250

const DAY_MS = 86_400_000

/** What a calendar is written from. */
export interface CalendarContext {
  workspace: CalendarWorkspace & { id: string }
  policy: Pick<BffPolicy, 'reminderDays' | 'reminderHour' | 'links'>
  language: CalendarLanguage
  now: number
}

/** Signs that change the direction of what stands around them. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A text of somebody else's on one line, so that it can change neither lines nor direction. */
function plain(text: string): string {
  return text.toWellFormed().replace(DIRECTIONS, '').replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** Stays the same for a device whatever becomes of it, so that its entry moves when it is renewed. */
async function uidOf(workspace: string, deviceId: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify([workspace, deviceId]))))
  return `${Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}@license-elements`
}

/** The address of a device's page; null where the host has none that begins with its scheme. */
function pageOf({ links }: CalendarContext['policy'], deviceId: string): string | null {
  const address = links.device?.replaceAll('{deviceId}', encodeURIComponent(deviceId)) ?? ''
  return /^https?:\/\//i.test(address) ? address : null
}

/** Seconds from each reminder to the beginning of the last day (R27), in the time of whoever reads the calendar. */
function triggersOf({ reminderDays, reminderHour }: CalendarContext['policy']): number[] {
  const [hour = 0, minute = 0] = reminderHour.split(':').map(Number)
  return reminderDays.map((rung) => rung * 86_400 - (hour * 60 + minute) * 60)
}

/** The lines of some events (RFC 5545 §3.6.1). */
async function eventsOf(ends: readonly LicenseEnd[], { workspace, policy, language, now }: CalendarContext): Promise<string> {
  const texts = CALENDAR_TEXTS[language]
  const zone = workspace.timeZone
  const calendar = ical({ prodId: '//license-elements//calendar//EN' })
  const today = dayOf(now, zone)
  for (const end of ends) {
    const day = dayOf(end.expiresAt - 1, zone)
    const changedAt = new Date(Math.max(end.changedAt, workspace.updatedAt))
    const page = pageOf(policy, end.id)
    const lines = [texts.device(plain(end.serial), plain(end.model)), texts.until[end.kind](zone), ...(day >= today ? [texts.renew] : []), ...(page === null ? [] : ['', page])]
    calendar.createEvent({
      id: await uidOf(workspace.id, end.id), sequence: end.revision, stamp: changedAt, lastModified: changedAt, allDay: true,
      start: new Date(day * DAY_MS), end: new Date((day + 1) * DAY_MS), summary: texts.title[end.kind](plain(end.name)), description: lines.join('\n'),
      transparency: ICalEventTransparency.TRANSPARENT, url: page,
      alarms: end.renewalPlanned ? triggersOf(policy).map((trigger) => ({ type: ICalAlarmType.display, trigger, relatesTo: 'START' as const })) : [],
    })
  }
  const text = calendar.toString()
  return text.slice(text.indexOf('\r\nBEGIN:VEVENT\r\n') + 2, text.lastIndexOf('END:VCALENDAR'))
}

/** The lines before the events, and the one after. */
function frameOf(name: string, language: CalendarLanguage): [head: string, foot: string] {
  const calendar = ical({
    prodId: `//license-elements//calendar//${language.toUpperCase()}`, ttl: REFRESH_SECONDS,
    // Names are texts too (RFC 7986 §5.1), which the library writes as they are.
    name: CALENDAR_TEXTS[language].calendar(plain(name)).replaceAll(/[\\;,]/g, '\\$&'),
  })
  const text = calendar.toString()
  return [text.slice(0, text.lastIndexOf('END:VCALENDAR')), 'END:VCALENDAR\r\n']
}

/** A calendar of a workspace, or of one device of it, piece by piece; in between others have the event loop. What will not be renewed is
 * left out (R26), and what ended long ago. */
export async function* calendarOf(connection: Connection, deviceId: string | null, context: CalendarContext): AsyncGenerator<string> {
  const { workspace, language, now } = context
  const zone = workspace.timeZone
  const query: Omit<EndsQuery, 'after'> = {
    workspace: workspace.id, deviceId, planned: true, endsAfter: startOfDay(dayOf(now, zone) - STAYS_DAYS, zone), at: now, limit: PAGE,
  }
  let ends = await licenseEnds(connection, { ...query, after: '' })
  const [head, foot] = frameOf(deviceId === null ? workspace.name : ends[0]?.name ?? workspace.name, language)
  yield head
  while (ends.length > 0) {
    yield await eventsOf(ends, context)
    if (ends.length < PAGE) break
    await breathe()
    ends = await licenseEnds(connection, { ...query, after: ends.at(-1)?.id ?? '' })
  }
  yield foot
}

/** A calendar of one device alone, also of one that will not be renewed; null where it has no end. */
export async function deviceCalendar(connection: Connection, deviceId: string, context: CalendarContext): Promise<string | null> {
  const { workspace, language, now } = context
  const ends = await licenseEnds(connection, { workspace: workspace.id, deviceId, planned: false, endsAfter: 0, at: now, after: '', limit: 1 })
  const [end] = ends
  if (end === undefined) return null
  const [head, foot] = frameOf(end.name, language)
  return head + await eventsOf(ends, context) + foot
}

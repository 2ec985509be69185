import { z } from 'zod'
import { fileTag, isKnown } from '../http/file.ts'
import { Problem } from '../http/problem.ts'
import type { Site } from '../http/public.ts'
import type { PublicRoute } from '../http/route.ts'
import { dayOf } from '../rules/calendar.ts'
import { VERSION } from '../version.ts'
import { type CalendarContext, calendarOf } from './calendar.ts'
import { CALENDAR_LANGUAGES, type CalendarLanguage } from './calendar.texts.ts'
import { calendarWorkspace } from './ends.sql.ts'
import { findLink } from './links.sql.ts'

const TOKEN = /^([\w-]{43})\.ics$/

const HEADERS = {
  'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="licenses.ics"', 'cache-control': 'private, no-cache',
  'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', 'x-content-type-options': 'nosniff',
}

/** Calendars behind secret links, for programs that sign in nowhere (R29). */
export const feedRoutes: readonly PublicRoute<Site>[] = [{
  path: '/v1/calendar/{token}.ics', summary: 'The last days of licences for calendar programs (RFC 5545), by a link that an admin made', media: 'text/calendar',
  query: z.strictObject({ lang: z.enum(CALENDAR_LANGUAGES).optional() }), tagged: true, problems: ['not-found', 'storage-unavailable'],
  answer: async ({ database: { db }, keyring, policy, now }, request, { token = '' }) => {
    const [, secret] = TOKEN.exec(token) ?? []
    const link = secret === undefined ? null : await findLink(db, await keyring.hashes('calendar', secret))
    if (link === null) throw new Problem('not-found')
    const language = (new URL(request.url).searchParams.get('lang') ?? 'en') as CalendarLanguage
    const context: CalendarContext = { workspace: { id: link.workspace, ...await calendarWorkspace(db, link.workspace) }, policy, language, now: now() }
    const etag = await tagOf(context)
    if (isKnown(etag, request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers: { ...HEADERS, etag } })
    return new Response(await streamOf(calendarOf(db, link.deviceId, context)), { headers: { ...HEADERS, etag } })
  },
}]

/** Says whether anything in the calendar can have changed: the workspace, the day, or how it is written. */
async function tagOf({ workspace: { seq, updatedAt, timeZone }, policy: { reminderDays, reminderHour, links }, language, now }: CalendarContext): Promise<string> {
  return `W/${await fileTag(JSON.stringify([VERSION, language, seq, updatedAt, dayOf(now, timeZone), reminderDays, reminderHour, links.device]))}`
}

/** Sends a text piece by piece, as fast as it is read. Its first piece is there before, so that an outage is told as one. */
async function streamOf(pieces: AsyncGenerator<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let next: IteratorResult<string, unknown> | null = await pieces.next()
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = next ?? await pieces.next()
      next = null
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value as string))
    },
    cancel: async () => { await pieces.return(undefined) },
  })
}

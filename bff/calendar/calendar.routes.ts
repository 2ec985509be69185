import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { Problem } from '../http/problem.ts'
import { change, created, ok, read, type Route, WithHeaders } from '../http/route.ts'
import { Id, PAGE, pageOf } from '../http/schemas.ts'
import { newId } from '../ids.ts'
import { lockWorkspace } from '../ledger/change.sql.ts'
import { iso } from '../ledger/view.ts'
import { deviceCalendar } from './calendar.ts'
import { CALENDAR_LANGUAGES } from './calendar.texts.ts'
import { calendarWorkspace, hasDevice } from './ends.sql.ts'
import { type CalendarLink, countLinks, insertLink, listLinks, revokeLink } from './links.sql.ts'

/** Links that a workspace can have at a time. */
const MOST_LINKS = 100
const TOKEN_BYTES = 32

const LinkView = z.strictObject({ id: z.string(), deviceId: z.string().nullable(), createdAt: z.iso.datetime({ precision: 3 }), createdBy: z.string() }).meta({ id: 'CalendarLink' })

function viewOf({ id, deviceId, createdAt, createdBy }: CalendarLink): z.output<typeof LinkView> {
  return { id, deviceId, createdAt: iso(createdAt), createdBy }
}

/** Random signs that an address can hold (RFC 4648 §5). */
function newToken(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Calendars of devices, and the links under which programs read them (R29, R31). */
export const calendarRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/devices/{id}/calendar', summary: 'The last day of a licence as a file for calendars (RFC 5545)', role: 'viewer',
    query: z.strictObject({ lang: z.enum(CALENDAR_LANGUAGES).optional() }), media: 'text/calendar', answer: z.string(), problems: ['device-not-found'],
    read: async ({ workspace: id, params, query: { lang: language = 'en' }, policy, now }, db) => {
      if (!(await hasDevice(db, id, params.id))) throw new Problem('device-not-found')
      const text = await deviceCalendar(db, params.id, { workspace: { id, ...await calendarWorkspace(db, id) }, policy, language, now })
      if (text === null) throw new Problem('not-found', 'This device never had a licence, so that there is no last day.')
      return new WithHeaders(text, { 'content-disposition': 'attachment; filename="license.ics"' })
    },
  }),
  change({
    method: 'post', path: '/v1/calendar-links', summary: 'Make a link for calendar programs; the only time that it is shown', role: 'admin',
    body: z.strictObject({ deviceId: Id.optional() }), status: 201, problems: ['device-not-found', 'already-issued'],
    answer: z.strictObject({ id: z.string(), url: z.url(), deviceId: z.string().nullable(), createdAt: z.iso.datetime({ precision: 3 }) }),
    change: async ({ workspace, body: { deviceId = null }, who, now, keyring, publicUrl }, trx) => {
      if (deviceId !== null && !(await hasDevice(trx, workspace, deviceId))) throw new Problem('device-not-found')
      await lockWorkspace(trx, workspace)
      if (await countLinks(trx, workspace) >= MOST_LINKS) {
        throw new Problem('invalid', `A workspace has ${MOST_LINKS} calendar links at most; revoke one first.`, { errors: [{ pointer: '', detail: 'There are too many links already.' }] })
      }
      const id = newId(now)
      const token = newToken()
      await insertLink(trx, { id, workspace, deviceId, createdAt: now, createdBy: who.id }, await keyring.hash('calendar', token))
      await writeAudit(trx, now, { who: who.id, workspace, action: 'calendar-link-created', target: `calendar-link:${id}`, after: { deviceId } })
      return created({ id, url: `${publicUrl}/v1/calendar/${token}.ics`, deviceId, createdAt: iso(now) }, { ids: [id] })
    },
  }),
  read({
    method: 'get', path: '/v1/calendar-links', summary: 'Links for calendar programs that stand, newest first, without their addresses', role: 'admin',
    query: z.strictObject(PAGE), answer: pageOf(LinkView),
    read: async ({ workspace, query: { limit, cursor }, keyring, now }, db) => {
      const scope = ['calendar-links', workspace]
      const position = cursor === undefined ? null : await readCursor(keyring, scope, cursor, now)
      const found = await listLinks(db, workspace, position === null ? null : String(position.after[0]), limit + 1)
      const links = found.slice(0, limit)
      const last = links.at(-1)
      return { items: links.map(viewOf), nextCursor: found.length <= limit || last === undefined ? null : await makeCursor(keyring, scope, { at: now, after: [last.id] }) }
    },
  }),
  change({
    method: 'delete', path: '/v1/calendar-links/{id}', summary: 'Revoke a link for calendar programs, for good', role: 'admin', answer: LinkView,
    change: async ({ workspace, params, who, now }, trx) => {
      const link = await revokeLink(trx, workspace, params.id, now)
      if (link === null) throw new Problem('not-found', 'There is no such link, or it was revoked already.')
      await writeAudit(trx, now, { who: who.id, workspace, action: 'calendar-link-revoked', target: `calendar-link:${link.id}`, before: { deviceId: link.deviceId } })
      return ok(viewOf(link))
    },
  }),
]

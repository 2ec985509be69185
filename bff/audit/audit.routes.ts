import { z } from 'zod'
import { AUDIT_ACTIONS, listAudit } from '../db/audit.sql.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { read, type Route } from '../http/route.ts'
import { Id, PAGE, pageOf } from '../http/schemas.ts'
import { iso } from '../ledger/view.ts'

const AuditView = z.strictObject({
  id: z.string(), at: z.iso.datetime(), who: z.string(), workspace: z.string().nullable(), action: z.enum(AUDIT_ACTIONS), target: z.string(),
  before: z.unknown(), after: z.unknown(),
}).meta({ id: 'AuditEntry' })

/** Who changed what, and when (R32). */
export const auditRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/vendor/audit', summary: 'Everything that changed something, newest first', role: 'vendor',
    query: z.strictObject({ ...PAGE, workspace: Id.optional(), device: Id.optional() }), answer: pageOf(AuditView),
    read: async ({ query, keyring, now }, db) => {
      const scope = ['audit', query.workspace, query.device]
      const position = query.cursor === undefined ? null : await readCursor(keyring, scope, query.cursor, now)
      const rows = await listAudit(db, {
        workspace: query.workspace ?? null, target: query.device === undefined ? null : `device:${query.device}`,
        before: position === null ? null : String(position.after[0]), limit: query.limit + 1,
      })
      const items = rows.slice(0, query.limit).map((row) => ({
        id: row.id, at: iso(row.at), who: row.who, workspace: row.workspace_id, action: row.action, target: row.target,
        before: row.before === null ? null : JSON.parse(row.before) as unknown, after: row.after === null ? null : JSON.parse(row.after) as unknown,
      }))
      const last = items.at(-1)
      return { items, nextCursor: rows.length <= query.limit || last === undefined ? null : await makeCursor(keyring, scope, { at: now, after: [last.id] }) }
    },
  }),
]

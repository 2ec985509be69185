import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { Problem } from '../http/problem.ts'
import { change, created, read, type Route } from '../http/route.ts'
import { PAGE, pageOf } from '../http/schemas.ts'
import { storeDelivery } from '../ledger/facts.sql.ts'
import { findDelivery, listDeliveries } from './deliveries.sql.ts'
import { OUTCOMES } from './lists.ts'
import { ownerOf, type Place } from './places.ts'
import { DeliveryView, deliveryView } from './view.ts'
import { findWebhook } from './webhooks.sql.ts'

const Query = z.strictObject({ ...PAGE, outcome: z.enum([...OUTCOMES, 'waiting']).optional() })

/** The log of an endpoint. */
export function deliveryRoutes(place: Place): readonly Route[] {
  const { base, role } = place
  return [
    read({
      method: 'get', path: `${base}/{id}/deliveries`, summary: 'What was sent to a webhook, newest first', role, query: Query, answer: pageOf(DeliveryView),
      problems: ['not-found'],
      read: async (ask, db) => {
        const { query: { cursor, limit, outcome = null }, keyring, now, params: { id } } = ask
        const scope = ['deliveries', id, outcome]
        if (await findWebhook(db, ownerOf(place, ask), id) === null) throw new Problem('not-found')
        const position = cursor === undefined ? null : await readCursor(keyring, scope, cursor, now)
        const list = await listDeliveries(db, id, { outcome, before: position === null ? null : String(position.after[0]), limit: limit + 1 })
        const items = list.slice(0, limit)
        const last = items.at(-1)
        return {
          items: items.map(deliveryView),
          nextCursor: list.length <= limit || last === undefined ? null : await makeCursor(keyring, scope, { at: now, after: [last.id] }),
        }
      },
    }),
    change({
      method: 'post', path: `${base}/{id}/deliveries/{deliveryId}/replay`, summary: 'Send an event once more, under the id that it had', role, status: 201,
      answer: DeliveryView, problems: ['not-found', 'invalid'],
      change: async (ask, trx) => {
        const { params: { id, deliveryId }, now, who } = ask
        const webhook = await findWebhook(trx, ownerOf(place, ask), id)
        const delivery = webhook === null ? null : await findDelivery(trx, id, deliveryId)
        if (webhook === null || delivery === null) throw new Problem('not-found')
        if (webhook.disabledAt !== null) throw new Problem('invalid', 'The webhook is disabled; enable it first.', { reason: 'disabled' })
        const again = await storeDelivery(trx, id, delivery.eventId, now)
        await writeAudit(trx, now, { who: who.id, workspace: webhook.owner, action: 'webhook-replayed', target: `webhook:${id}`, after: { event: delivery.eventId, delivery: again } })
        const replayed = await findDelivery(trx, id, again)
        if (replayed === null) throw new Problem('not-found')
        return created(deliveryView(replayed))
      },
    }),
  ]
}

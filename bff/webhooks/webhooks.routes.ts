import { z } from 'zod'
import { type AuditAction, writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { Problem } from '../http/problem.ts'
import { type Ask, change, created, ok, read, type Route } from '../http/route.ts'
import { PAGE, pageOf } from '../http/schemas.ts'
import { newId } from '../ids.ts'
import { EVENT_TYPES } from '../ledger/facts.sql.ts'
import { deliveryRoutes } from './deliveries.routes.ts'
import { ownerOf, type Place, PLACES } from './places.ts'
import { checkUrl, secretText, WebhookView, webhookView, WebhookWithSecret } from './view.ts'
import { changeWebhook, countWebhooks, endWaiting, findWebhook, insertWebhook, listWebhooks, removeWebhook, rotateWebhook, type Webhook } from './webhooks.sql.ts'

/** Endpoints that an owner may have. */
const MOST = 20

const Url = z.string().max(2_000).refine((text) => URL.canParse(text), 'not an address such as https://example.com/hook')
const Events = z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length).transform((types) => EVENT_TYPES.filter((type) => types.includes(type)))
const NewWebhook = z.strictObject({ url: Url, events: Events }).meta({ id: 'NewWebhook' })
const ChangedWebhook = z.strictObject({ url: Url, events: Events, disabled: z.boolean().optional() }).meta({ id: 'ChangedWebhook' })

/** What the audit keeps of an endpoint: the rest of an address may be a secret of its receiver. */
function audited({ url, events, disabledWhy }: Webhook): object {
  return { host: new URL(url).host, events, disabledWhy }
}

async function audit(ask: Ask, trx: Trx, action: AuditAction, { id, owner }: Webhook, told: { before?: object; after?: object } = {}): Promise<void> {
  await writeAudit(trx, ask.now, { who: ask.who.id, workspace: owner, action, target: `webhook:${id}`, ...told })
}

async function found(trx: Trx, ask: Ask<{ id: string }>, place: Place): Promise<Webhook> {
  const webhook = await findWebhook(trx, ownerOf(place, ask), ask.params.id)
  if (webhook === null) throw new Problem('not-found')
  return webhook
}

async function shown(webhook: Webhook, { keyring, now }: Ask): Promise<z.output<typeof WebhookWithSecret>> {
  const [key = new Uint8Array()] = await keyring.webhookKeys(webhook.secretId, webhook.id, webhook.generation)
  return { ...await webhookView(webhook, keyring, now), secret: secretText(key) }
}

/** An endpoint as a change asks for it; what it says of being disabled holds from now on. */
function changed(webhook: Webhook, { body: { url, events, disabled }, now }: Ask<unknown, unknown, z.output<typeof ChangedWebhook>>): Webhook {
  if (disabled === undefined || disabled === (webhook.disabledAt !== null)) return { ...webhook, url, events }
  return { ...webhook, url, events, disabledAt: disabled ? now : null, disabledWhy: disabled ? 'requested' : null }
}

/** Endpoints of a workspace, or of the seller. */
function endpointRoutes({ base, role }: Place): readonly Route[] {
  const place = { base, role } as Place
  return [
    read({
      method: 'get', path: base, summary: 'Webhooks, oldest first', role, query: z.strictObject(PAGE), answer: pageOf(WebhookView),
      read: async (ask, db) => {
        const { query: { cursor, limit }, keyring, now } = ask
        const owner = ownerOf(place, ask)
        const position = cursor === undefined ? null : await readCursor(keyring, ['webhooks', owner], cursor, now)
        const list = await listWebhooks(db, owner, String(position?.after[0] ?? ''), limit + 1)
        const items = await Promise.all(list.slice(0, limit).map((webhook) => webhookView(webhook, keyring, now)))
        const last = items.at(-1)
        return { items, nextCursor: list.length <= limit || last === undefined ? null : await makeCursor(keyring, ['webhooks', owner], { at: now, after: [last.id] }) }
      },
    }),
    change({
      method: 'post', path: base, summary: 'Have events sent to an address; the only time that its secret is shown', role, body: NewWebhook, status: 201,
      answer: WebhookWithSecret, problems: ['already-issued'],
      before: async (ask) => checkUrl(ask, ask.body.url),
      change: async (ask, trx) => {
        const { now, keyring, body, who } = ask
        const owner = ownerOf(place, ask)
        if (await countWebhooks(trx, owner) >= MOST) throw new Problem('invalid', `There are ${MOST} webhooks already, and no more can be.`, { reason: 'too-many' })
        const [secretId] = await keyring.ids()
        const webhook = { id: newId(now), owner, ...body, secretId, generation: 1, rotatedAt: null, createdAt: now, disabledAt: null, disabledWhy: null }
        await insertWebhook(trx, webhook, who.id)
        await audit(ask, trx, 'webhook-created', webhook, { after: audited(webhook) })
        return created(await shown(webhook, ask), { ids: [webhook.id] })
      },
    }),
    change({
      method: 'put', path: `${base}/{id}`, summary: 'Change a webhook, disable it, or enable it again', role, body: ChangedWebhook, answer: WebhookView,
      problems: ['not-found'],
      before: async (ask, db) => {
        const known = await findWebhook(db, ownerOf(place, ask), ask.params.id)
        if (known !== null && known.url !== ask.body.url) await checkUrl(ask, ask.body.url)
      },
      change: async (ask, trx) => {
        const before = await found(trx, ask, place)
        const after = changed(before, ask)
        await changeWebhook(trx, after)
        if (after.disabledAt !== null) await endWaiting(trx, after.id, ask.now)
        await audit(ask, trx, 'webhook-changed', after, { before: audited(before), after: audited(after) })
        return ok(await webhookView(after, ask.keyring, ask.now))
      },
    }),
    change({
      method: 'delete', path: `${base}/{id}`, summary: 'Remove a webhook', role, answer: WebhookView, problems: ['not-found'],
      change: async (ask, trx) => {
        const webhook = await found(trx, ask, place)
        await removeWebhook(trx, webhook.id, ask.now)
        await audit(ask, trx, 'webhook-removed', webhook, { before: audited(webhook) })
        return ok(await webhookView(webhook, ask.keyring, ask.now))
      },
    }),
    change({
      method: 'post', path: `${base}/{id}/rotate`, summary: 'Make a new secret; the one before is good for 24 hours more', role, answer: WebhookWithSecret,
      problems: ['not-found', 'already-issued'],
      change: async (ask, trx) => {
        const { id } = await found(trx, ask, place)
        const [secretId] = await ask.keyring.ids()
        const webhook = await rotateWebhook(trx, id, secretId, ask.now)
        await audit(ask, trx, 'webhook-rotated', webhook, { after: { generation: webhook.generation } })
        return { ...ok(await shown(webhook, ask)), once: { ids: [id] } }
      },
    }),
  ]
}

/** Webhooks of workspaces, and of the seller (R29, R31). */
export const webhookRoutes: readonly Route[] = PLACES.flatMap((place) => [...endpointRoutes(place), ...deliveryRoutes(place)])

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVENT_TYPES } from '../../../bff/ledger/facts.sql.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { makeWebhook } from './receiver.ts'

const VENDOR = { role: 'vendor' } as const
const URL_OF = 'https://hooks.example/in?token=T0KEN'
const BODY = { url: URL_OF, events: ['license.renewed'] }

interface View { id: string; url: string; events: string[]; disabledAt: string | null; disabledWhy: string | null; secret?: string }

onEveryEngine('webhooks of a workspace and of the seller', (world) => {
  test('are made, shown, changed and removed, each with an audit entry, and their secret is shown once', async () => {
    const desk = await Desk.open(world())
    const made = await world().ask<View>(desk.admin, 'POST', '/v1/webhooks', { url: URL_OF, events: ['trial.started', 'license.renewed', 'trial.started'] })
    const { secret = '', ...view } = made.body
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
    assert.deepEqual(view, { id: view.id, url: URL_OF, events: ['license.renewed', 'trial.started'], createdAt: '2026-11-21T09:30:00.000Z', disabledAt: null, disabledWhy: null })
    assert.deepEqual((await world().ask(desk.admin, 'GET', '/v1/webhooks')).body, { items: [view], nextCursor: null })
    const put = await world().ask<View>(desk.admin, 'PUT', `/v1/webhooks/${view.id}`, { ...BODY, disabled: true })
    assert.deepEqual([put.body.disabledAt, put.body.disabledWhy, put.body.events], ['2026-11-21T09:30:00.000Z', 'requested', ['license.renewed']])
    const rotated = await world().ask<View>(desk.admin, 'POST', `/v1/webhooks/${view.id}/rotate`)
    assert.ok(rotated.body.secret !== secret && rotated.body.disabledWhy === 'requested')
    assert.equal((await world().ask(desk.admin, 'DELETE', `/v1/webhooks/${view.id}`)).status, 200)
    assert.deepEqual((await world().ask(desk.admin, 'GET', '/v1/webhooks')).body['items'], [])
    const audit = await world().database.db.selectFrom('audit').selectAll().where('target', '=', `webhook:${view.id}`).orderBy('id').execute()
    assert.deepEqual(audit.map(({ action }) => action), ['webhook-created', 'webhook-changed', 'webhook-rotated', 'webhook-removed'])
    assert.deepEqual([...new Set(audit.map((entry) => entry.workspace_id))], [desk.workspace])
    const stored = JSON.stringify([audit, await world().database.db.selectFrom('webhooks').selectAll().execute()])
    for (const one of [secret, rotated.body.secret ?? '']) assert.ok(!stored.includes(one.slice(6)), 'a secret is stored')
    assert.ok(!JSON.stringify(audit).includes('T0KEN'), 'the audit tells an address that may be a secret')
  })

  test('of others answer like those that do not exist', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world())]
    const own = await makeWebhook(world(), desk.admin, URL_OF, ['voucher.redeemed'])
    await desk.redeem(await desk.code())
    const { body: { items } } = await world().ask<{ items: { id: string }[] }>(desk.admin, 'GET', `/v1/webhooks/${own.id}/deliveries`)
    const delivery = items[0]?.id ?? ''
    for (const [as, base] of [[other.admin, '/v1/webhooks'], [VENDOR, '/v1/vendor/webhooks']] as const) {
      const asked: [method: string, path: string, body?: unknown][] = [
        ['PUT', '', BODY], ['DELETE', ''], ['POST', '/rotate'], ['GET', '/deliveries'], ['POST', `/deliveries/${delivery}/replay`],
      ]
      for (const [method, path, body] of asked) {
        const [theirs, nobodys] = [await world().ask(as, method, `${base}/${own.id}${path}`, body), await world().ask(as, method, `${base}/nothing${path}`, body)]
        assert.deepEqual([theirs.status, theirs.body], [404, nobodys.body], `${method} ${path}`)
      }
      assert.ok(!JSON.stringify((await world().ask(as, 'GET', base)).body).includes(own.id))
    }
    assert.equal((await world().ask(desk.admin, 'POST', `/v1/webhooks/${own.id}/deliveries/nothing/replay`)).status, 404)
  })

  test('are 20 at most for each owner, also where two are added at once', async () => {
    const desk = await Desk.open(world())
    for (let count = 0; count < 19; count += 1) await makeWebhook(world(), desk.admin, URL_OF, ['trial.started'])
    const two = await Promise.all([1, 2].map(() => world().ask(desk.admin, 'POST', '/v1/webhooks', BODY)))
    assert.deepEqual(two.map(({ status }) => status).sort(), [201, 422])
    assert.equal((await world().ask(VENDOR, 'POST', '/v1/vendor/webhooks', BODY)).status, 201)
    const first = await world().ask<{ items: View[]; nextCursor: string }>(desk.admin, 'GET', '/v1/webhooks?limit=15')
    const rest = await world().ask<{ items: View[]; nextCursor: null }>(desk.admin, 'GET', `/v1/webhooks?limit=15&cursor=${first.body.nextCursor}`)
    assert.deepEqual([first.body.items.length, rest.body.items.length, rest.body.nextCursor], [15, 5, null])
    assert.equal(new Set([...first.body.items, ...rest.body.items].map(({ id }) => id)).size, 20)
  })

  test('show their secret no second time to the same Idempotency-Key', async () => {
    const desk = await Desk.open(world())
    const post = (path = '') => world().ask<View & { code: string; ids: string[] }>(desk.admin, 'POST', `/v1/webhooks${path}`, path === '' ? BODY : undefined, { 'idempotency-key': `k${path}` })
    const { body: { id } } = await post()
    for (const path of ['', `/${id}/rotate`]) {
      if (path !== '') assert.equal((await post(path)).status, 200)
      const again = await post(path)
      assert.deepEqual([again.status, again.body.code, again.body.ids, again.body.secret], [409, 'already-issued', [id], undefined])
    }
  })

  const unfit: [title: string, body: unknown][] = [
    ['without events', { url: URL_OF, events: [] }], ['of an unknown event', { url: URL_OF, events: ['license.lost'] }], ['without an address', { events: EVENT_TYPES }],
    ['with an address that is none', { url: 'hooks', events: EVENT_TYPES }], ['over plain http', { ...BODY, url: 'http://hooks.example/' }], ['with a secret of its own', { ...BODY, secret: 'x' }],
  ]
  for (const [title, body] of unfit) {
    test(`are refused ${title}`, async () => {
      const desk = await Desk.open(world())
      assert.deepEqual([(await world().ask(desk.admin, 'POST', '/v1/webhooks', body)).status, (await world().ask(VENDOR, 'POST', '/v1/vendor/webhooks', body)).status], [422, 422])
    })
  }
})

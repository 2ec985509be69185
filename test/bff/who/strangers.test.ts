import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { routes } from '../../../bff/index.ts'
import { type As, onEveryEngine, type World } from '../engines.ts'
import { dump } from '../ledger/tables.ts'

const OWNER: As = { role: 'admin', workspace: 'acme', subject: 'owner' }
const STRANGER: As = { role: 'admin', workspace: 'beta', subject: 'stranger' }

/** Bodies of the routes with an `{id}` of a device, by their path. */
const BODIES: Record<string, object> = {
  '/v1/devices/{id}/voucher': { code: '7KDRQ4MXT9E8KQF23WRH' },
  '/v1/devices/{id}/voucher/preview': { code: '7KDRQ4MXT9E8KQF23WRH' },
  '/v1/devices/{id}/renewal': { planned: false },
}

/** Routes of a workspace that name a device. */
const ofDevice = routes.filter(({ path, role }) => path.startsWith('/v1/devices/{id}') && ['viewer', 'member', 'admin'].includes(role))

async function ask(world: World, as: As, method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown; headers: string[] }> {
  const answer = await world.ask(as, method.toUpperCase(), path, body)
  return { status: answer.status, body: answer.body, headers: [...answer.headers].map(String) }
}

onEveryEngine("another workspace's things answer like things that do not exist", (world) => {
  before(async () => {
    await world().setUp('acme', 'Europe/Berlin', ['pump-1'])
    await world().setUp('beta', 'Europe/Berlin', ['valve-1'])
    await world().setUp('gone', 'Europe/Berlin', ['old-1'])
    await world().ask({ role: 'admin', workspace: 'gone' }, 'DELETE', '/v1/devices/old-1')
    const [code] = await world().codes(1)
    await world().ask(OWNER, 'POST', '/v1/devices/pump-1/voucher', { code })
    for (const as of [OWNER, STRANGER, { ...STRANGER, workspace: 'gone' }]) await world().ask(as, 'GET', '/v1/me')
  })

  test('and every route of a device is looked at', () => {
    assert.ok(ofDevice.length >= 10)
  })

  for (const { method, path } of ofDevice) {
    test(`${method} ${path}`, async () => {
      const at = (id: string): string => path.replace('{id}', id).replace('{feature}', 'dashboard')
      const before = await dump(world().database, ['attempt_scopes'])
      const [theirs, nothing, removed] = [
        await ask(world(), STRANGER, method, at('pump-1'), BODIES[path]), await ask(world(), STRANGER, method, at('nothing'), BODIES[path]),
        await ask(world(), { ...STRANGER, workspace: 'gone' }, method, at('old-1'), BODIES[path]),
      ]
      assert.equal((theirs.body as { code: string }).code, 'device-not-found')
      assert.deepEqual(theirs, nothing)
      assert.deepEqual(theirs, removed)
      assert.doesNotMatch(JSON.stringify(theirs), /pump-1|acme|nothing/)
      assert.deepEqual(await dump(world().database, ['attempt_scopes']), before)
    })
  }

  test('and who belongs to no workspace has none, whatever the role', async () => {
    for (const role of ['viewer', 'member', 'admin', 'vendor', 'host', 'gateway'] as const) {
      for (const path of ['/v1/me', '/v1/devices', '/v1/devices/pump-1', '/v1/summary']) {
        const { status, body } = await world().ask({ role, workspace: null, subject: 'homeless' }, 'GET', path)
        assert.deepEqual([status, body['code']], [403, 'role-required'], `${role} ${path}`)
      }
    }
  })

  test('in a question for many, where only ids come back that were sent', async () => {
    const { body } = await world().ask(STRANGER, 'POST', '/v1/licenses/query', { deviceIds: ['pump-1', 'valve-1', 'nothing'] })
    const { items, unknown } = body as { items: { deviceId: string }[]; unknown: string[] }
    assert.deepEqual([items.map((one) => one.deviceId), unknown], [['valve-1'], ['pump-1', 'nothing']])
  })

  test('in lists and counts, whatever is searched for', async () => {
    for (const query of ['', '?q=pump', '?q=SN-acme', '?site=x', '?status=active', '?q=%25']) {
      const { body } = await world().ask<{ items: { id: string }[] }>(STRANGER, 'GET', `/v1/devices${query}`)
      assert.deepEqual(body.items.filter((one) => one.id !== 'valve-1'), [], query)
    }
    const { body } = await world().ask<{ total: number; byStatus: Record<string, number> }>(STRANGER, 'GET', '/v1/summary')
    assert.deepEqual([body.total, body.byStatus['active']], [1, 0])
  })

  test('of a voucher that is for one workspace: previewed and redeemed like a code that nobody issued', async () => {
    const [bound = ''] = await world().codes(1, { workspace: 'acme' })
    const [revoked = ''] = await world().codes(1)
    const { body } = await world().ask<{ items: { id: string }[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/vouchers?last4=${revoked.slice(-4)}`)
    for (const { id } of body.items) await world().ask({ role: 'vendor' }, 'POST', `/v1/vendor/vouchers/${id}/revoke`)
    for (const path of ['/v1/devices/valve-1/voucher/preview', '/v1/devices/valve-1/voucher']) {
      const answers = []
      for (const code of [bound, revoked, '7KDRQ4MXT9E8KQF23WRH']) {
        const { status, body: { triesLeft, ...problem } } = await world().ask(STRANGER, 'POST', path, { code })
        assert.equal(typeof triesLeft, 'number')
        answers.push({ status, problem })
      }
      assert.equal(answers[2]?.problem['code'], 'voucher-not-found')
      assert.deepEqual(answers[0], answers[2])
      assert.deepEqual(answers[1], answers[2])
    }
  })

  test('though they have the same id: each is changed, read and undone by its own workspace', async () => {
    for (const [workspace, model] of [['acme', 'P100'], ['beta', 'X9']] as const) {
      await world().ask({ role: 'host' }, 'PUT', '/v1/host/devices/same', { workspace, serial: `same in ${workspace}`, model, name: workspace })
    }
    const [code = ''] = await world().codes(1, { models: ['X9'] })
    assert.equal((await world().ask(OWNER, 'POST', '/v1/devices/same/voucher', { code })).body['code'], 'voucher-wrong-model')
    assert.equal((await world().ask(STRANGER, 'POST', '/v1/devices/same/voucher', { code })).status, 200)
    const told = async (as: As): Promise<unknown[]> => {
      const { body } = await world().ask<{ name: string; license: { status: string } }>(as, 'GET', '/v1/devices/same')
      const { body: { ledger } } = await world().ask<{ ledger: unknown[] }>(as, 'GET', '/v1/devices/same/license')
      const { body: { items } } = await world().ask<{ items: { status: string }[] }>(as, 'POST', '/v1/licenses/query', { deviceIds: ['same'] })
      return [body.name, body.license.status, ledger.length, items.map((one) => one.status)]
    }
    assert.deepEqual([await told(OWNER), await told(STRANGER)], [['acme', 'none', 0, ['none']], ['beta', 'active', 1, ['active']]])
    assert.equal((await world().ask(OWNER, 'POST', '/v1/devices/same/undo')).body['reason'], 'no-grant')
    assert.equal((await world().ask(OWNER, 'DELETE', '/v1/devices/same')).status, 200)
    assert.deepEqual(await told(STRANGER), ['beta', 'active', 1, ['active']])
    assert.equal((await world().ask(STRANGER, 'POST', '/v1/devices/same/undo')).status, 200)
  })

  test('where the host names the workspace: a device is only in its own', async () => {
    for (const workspace of ['beta', 'nowhere']) {
      const theirs = await ask(world(), { role: 'host' }, 'delete', `/v1/host/devices/pump-1?workspace=${workspace}`)
      const nothing = await ask(world(), { role: 'host' }, 'delete', `/v1/host/devices/nothing?workspace=${workspace}`)
      assert.deepEqual([theirs.status, theirs.body], [404, nothing.body])
    }
    assert.equal((await world().ask(OWNER, 'GET', '/v1/devices/pump-1')).status, 200)
  })

  test('and a person of two workspaces has in each what it has', async () => {
    const both = (workspace: string): As => ({ role: 'admin', workspace, subject: 'both' })
    assert.equal((await world().ask(both('acme'), 'GET', '/v1/devices/pump-1')).status, 200)
    assert.equal((await world().ask(both('beta'), 'GET', '/v1/devices/pump-1')).status, 404)
    const { headers: _, ...kept } = await world().ask(both('acme'), 'POST', '/v1/devices', { serial: 'Twice', model: 'M', name: 'N' }, { 'idempotency-key': 'k' })
    assert.equal(kept.status, 201)
    const elsewhere = await world().ask(both('beta'), 'POST', '/v1/devices', { serial: 'Twice', model: 'M', name: 'N' }, { 'idempotency-key': 'k' })
    assert.deepEqual([elsewhere.status, elsewhere.body['code']], [422, 'idempotency-key-reused'])
  })
})

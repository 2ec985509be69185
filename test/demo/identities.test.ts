import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { authenticate } from '../../bff/cli/demo/identities.ts'
import { demoOfSuite } from './demos.ts'

interface Me {
  workspace: { id: string }
  roles: string[]
  policy: { memberAddsDevices: boolean }
  links: Record<string, string>
}

suite('who asks the demo', () => {
  const asked = demoOfSuite()

  for (const [token, roles] of [
    [null, ['admin', 'vendor']], ['demo-viewer', ['viewer']], ['demo-member', ['member']], ['demo-admin', ['admin']],
  ] as const) {
    test(`${token ?? 'nobody'} is ${roles.join(' and ')} of the sample workspace`, async () => {
      const { status, body } = await asked.api<Me>('GET', '/v1/me', token)
      assert.deepEqual([status, body.workspace.id, body.roles], [200, 'demo', roles])
    })
  }

  for (const [token, path, workspaceless] of [
    ['demo-vendor', '/v1/vendor/vouchers', true], ['demo-host', '/v1/host/sessions', true], ['demo-gateway', '/v1/me', true],
  ] as const) {
    test(`${token} belongs to no workspace`, async () => {
      assert.equal((await asked.api('GET', '/v1/me', token)).status === 403, workspaceless)
      assert.notEqual((await asked.ask(path, { headers: { authorization: `Bearer ${token}` } })).status, 401)
    })
  }

  test('a role is held by its own token alone', async () => {
    const body = { count: 1, days: 30 }
    assert.equal((await asked.api('POST', '/v1/vendor/vouchers', 'demo-vendor', body)).status, 201)
    for (const token of ['demo-admin', 'demo-host', 'demo-viewer']) assert.equal((await asked.api('POST', '/v1/vendor/vouchers', token, body)).status, 403, token)
    assert.equal((await asked.api('POST', '/v1/devices/hp-north/voucher', 'demo-viewer', { code: 'x' })).status, 403)
    assert.equal((await asked.api('PUT', '/v1/host/workspaces/third', 'demo-host', { name: 'Third', timeZone: 'UTC' })).status, 201)
  })

  for (const header of ['Bearer demo-root', 'Bearer demo', 'Bearer Demo-admin', 'Basic ZGVtbzpkZW1v', 'demo-admin', 'Bearer x.y.z']) {
    test(`"${header}" goes on to the ordinary check and is refused`, async () => {
      const { status, headers } = await asked.ask('/v1/me', { headers: { authorization: header } })
      assert.equal(status, 401)
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer/)
    })
  }

  test('an empty Authorization is no missing one', () => {
    assert.equal(authenticate(new Request('http://localhost/', { headers: { authorization: '' } })), undefined)
  })

  test('members add devices here, and links lead to the demo’s own pages', async () => {
    const { body } = await asked.api<Me>('GET', '/v1/me')
    assert.equal(body.policy.memberAddsDevices, true)
    for (const link of Object.values(body.links)) assert.equal((await asked.page(link.replace('{deviceId}', 'hp-north'))).status, 200, link)
  })
})

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { GrantView, LicenseView } from '../../bff/ledger/view.ts'
import { type DevicePage, demoOfSuite } from './demos.ts'

type LicenseWithLedger = LicenseView & { ledger: readonly GrantView[] }

interface Summary {
  total: number
  byStatus: Record<string, number>
}

suite('the sample workspace', () => {
  const asked = demoOfSuite()

  test('holds every status of every kind', async () => {
    const kinds = (await asked.devices()).map(({ license }) => [license.status, license.type, license.expiringSoon].join(' '))
    for (const kind of [
      'none  false', 'active standard false', 'active trial false', 'expiring standard true', 'expiring trial true', 'grace grace false',
      'grace grace true', 'expired standard false', 'expired trial false', 'expired grace false',
    ]) assert.ok(kinds.includes(kind), kind)
  })

  test('holds a licence that ends today', async () => {
    const last = (await asked.devices()).find(({ license }) => license.daysRemaining === 0 && license.status !== 'expired')
    assert.equal(last?.license.status, 'expiring')
  })

  test('holds a licence that was renewed out of its trial, by a voucher that can be undone', async () => {
    const ledgers = await Promise.all((await asked.devices()).map(async ({ id }) => (await asked.api<LicenseWithLedger>('GET', `/v1/devices/${id}/license`)).body))
    const renewed = ledgers.find(({ ledger }) => ledger.length === 2)
    assert.deepEqual(renewed?.ledger.map((grant) => [grant.kind, grant.source.type]), [['trial', 'import'], ['standard', 'voucher']])
    assert.equal(renewed?.ledger[0]?.to, renewed?.ledger[1]?.from)
    assert.deepEqual([renewed?.status, renewed?.type], ['active', 'standard'])
    assert.ok(renewed?.actions.includes('undo'))
  })

  test('shows no removed device, and brings it back with its licence when its serial number is added again', async () => {
    assert.ok(!(await asked.devices()).some(({ id }) => id === 'ws-cellar'))
    const { status, body } = await asked.api<{ id: string; license: { status: string } }>('POST', '/v1/devices', 'demo-member', {
      serial: 'ws20 06120 11', model: 'WS-20', name: 'Water softener Cellar',
    })
    assert.deepEqual([status, body.id, body.license.status], [201, 'ws-cellar', 'active'])
    assert.equal((await asked.api('DELETE', '/v1/devices/ws-cellar')).status, 200)
  })

  test('stands beside another workspace, whose devices do not exist here', async () => {
    const { body } = await asked.api<{ items: readonly { workspace: string; id: string }[] }>('GET', '/v1/vendor/devices', 'demo-vendor')
    assert.ok(body.items.some(({ workspace, id }) => workspace === 'other' && id === 'hp-harbour'))
    assert.equal((await asked.api('GET', '/v1/devices/hp-harbour')).status, 404)
    const { body: session } = await asked.api<{ token: string }>('POST', '/v1/host/sessions', 'demo-host', { subject: 'someone', workspace: 'other', roles: ['member'] })
    assert.equal((await asked.api<DevicePage>('GET', '/v1/devices', session.token)).body.items.length, 2)
  })

  test('is counted alike by the list and the summary', async () => {
    const { body } = await asked.api<Summary>('GET', '/v1/summary')
    const devices = await asked.devices()
    assert.equal(body.total, devices.length)
    for (const [status, count] of Object.entries(body.byStatus)) assert.equal(count, devices.filter(({ license }) => license.status === status).length, status)
  })

  test('has codes of our own form, which redeem for a year', async () => {
    assert.equal(asked.demo.codes.length, 5)
    for (const code of asked.demo.codes) assert.match(code, /^([2-9A-HJKMNP-Z]{4}-){4}[2-9A-HJKMNP-Z]{4}$/)
    const { status, body } = await asked.api<{ daysAdded: number }>('POST', '/v1/devices/vu-archive/voucher/preview', null, { code: asked.demo.codes[0] })
    assert.deepEqual([status, body.daysAdded], [200, 365])
  })
})

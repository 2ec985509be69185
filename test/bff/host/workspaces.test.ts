import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fleet, fresh } from '../devices/fleet.ts'
import { type Answered, onEveryEngine, START } from '../engines.ts'
import { dump } from '../ledger/tables.ts'

interface Workspace {
  id: string
  name: string
  timeZone: string
  contact: { sales: object; support: object }
  notifyEmails: string[]
  mail: object | null
  code: string
  errors: { pointer: string }[]
}

const WHOLE = {
  name: 'Acme GmbH', timeZone: 'Europe/Berlin', contact: { sales: { name: 'Sam', email: 'sam@seller.example' }, support: { phone: '+49 30 1', hours: '9 to 5', url: 'https://seller.example/help' } },
  notifyEmails: ['ops@acme.example', 'it@acme.example'], mail: { from: 'Licences <licences@seller.example>', replyTo: 'sam@seller.example' },
}

onEveryEngine('a workspace of the host', (world) => {
  const put = (id: string, body: object): Promise<Answered<Workspace>> => world().ask<Workspace>({ role: 'host' }, 'PUT', `/v1/host/workspaces/${encodeURIComponent(id)}`, body)
  const audit = async (id: string): Promise<{ action: string; before: unknown; after: unknown }[]> =>
    (await world().ask<{ items: { action: string; before: unknown; after: unknown }[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/audit?workspace=${encodeURIComponent(id)}`)).body.items.reverse()

  test('is created with little, or with everything', async () => {
    const little = await put(fresh('ws'), { name: 'Acme', timeZone: 'UTC' })
    assert.deepEqual([little.status, little.body], [201, { id: little.body.id, name: 'Acme', timeZone: 'UTC', contact: { sales: {}, support: {} }, notifyEmails: [], mail: null }])
    const id = fresh('ws')
    const whole = await put(id, WHOLE)
    assert.deepEqual([whole.status, whole.body], [201, { id, ...WHOLE }])
  })

  test('may send its mail from an address, also with a name', async () => {
    for (const from of ['a@b.example', 'Licences <a@b.example>', 'Müller & Söhne GmbH <a+b@c-d.example>', '"Müller, Söhne (GmbH)" <a@b.example>', 'ライセンス <a@b.example>', "O'Neil <o'neil@b.example>"]) {
      const { status, body } = await put(fresh('ws'), { name: 'N', timeZone: 'UTC', mail: { from } })
      assert.deepEqual([status, body.mail], [201, { from }])
    }
  })

  test('may have any id of the portal’s own without spaces', async () => {
    for (const id of ['a/b', 'ü', '日本', '%', '..%2f', '__proto__', 'constructor', '😀', 'x'.repeat(64)]) {
      assert.deepEqual(((({ status, body }) => [status, body.id])(await put(id, { name: 'N', timeZone: 'UTC' }))), [201, id])
      assert.equal((await world().ask<{ workspace: { id: string } }>({ role: 'viewer', workspace: id }, 'GET', '/v1/me')).body.workspace.id, id)
    }
  })

  test('is changed by the same request; what is not said stays', async () => {
    const id = fresh('ws')
    await put(id, WHOLE)
    const { status, body } = await put(id, { name: 'Acme AG', timeZone: 'Europe/Berlin' })
    assert.deepEqual([status, body], [200, { id, ...WHOLE, name: 'Acme AG' }])
    assert.deepEqual((await put(id, { name: 'Acme AG', timeZone: 'Europe/Berlin', notifyEmails: [], contact: {} })).body, { ...body, notifyEmails: [], contact: { sales: {}, support: {} } })
  })

  test('is audited once a change, without the addresses of people', async () => {
    const id = fresh('ws')
    for (const body of [WHOLE, WHOLE, { ...WHOLE, name: 'Other' }]) await put(id, body)
    const entries = await audit(id)
    assert.deepEqual(entries.map((entry) => entry.action), ['workspace-created', 'workspace-changed'])
    assert.doesNotMatch(JSON.stringify(entries), /seller\.example|acme\.example|Sam/)
  })

  test('that moves to another zone keeps every instant, and its devices are judged by the new dates', async () => {
    const fleet = await Fleet.open(world(), 'UTC')
    const serial = fresh('SN')
    await fleet.put('d', { serial })
    // 31 days remain tomorrow; in Kiritimati it is tomorrow already at half past nine UTC plus fourteen hours.
    await fleet.sell([serial, 'standard', '2026-01-01', '2026-12-23'])
    const before = await fleet.ledger('d')
    assert.deepEqual([before.status, before.daysRemaining, before.lastDay, before.expiresAt], ['active', 32, '2026-12-23', '2026-12-24T00:00:00.000Z'])
    world().now += 2 * 3_600_000
    await put(fleet.workspace, { name: 'Moved', timeZone: 'Pacific/Kiritimati' })
    const after = await fleet.ledger('d')
    assert.deepEqual([after.expiresAt, after.ledger.map((grant) => [grant.from, grant.to])], [before.expiresAt, before.ledger.map((grant) => [grant.from, grant.to])])
    assert.deepEqual([after.lastDay, after.daysRemaining, after.status, after.timeZone], ['2026-12-24', 32, 'active', 'Pacific/Kiritimati'])
    const listed = async (status: string): Promise<number> => (await world().ask<{ items: unknown[] }>(fleet.as('viewer'), 'GET', `/v1/devices?status=${status}`)).body.items.length
    assert.deepEqual([await listed('active'), await listed('expiring')], [1, 0])
    // The list and the licence turn at the same instant, which is midnight in the new zone.
    world().now = Date.parse('2026-11-22T10:00:00Z') - 1
    assert.deepEqual([(await fleet.ledger('d')).status, await listed('active')], ['active', 1])
    world().now += 1
    assert.deepEqual([(await fleet.ledger('d')).status, await listed('expiring')], ['expiring', 1])
    world().now = START
  })

  const refused: [name: string, body: object, pointers: string[]][] = [
    ['without a name', { timeZone: 'UTC' }, ['/name']], ['without a zone', { name: 'N' }, ['/timeZone']], ['with an id of its own', { name: 'N', timeZone: 'UTC', id: 'x' }, ['/id']],
    ['with fifty-one addresses', { name: 'N', timeZone: 'UTC', notifyEmails: Array.from({ length: 51 }, () => 'a@b.example') }, ['/notifyEmails']],
    ['with an address that is none', { name: 'N', timeZone: 'UTC', notifyEmails: ['a@b.example', 'a@b.example\r\nBcc: x@y.example'] }, ['/notifyEmails/1']],
    ['with an unknown kind of contact', { name: 'N', timeZone: 'UTC', contact: { sales: { fax: '1' } } }, ['/contact/sales/fax']],
    ['with a sender who answers elsewhere than at an address', { name: 'N', timeZone: 'UTC', mail: { from: 'a@b.example', replyTo: 'x' } }, ['/mail/replyTo']],
    ...[
      'abc', 'a b@c.example', 'a@b.example, x@y.example', 'Name a@b.example', 'Name <abc>', 'Name <a@b.example> x', 'A, B <a@b.example>', '<a@b.example>', 'Name <<a@b.example>>',
      'a@b.example\r\nBcc: x@y.example', 'Name\r\nBcc: x@y.example <a@b.example>', '"Name\n" <a@b.example>', 'N\u2028 <a@b.example>', '"A" B" <a@b.example>', 'x@y.example <a@b.example>', `N <${'a'.repeat(395)}@b.example>`,
    ].map((from): [string, object, string[]] => [`with the sender ${JSON.stringify(from).slice(0, 50)}`, { name: 'N', timeZone: 'UTC', mail: { from } }, ['/mail/from']]),
    ...['phone', 'name', 'hours'].flatMap((member) => ['', '  ', 'a\r\nb', 'a\tb', '\u0007', 'a\u2028b', 'a\u0085b'].map((text): [string, object, string[]] => [
      `with a contact whose ${member} is ${JSON.stringify(text)}`, { name: 'N', timeZone: 'UTC', contact: { support: { [member]: text } } }, [`/contact/support/${member}`],
    ])),
  ]
  for (const [name, body, pointers] of refused) {
    test(`is refused ${name}`, async () => {
      const before = await dump(world().database, ['people'])
      const { status, body: answer } = await put(fresh('ws'), body)
      assert.deepEqual([status, answer.code, [...new Set(answer.errors.map((error) => error.pointer))]], [422, 'invalid', pointers])
      assert.deepEqual(await dump(world().database, ['people']), before)
    })
  }
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, test } from 'node:test'
import { Keyring } from '../../../bff/index.ts'
import { type As, onEngine, START } from '../engines.ts'
import { Fleet, fresh } from './fleet.ts'

const DAY = 86_400_000

interface Page {
  items: { id: string }[]
  nextCursor: string | null
  code?: string
  errors?: { pointer: string }[]
}

/** Other spellings of the same bytes in base64: its last sign may hold bits that say nothing. */
function otherEndings(text: string): string[] {
  return Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', (sign) => text.slice(0, -1) + sign)
    .filter((one) => one !== text && Buffer.from(one, 'base64url').equals(Buffer.from(text, 'base64url')))
}

onEngine('sqlite', 'a cursor', (world) => {
  let fleet: Fleet
  let other: Fleet
  const vendor: As = { role: 'vendor' }

  const list = (path: string, as: As = fleet.as('viewer')): Promise<{ status: number; body: Page }> => world().ask<Page>(as, 'GET', path)
  const cursorOf = async (path: string, as?: As): Promise<string> => {
    const { body } = await list(path, as)
    assert.ok(typeof body.nextCursor === 'string', path)
    return body.nextCursor
  }
  const refused = async (path: string, cursor: string, as?: As): Promise<void> => {
    const { status, body } = await list(`${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`, as)
    assert.deepEqual([status, body.code, body.errors?.map((error) => error.pointer)], [422, 'invalid', ['/cursor']], `${path} ${cursor}`)
  }

  before(async () => {
    fleet = await Fleet.open(world())
    other = await Fleet.open(world())
    for (const one of [fleet, other]) {
      for (const id of ['a', 'b', 'c']) {
        await one.put(id, { serial: fresh('SN'), name: id, siteId: 's' })
        await one.license(id)
      }
    }
  })

  test('leads on in its own list', async () => {
    const cursor = await cursorOf('/v1/devices?limit=2&sort=name')
    const { body } = await list(`/v1/devices?limit=2&sort=name&cursor=${encodeURIComponent(cursor)}`)
    assert.deepEqual([body.items.map((one) => one.id), body.nextCursor], [['c'], null])
  })

  test('may be followed with another limit, also by another person of the workspace', async () => {
    const cursor = await cursorOf('/v1/devices?limit=1')
    const { body } = await list(`/v1/devices?limit=200&cursor=${encodeURIComponent(cursor)}`, fleet.as('admin'))
    assert.deepEqual(body.items.map((one) => one.id), ['b', 'c'])
  })

  const lists: [path: string, others: string[]][] = [
    ['/v1/devices?limit=1', ['sort=-name', 'sort=serial', 'status=active', 'alert=expired', 'q=a', 'q=', 'site=s', 'status=active&site=s'].map((query) => `/v1/devices?limit=1&${query}`)],
    ['/v1/devices?limit=1&status=active&q=SN', ['', '&status=active', '&q=SN', '&status=active,none&q=SN', '&status=active&q=sn'].map((query) => `/v1/devices?limit=1${query}`)],
  ]
  for (const [path, others] of lists) {
    test(`of ${path} leads nowhere with other filters or another order`, async () => {
      const cursor = await cursorOf(path)
      for (const elsewhere of others) await refused(elsewhere, cursor)
    })
  }

  test('leads nowhere in another workspace', async () => {
    await refused('/v1/devices?limit=1', await cursorOf('/v1/devices?limit=1'), other.as('viewer'))
    await refused('/v1/devices?limit=1', await cursorOf('/v1/devices?limit=1', other.as('admin')))
  })

  test('leads nowhere in another kind of list', async () => {
    const paths = ['/v1/vendor/vouchers?limit=1', '/v1/vendor/audit?limit=1', '/v1/vendor/devices?limit=1', `/v1/vendor/audit?limit=1&workspace=${fleet.workspace}`, '/v1/vendor/devices?limit=1&q=s']
    for (const path of paths) {
      const cursor = await cursorOf(path, vendor)
      for (const elsewhere of paths.filter((one) => one !== path)) await refused(elsewhere, cursor, vendor)
      await refused('/v1/devices?limit=1', cursor)
      assert.equal((await list(`${path}&cursor=${encodeURIComponent(cursor)}`, vendor)).status, 200)
    }
  })

  test('that somebody else made, or changed, leads nowhere', async () => {
    const cursor = await cursorOf('/v1/devices?limit=1')
    const [position = '', signature = ''] = cursor.split('.')
    const parsed = JSON.parse(Buffer.from(position, 'base64url').toString()) as unknown[]
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forged = [
      `${encode([parsed[0], 'a', other.workspace, 'a'])}.${signature}`, `${encode([...parsed, 'x'])}.${signature}`, `${encode([])}.${signature}`, `${encode({})}.${signature}`, `${position}.`, `.${signature}`,
      position, signature, `${position}.${signature.slice(0, -1)}`, `${position}.${signature}A`, `${signature}.${position}`, `${position}.${signature.toLowerCase()}`, '.', 'W10.', '%00'.replace('%00', '0'),
      `${position}\u00e9.${signature}`, `${Buffer.from([0xff, 0xfe]).toString('base64url')}.${signature}`, 'x'.repeat(2_000),
      `${cursor}.forged`, `${cursor}.`, `${position}=.${signature}`, `${position}==.${signature}`, ` ${cursor}`, `${position} .${signature}`, `${position.slice(0, 4)}\n${position.slice(4)}.${signature}`,
      ...otherEndings(position).map((one) => `${one}.${signature}`), ...(/[-_]/.test(position) ? [`${position.replaceAll('-', '+').replaceAll('_', '/')}.${signature}`] : []),
    ]
    for (const one of forged) await refused('/v1/devices?limit=1', one)
    assert.equal((await list(`/v1/devices?limit=1&cursor=${'x'.repeat(2_001)}`)).status, 422)
  })

  test('lasts a day, to the millisecond', async () => {
    world().now = START
    const cursor = encodeURIComponent(await cursorOf('/v1/devices?limit=1'))
    for (const [after, status] of [[DAY - 1, 200], [DAY, 200], [DAY + 1, 422]] as const) {
      world().now = START + after
      assert.equal((await list(`/v1/devices?limit=1&cursor=${cursor}`)).status, status, `${after} ms later`)
    }
    world().now = START
  })

  test('lasts through a rotation of the secret', async () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)]
    const through = async (keyring: Keyring, cursor: string | null): Promise<string | number> => {
      world().bff = world().make({}, { keyring })
      if (cursor === null) return cursorOf('/v1/devices?limit=1')
      return (await list(`/v1/devices?limit=1&cursor=${encodeURIComponent(cursor)}`)).status
    }
    const cursor = String(await through(new Keyring([older]), null))
    assert.equal(await through(new Keyring([newer, older]), cursor), 200)
    assert.equal(await through(new Keyring([newer]), cursor), 422)
    world().bff = world().make({})
  })
})

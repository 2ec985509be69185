import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBff } from '../../../bff/index.ts'
import { onEveryEngine } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { entriesAt, fetchCalendar, type Link, makeLink, newPath } from './reading.ts'

const FORMER = { firstDay: '2026-01-01' }

onEveryEngine('a link for calendars', (world) => {
  const links = async (desk: Desk, query = ''): Promise<{ items: Omit<Link, 'url'>[]; nextCursor: string | null }> =>
    (await world().ask<{ items: Omit<Link, 'url'>[]; nextCursor: string | null }>(desk.admin, 'GET', `/v1/calendar-links${query}`)).body

  test('is shown once, at the address where it was asked for, and is listed without it', async () => {
    const desk = await Desk.open(world())
    const made = await makeLink(desk, {}, desk.admin, { 'idempotency-key': 'one' })
    assert.equal(made.status, 201)
    assert.match(made.body.url, /^http:\/\/bff\.test\/v1\/calendar\/[\w-]{43}\.ics$/)
    assert.deepEqual((({ body: { code, ids } }) => [code, ids])(await makeLink(desk, {}, desk.admin, { 'idempotency-key': 'one' })), ['already-issued', [made.body.id]])
    const { items } = await links(desk)
    assert.deepEqual(items.map(({ id, deviceId, createdAt }) => [id, deviceId, createdAt]), [[made.body.id, null, '2026-11-21T09:30:00.000Z']])
    assert.ok(!JSON.stringify(items).includes('.ics'))
  })

  test('begins with the address that the server is told to have', async () => {
    const desk = await Desk.open(world())
    const bff = createBff({
      database: world().database, keyring: world().keyring, publicUrl: 'https://license.example/base/',
      authenticate: () => ({ subject: 'ann', workspace: desk.workspace, roles: ['admin'] }),
    })
    const response = await bff(new Request('http://10.0.0.1/v1/calendar-links', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }))
    assert.match(((await response.json()) as Link).url, /^https:\/\/license\.example\/base\/v1\/calendar\/[\w-]{43}\.ics$/)
    await bff.close()
  })

  test('that was revoked, was never made, or cannot be one, leads to the same nothing', async () => {
    const desk = await Desk.open(world())
    const { body: { id, url } } = await makeLink(desk)
    const path = new URL(url).pathname
    assert.equal((await fetchCalendar(desk, path)).status, 200)
    assert.equal((await world().ask(desk.admin, 'DELETE', `/v1/calendar-links/${id}`)).status, 200)
    assert.equal((await world().ask(desk.admin, 'DELETE', `/v1/calendar-links/${id}`)).status, 404)
    assert.deepEqual((await links(desk)).items, [])
    const standing = await newPath(desk)
    const bodies = new Set<string>()
    for (const wrong of [path, path.replace(/.{47}$/, `${'A'.repeat(43)}.ics`), '/v1/calendar/x.ics', '/v1/calendar/.ics', standing.replace('.ics', ''), standing.replace('.ics', '.ICS'),
      `${standing}x`, standing.replace('calendar/', 'calendar/x'), '/v1/calendar/%E2%80%AE.ics', `/v1/calendar/${'a'.repeat(5_000)}.ics`]) {
      const { status, body } = await fetchCalendar(desk, wrong)
      assert.equal(status, 404, wrong)
      bodies.add(JSON.stringify(body))
    }
    assert.equal(bodies.size, 1)
    assert.equal((await fetchCalendar(desk, standing)).status, 200)
  })

  test('belongs to its workspace', async () => {
    const [desk, other] = [await Desk.open(world()), await Desk.open(world(), { devices: ['theirs'] })]
    await other.sell({ ...FORMER, device: 'theirs', lastDay: '2026-12-02' })
    const { body: { id } } = await makeLink(other)
    assert.deepEqual([(await links(desk)).items, (await world().ask(desk.admin, 'DELETE', `/v1/calendar-links/${id}`)).status], [[], 404])
    assert.equal((await makeLink(desk, { deviceId: 'theirs' })).body.code, 'device-not-found')
    assert.deepEqual(await entriesAt(desk, await newPath(desk)), [])
  })

  test('is one of a hundred at most that stand at a time, also when several are asked for at once', async () => {
    const desk = await Desk.open(world())
    const { body: { id } } = await makeLink(desk)
    for (let count = 1; count < 98; count += 1) await makeLink(desk)
    const answers = await Promise.all(Array.from({ length: 5 }, () => makeLink(desk)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 422, 422, 422])
    await world().ask(desk.admin, 'DELETE', `/v1/calendar-links/${id}`)
    assert.equal((await makeLink(desk)).status, 201)
    const first = await links(desk, '?limit=60')
    const second = await links(desk, `?limit=60&cursor=${first.nextCursor}`)
    assert.deepEqual([new Set([...first.items, ...second.items].map((one) => one.id)).size, second.nextCursor], [100, null])
  })

  test('is told of in the audit by its id alone', async () => {
    const desk = await Desk.open(world())
    const { body: { id } } = await makeLink(desk, { deviceId: 'pump-1' })
    await world().ask(desk.admin, 'DELETE', `/v1/calendar-links/${id}`)
    const { body: { items } } = await world().ask<{ items: { action: string; target: string; before: unknown; after: unknown }[] }>({ role: 'vendor' }, 'GET', `/v1/vendor/audit?workspace=${desk.workspace}&limit=2`)
    assert.deepEqual(items.map(({ action, target, before, after }) => [action, target, before, after]), [
      ['calendar-link-revoked', `calendar-link:${id}`, { deviceId: 'pump-1' }, null], ['calendar-link-created', `calendar-link:${id}`, null, { deviceId: 'pump-1' }],
    ])
  })

  test('is told when nothing has changed, and when something has, or another day has begun', async () => {
    const desk = await Desk.open(world())
    await desk.sell({ ...FORMER, lastDay: '2026-12-02' })
    const path = await newPath(desk)
    const known = async (tag: string): Promise<[number, string]> => {
      const { status, headers } = await fetchCalendar(desk, path, { 'if-none-match': tag })
      return [status, headers.get('etag') ?? '']
    }
    const [, tag] = await known('')
    assert.deepEqual(await known(tag), [304, tag])
    assert.deepEqual((await known(`"other", ${tag.replace('W/', '')}`))[0], 304)
    await desk.redeem(await desk.code())
    const [changed, later] = await known(tag)
    assert.equal(changed, 200)
    desk.now = '2026-11-21T22:59:59.999Z'
    assert.equal((await known(later))[0], 304)
    desk.now = '2026-11-21T23:00:00.000Z'
    assert.equal((await known(later))[0], 200)
  })
})
